"""Zammad's own auto-reply is on, the group has an address: still nothing leaves for anybody."""

import pytest
import requests

from connector.testing.steps import follow_up, new_ticket, our_note
from plugins.zammad.tests.conftest import Build
from plugins.zammad.tests.fake import FakeZammad


@pytest.mark.parametrize("settings", [{}, {"reply_address": "reporter@tips.example.org"}])
def test_tips_follow_ups_and_notes_send_no_mail(
    build: Build, zammad: FakeZammad, settings: dict[str, str]
) -> None:
    zammad.group_sends_from("safety@school.example.org")
    for trigger in zammad.world.triggers:
        with zammad.world.transaction(zammad.admin.id) as changes:
            changes.change(trigger, active=True)
    tips = build(**settings)
    ticket_id = tips.open_ticket(new_ticket("TIP-1234-5678")).ticket_id
    tips.add_article(ticket_id, follow_up("TIP-1234-5678/1"))
    tips.add_article(ticket_id, our_note("hint/note"))
    zammad.agent.set_state(int(ticket_id), "closed")
    tips.add_article(ticket_id, follow_up("TIP-1234-5678/2", reopen=True))
    assert zammad.sent_mails == []


def test_without_our_precautions_that_very_trigger_would_write(zammad: FakeZammad) -> None:
    zammad.group_sends_from("safety@school.example.org")
    answer = requests.post(
        f"{zammad.url}/api/v1/tickets",
        headers={"Authorization": f"Token token={zammad.connector.token}"},
        json={
            "title": "a tip sent without care",
            "group": "Hinweise",
            "customer_id": zammad.customer.id,
            "article": {"type": "web", "sender": "Customer", "body": "x", "internal": False},
        },
        timeout=5,
    )
    assert answer.status_code == 201
    assert len(zammad.sent_mails) == 1
