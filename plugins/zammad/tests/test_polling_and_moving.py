"""The polling list to its end, and what it means when a ticket may not be read any more."""

from datetime import timedelta

import pytest
import requests

from connector.plugin_api import HelpdeskMisconfigured, HelpdeskPlugin, PermanentFailure, TicketGone
from connector.testing import FakeClock
from connector.testing.steps import follow_up, new_ticket
from plugins.zammad.tests.fake import FakeZammad


def test_more_tickets_than_a_page_changed_in_the_same_millisecond_are_all_listed(
    tips: HelpdeskPlugin, zammad: FakeZammad, clock: FakeClock
) -> None:
    start = clock.now()
    for number in range(410):
        tips.open_ticket(new_ticket(f"TIP-0000-{number:04d}"))
    clock.advance(timedelta(seconds=1))
    tips.open_ticket(new_ticket("TIP-1111-0000"))
    listed = [change.reference for change in tips.changes_since(start)]
    assert len(listed) == len(set(listed)) == 411
    assert listed[-1] == "TIP-1111-0000"


def test_tickets_that_are_not_ours_are_not_listed(
    tips: HelpdeskPlugin, zammad: FakeZammad, clock: FakeClock
) -> None:
    other = {
        "title": "Printer",
        "group": "Hinweise",
        "customer_id": zammad.customer.id,
        "article": {"body": "x"},
    }
    headers = {"Authorization": f"Token token={zammad.agent.token}"}
    made = requests.post(f"{zammad.url}/api/v1/tickets", json=other, headers=headers, timeout=5)
    assert made.status_code == 201
    tips.open_ticket(new_ticket("TIP-1234-5678"))
    listed = list(tips.changes_since(clock.now() - timedelta(days=1)))
    assert [change.reference for change in listed] == ["TIP-1234-5678"]


def test_a_ticket_moved_out_of_our_sight_is_gone(tips: HelpdeskPlugin, zammad: FakeZammad) -> None:
    tips.open_ticket(new_ticket("TIP-0000-0001"))
    moved = tips.open_ticket(new_ticket("TIP-0000-0002")).ticket_id
    zammad.admin.set_group(int(moved), "Users")
    with pytest.raises(TicketGone):
        tips.read_ticket(moved)
    with pytest.raises(TicketGone):
        tips.add_article(moved, follow_up("TIP-0000-0002/1"))


def test_when_all_tickets_are_out_of_sight_it_is_our_rights_that_are_gone(
    tips: HelpdeskPlugin, zammad: FakeZammad
) -> None:
    ticket_id = tips.open_ticket(new_ticket("TIP-0000-0001")).ticket_id
    with zammad.world.transaction(zammad.admin.id) as changes:
        changes.change(zammad.world.users[zammad.connector.id], group_ids={})
    with pytest.raises(HelpdeskMisconfigured) as problem:
        tips.read_ticket(ticket_id)
    assert problem.value.error_id == "ZMD-E003"


@pytest.mark.parametrize("odd", ["1abc", "1/../2", "-1", "\u0661"])
def test_an_id_that_zammad_would_read_in_its_own_way_is_never_sent(
    tips: HelpdeskPlugin, zammad: FakeZammad, odd: str
) -> None:
    with pytest.raises(PermanentFailure):
        tips.read_ticket(odd)
    assert zammad.requests == []
