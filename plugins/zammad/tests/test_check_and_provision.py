"""`check` says what is wrong in Zammad's own menu words; `--provision` makes what is missing, and all versions take it."""

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from connector.plugin_api import AdminAccess, Finding, HelpdeskPlugin, Level
from connector.testing import FakeClock
from connector.testing.context import kit_context
from connector.testing.steps import follow_up, new_ticket
from plugins.zammad import plugin as manifest
from plugins.zammad.tests.conftest import Build
from plugins.zammad.tests.fake import FakeZammad
from plugins.zammad.tests.fake.versions import VersionName
from plugins.zammad.tests.hands import HOOK_SECRET, ZammadHands, settings_for
from plugins.zammad.tests.judge.receiver import Receiver

WEBHOOK_URL = "http://127.0.0.1:9/webhooks/kit"


@pytest.fixture(params=["5.5", "6.5", "7.1"])
def version(request: pytest.FixtureRequest) -> VersionName:
    name: VersionName = request.param
    return name


@pytest.fixture
def any_zammad(version: VersionName, clock: FakeClock) -> Iterator[FakeZammad]:
    with FakeZammad(version, clock=clock.now) as zammad:
        yield zammad


def admin_of(zammad: FakeZammad) -> AdminAccess:
    return AdminAccess(SecretStr(zammad.admin.token))


def ids(findings: list[Finding], *levels: Level) -> set[str]:
    return {finding.finding_id for finding in findings if not levels or finding.level in levels}


def test_after_provisioning_check_has_nothing_to_mend_in_any_version(any_zammad: FakeZammad) -> None:
    tips = manifest.build(settings_for(any_zammad, attributes={"case_number": "tip_case"}), kit_context())
    admin = admin_of(any_zammad)
    assert {"ZMD-E009", "ZMD-W006"} <= ids(tips.check(admin), Level.ERROR, Level.WARNING)
    assert ids(tips.provision(admin), Level.ERROR) == set()
    assert ids(tips.check(admin), Level.ERROR, Level.WARNING) <= {"ZMD-W001"}


def test_provisioning_twice_makes_nothing_twice(any_zammad: FakeZammad) -> None:
    tips = manifest.build(settings_for(any_zammad, attributes={"case_number": "tip_case"}), kit_context())
    for _ in range(2):
        assert ids(tips.provision(admin_of(any_zammad)), Level.ERROR) == set()
    world = any_zammad.world
    assert len([row for row in world.webhooks if row["endpoint"] == WEBHOOK_URL]) == 1
    assert len([row for row in world.triggers if "notification.webhook" in row["perform"]]) == 1
    assert len(list(world.attributes)) == 1
    assert len([user for user in world.users if user["firstname"] == "Anonymous"]) == 1


def test_the_provisioned_trigger_tells_of_staff_and_not_of_us(version: VersionName) -> None:
    with FakeZammad(version) as zammad, Receiver() as receiver:
        tips = manifest.build(settings_for(zammad), kit_context())
        tips.provision(admin_of(zammad))
        with zammad.world.transaction(zammad.admin.id) as changes:
            changes.change(next(iter(zammad.world.webhooks)), endpoint=receiver.url)
        ticket_id = tips.open_ticket(new_ticket("TIP-1234-5678")).ticket_id
        tips.add_article(ticket_id, follow_up("TIP-1234-5678/1"))
        assert zammad.hooks.wait_until_idle()
        assert zammad.hooks.all == []
        zammad.agent.reply_note(int(ticket_id), "We hear you.")
        zammad.agent.set_priority(int(ticket_id), "1 low")
        assert zammad.hooks.wait_until_idle()
        assert len(zammad.hooks.all) == 2


def test_a_secret_that_was_changed_is_told_and_mended(build: Build, zammad: FakeZammad) -> None:
    build(webhook_secret="an older secret").provision(admin_of(zammad))
    tips = build()
    assert "ZMD-E011" in ids(tips.check(admin_of(zammad)), Level.ERROR)
    tips.provision(admin_of(zammad))
    assert "ZMD-E011" not in ids(tips.check(admin_of(zammad)))
    assert next(iter(zammad.world.webhooks))["signature_token"] == HOOK_SECRET


@pytest.mark.parametrize("rights", [(), ("read",), ("read", "create")])
def test_rights_that_are_missing_are_named(clock: FakeClock, rights: tuple[str, ...]) -> None:
    with FakeZammad("5.5", clock=clock.now, connector_rights=rights) as zammad:
        (finding,) = [
            finding
            for finding in manifest.build(settings_for(zammad), kit_context()).check(None)
            if finding.finding_id == "ZMD-E003"
        ]
        assert {right for right in ("read", "create", "change") if right in finding.what} == (
            {"read", "create", "change"} - set(rights)
        )


def test_a_token_that_may_too_much_is_warned_of(build: Build, zammad: FakeZammad) -> None:
    findings = build(token=zammad.admin.token).check(None)
    assert {"ZMD-W001", "ZMD-W003"} <= ids(findings, Level.WARNING)


def test_what_needs_an_administrator_is_said_to_be_not_looked_at(
    tips: HelpdeskPlugin, zammad: FakeZammad
) -> None:
    assert "ZMD-I004" in ids(tips.check(None), Level.NOT_LOOKED_AT)
    agents_token = AdminAccess(SecretStr(zammad.agent.token))
    assert "ZMD-I005" in ids(tips.check(agents_token), Level.NOT_LOOKED_AT)


def test_a_reply_address_needs_a_group_that_can_send(build: Build, zammad: FakeZammad) -> None:
    tips = build(reply_address="reporter@tips.example.org")
    assert "ZMD-E008" in ids(tips.check(admin_of(zammad)), Level.ERROR)
    zammad.group_sends_from("safety@school.example.org")
    assert "ZMD-E008" not in ids(tips.check(admin_of(zammad)))


def test_a_customer_that_mail_could_reach_is_an_error(build: Build, zammad: FakeZammad) -> None:
    assert "ZMD-E007" in ids(build(customer=zammad.customer.id).check(None), Level.ERROR)
    assert "ZMD-E005" in ids(build(customer=4711).check(None), Level.ERROR)


def test_a_mandatory_attribute_is_found_before_it_refuses_a_tip(
    tips: HelpdeskPlugin, zammad: FakeZammad
) -> None:
    with zammad.world.transaction(zammad.admin.id) as changes:
        changes.insert(
            zammad.world.attributes,
            {
                "id": zammad.world.attributes.next_id(),
                "object_lookup_id": 1,
                "name": "must_have",
                "active": True,
                "editable": True,
                "to_migrate": False,
                "screens": {"create_middle": {"ticket.agent": {"shown": True, "required": True}}},
            },
        )
    assert "ZMD-E010" in ids(tips.check(admin_of(zammad)), Level.ERROR)


def test_assignment_by_opening_is_warned_of(tips: HelpdeskPlugin, zammad: FakeZammad) -> None:
    zammad.world.settings["ticket_auto_assignment"] = True
    assert "ZMD-W008" in ids(tips.check(admin_of(zammad)), Level.WARNING)


def test_a_helpdesk_that_does_not_answer_is_a_finding(tips: HelpdeskPlugin, staff: ZammadHands) -> None:
    staff.go_down()
    assert ids(tips.check(None)) == {"ZMD-E006"}
    assert ids(tips.provision(staff.admin), Level.ERROR) == {"ZMD-E012"}
