"""One tip, one ticket, whatever Zammad answers; and the right kind of failure where there can be none."""

from typing import TypedDict

import pytest
from pydantic import SecretStr

from connector.plugin_api import (
    AdminAccess,
    HelpdeskMisconfigured,
    HelpdeskPlugin,
    OutcomeUnknown,
    PermanentFailure,
    TemporaryFailure,
)
from connector.testing.context import kit_context
from connector.testing.steps import new_ticket
from plugins.zammad import plugin as manifest
from plugins.zammad.tests.conftest import Build
from plugins.zammad.tests.fake import FakeZammad
from plugins.zammad.tests.fake.versions import VersionName
from plugins.zammad.tests.hands import settings_for

REFERENCE = "TIP-1234-5678"


class Creates(TypedDict):
    """Which requests a fault is for."""

    method: str
    path: str


CREATES: Creates = {"method": "POST", "path": "/api/v1/tickets"}


def test_a_deadlock_is_tried_again_with_the_same_number(tips: HelpdeskPlugin, zammad: FakeZammad) -> None:
    zammad.faults.deadlock(**CREATES)
    tips.open_ticket(new_ticket(REFERENCE))
    assert [ticket["number"] for ticket in zammad.tickets()] == [REFERENCE]


def test_a_number_that_is_taken_leads_to_the_ticket_that_has_it(
    tips: HelpdeskPlugin, zammad: FakeZammad
) -> None:
    zammad.faults.drop_after_commit(**CREATES)
    with pytest.raises(OutcomeUnknown):
        tips.open_ticket(new_ticket(REFERENCE))
    known = zammad.tickets()[0]
    assert tips.open_ticket(new_ticket(REFERENCE)).ticket_id == str(known["id"])
    assert len(zammad.articles(known["id"])) == 1


def test_a_mandatory_attribute_sets_the_tip_aside_and_names_the_request(
    tips: HelpdeskPlugin, zammad: FakeZammad
) -> None:
    zammad.faults.deadlock(times=3, **CREATES)
    with pytest.raises(PermanentFailure, match="mandatory for agents"):
        tips.open_ticket(new_ticket(REFERENCE))
    assert zammad.tickets() == []
    tips.open_ticket(new_ticket(REFERENCE))


@pytest.mark.parametrize(
    ("settings", "error_id"), [({"group": "Nobody"}, "ZMD-E004"), ({"group": "Secret"}, "ZMD-E003")]
)
def test_a_wrong_or_closed_group_is_the_operators_to_mend(
    build: Build, zammad: FakeZammad, settings: dict[str, str], error_id: str
) -> None:
    with pytest.raises(HelpdeskMisconfigured) as problem:
        build(**settings).open_ticket(new_ticket(REFERENCE))
    assert problem.value.error_id == error_id


def test_maintenance_and_proxies_are_waited_for(tips: HelpdeskPlugin, zammad: FakeZammad) -> None:
    zammad.faults.maintenance()
    with pytest.raises(TemporaryFailure, match="maintenance"):
        tips.open_ticket(new_ticket(REFERENCE))
    zammad.faults.clear()
    zammad.faults.answer(429, retry_after=70, **CREATES)
    with pytest.raises(TemporaryFailure) as limited:
        tips.open_ticket(new_ticket(REFERENCE))
    assert limited.value.retry_after == 70
    zammad.faults.answer(200, body=b"<html>Welcome</html>", **CREATES)
    with pytest.raises(TemporaryFailure, match="shape"):
        tips.open_ticket(new_ticket(REFERENCE))
    zammad.faults.redirect("http://127.0.0.1:9/", **CREATES)
    with pytest.raises(TemporaryFailure, match="never followed"):
        tips.open_ticket(new_ticket(REFERENCE))
    tips.open_ticket(new_ticket(REFERENCE))
    assert len(zammad.tickets()) == 1


def test_a_list_instead_of_a_ticket_is_no_success(tips: HelpdeskPlugin, zammad: FakeZammad) -> None:
    zammad.faults.answer(200, body=b"[]", headers={"Content-Type": "application/json"}, **CREATES)
    with pytest.raises(TemporaryFailure):
        tips.open_ticket(new_ticket(REFERENCE))


def test_a_request_too_large_for_the_proxy_is_set_aside(tips: HelpdeskPlugin, zammad: FakeZammad) -> None:
    zammad.faults.answer(413, **CREATES)
    with pytest.raises(PermanentFailure, match="client_max_body_size"):
        tips.open_ticket(new_ticket(REFERENCE))


def test_one_customer_without_an_address_serves_all_tips(tips: HelpdeskPlugin, zammad: FakeZammad) -> None:
    for number in range(3):
        tips.open_ticket(new_ticket(f"TIP-0000-000{number}"))
    customers = {ticket["customer_id"] for ticket in zammad.tickets()}
    assert len(customers) == 1
    customer = zammad.world.users[customers.pop()]
    assert (customer["email"] or "", customer["role_ids"]) == ("", [3])


def test_a_configured_customer_who_does_not_exist_is_the_operators_to_mend(build: Build) -> None:
    with pytest.raises(HelpdeskMisconfigured) as problem:
        build(customer=4711).open_ticket(new_ticket(REFERENCE))
    assert problem.value.error_id == "ZMD-E005"


def test_a_customer_that_somebody_deleted_is_made_again(tips: HelpdeskPlugin, zammad: FakeZammad) -> None:
    tips.open_ticket(new_ticket("TIP-0000-0001"))
    first = zammad.tickets()[0]["customer_id"]
    zammad.admin.delete("TIP-0000-0001")
    with zammad.world.transaction(zammad.admin.id) as changes:
        changes.delete(zammad.world.users, first)
    tips.open_ticket(new_ticket(REFERENCE))
    assert zammad.tickets()[0]["customer_id"] != first


@pytest.mark.parametrize("version", ["5.5", "6.5", "7.1"])
def test_custom_attributes_are_filled_where_the_operator_wants_them(version: VersionName) -> None:
    with FakeZammad(version) as zammad:
        settings = settings_for(zammad, attributes={"case_number": "tip_case", "school": "tip_school"})
        tips = manifest.build(settings, kit_context())
        tips.provision(AdminAccess(SecretStr(zammad.admin.token)))
        ticket = new_ticket(REFERENCE)
        ticket.attributes.update(case_number="1234-5678", school="North High School", urgency="urgent")
        tips.open_ticket(ticket)
        stored = zammad.ticket(REFERENCE)
        assert (stored["tip_case"], stored["tip_school"]) == ("1234-5678", "North High School")
