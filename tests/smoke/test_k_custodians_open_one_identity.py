"""The quorum opens what was kept of one case: no more, nobody less, once, and never without the log."""

from connector.services.rotating import rotate_pepper
from tests.vaulted import CONTACT, DANGER, Vaulted


def test_two_of_three_read_what_was_kept_and_the_log_has_it_all(vaulted: Vaulted) -> None:
    canary = vaulted.harness.canary
    case = vaulted.tell(contact=CONTACT, share_contact="vault")
    assert vaulted.identity_of(case) == {"ip": canary.address, "device": canary.agent, "contact": CONTACT}
    assert vaulted.events() == ["requested", "opened"]
    opened = vaulted.last_entry()
    assert (opened["case"], opened["approved_by"]) == (case, ["custodian-1", "custodian-2"])
    assert vaulted.harness.app.auditing.verify() is None


def test_any_two_of_them_will_do(vaulted: Vaulted) -> None:
    case = vaulted.tell()
    for pair in (("custodian-1", "custodian-3"), ("custodian-3", "custodian-2")):
        asked = vaulted.ask(case, grounds=DANGER)
        approvals = vaulted.people.approvals(asked.request, vaulted.harness.clock.now(), *pair)
        assert vaulted.open(asked, *approvals).identity is not None


def test_a_contact_that_was_not_to_be_shared_is_not_kept(vaulted: Vaulted) -> None:
    case = vaulted.tell(contact=CONTACT)
    identity = vaulted.identity_of(case)
    assert identity is not None
    assert "contact" not in identity


def test_staff_read_a_contact_only_if_it_was_for_them(vaulted: Vaulted) -> None:
    sealed, told = vaulted.harness.reporter(), vaulted.harness.reporter()
    sealed.send(contact=CONTACT, share_contact="vault")
    told.send(contact=CONTACT, share_contact="staff")
    vaulted.harness.settle()
    received = vaulted.harness.desk.received().decode("utf-8", "replace")
    assert received.count(CONTACT["email"]) == 1
    assert vaulted.identity_of(told.case) == vaulted.identity_of(sealed.case)


def test_later_the_reporter_may_tell_staff_and_the_sealed_record_stays_shut(vaulted: Vaulted) -> None:
    reporter = vaulted.harness.reporter()
    reporter.send()
    vaulted.harness.settle()
    answer = reporter.write("please call me", contact={"phone": CONTACT["phone"]})
    assert answer.status_code == 202
    vaulted.harness.settle()
    assert CONTACT["phone"] in vaulted.harness.desk.received().decode("utf-8", "replace")
    assert vaulted.events() == []


def test_the_page_and_the_interface_promise_no_more_than_is_kept(vaulted: Vaulted) -> None:
    told = vaulted.harness.reporter().schools()
    assert told["share_contact"] == ["no", "vault", "staff"]
    assert told["promise"].startswith("Confidential")
    assert "nonymous" not in told["promise"]
    assert "30 days" in told["promise"]


def test_a_new_pepper_leaves_old_records_to_be_found(vaulted: Vaulted) -> None:
    case, app = vaulted.tell(), vaulted.harness.app
    rotate_pepper(app.config.keys_dir / "pepper.key", vaulted.harness.clock)
    # As after a restart.
    for name in ("peppers", "sealing", "opening"):
        app.__dict__.pop(name, None)
    assert vaulted.identity_of(case) is not None
    assert vaulted.identity_of(vaulted.tell()) is not None
