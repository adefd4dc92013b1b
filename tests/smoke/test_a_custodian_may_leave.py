"""Shares go to a successor; a lost key makes nothing unreadable while the others are a quorum."""

import pytest

from connector.services.opening import VaultRefused
from connector.vault.handover import OwnShares, hand_over
from connector.vault.requests import NotYours
from tests.vaulted import Vaulted


def _handed_over(vaulted: Vaulted, old: str, new: str) -> bytes:
    successor = vaulted.people.join(new)
    given = vaulted.harness.app.handing_over.shares_of(old, "Operator")
    own = OwnShares.parse(given.to_bytes())
    return hand_over(own, vaulted.people.keys[old], successor.public_file).to_bytes()


def test_the_successor_approves_and_who_left_no_longer_can(vaulted: Vaulted) -> None:
    case, handing_over = vaulted.tell(), vaulted.harness.app.handing_over
    assert handing_over.adopt(_handed_over(vaulted, "custodian-1", "successor"), "Operator") == 1
    with pytest.raises(NotYours):
        _opens_with(vaulted, case, "custodian-1", "custodian-3")
    _opens_with(vaulted, case, "successor", "custodian-3")
    assert vaulted.events()[:2] == ["shares-given-out", "handed-over"]


def test_with_one_key_lost_the_others_still_open(vaulted: Vaulted) -> None:
    case = vaulted.tell()
    del vaulted.people.keys["custodian-1"]
    assert vaulted.identity_of(case) is not None


def test_a_hand_over_that_was_altered_or_is_somebody_elses_changes_nothing(vaulted: Vaulted) -> None:
    case, handing_over = vaulted.tell(), vaulted.harness.app.handing_over
    handed = _handed_over(vaulted, "custodian-1", "successor")
    for position in range(0, len(handed), 97):
        altered = handed[:position] + bytes([handed[position] ^ 1]) + handed[position + 1 :]
        with pytest.raises(VaultRefused):
            handing_over.adopt(altered, "Operator")
    given = handing_over.shares_of("custodian-2", "Operator")
    with pytest.raises(NotYours):
        hand_over(given, vaulted.people.keys["custodian-3"], vaulted.people.keys["successor"].public_file)
    assert "refused" in vaulted.events()
    assert vaulted.identity_of(case) is not None


def _opens_with(vaulted: Vaulted, case: str, *names: str) -> None:
    asked = vaulted.ask(case)
    approvals = vaulted.people.approvals(asked.request, vaulted.harness.clock.now(), *names)
    assert vaulted.open(asked, *approvals).identity is not None


def _refused(vaulted: Vaulted, handed: bytes, why: str) -> None:
    with pytest.raises(VaultRefused, match=why):
        vaulted.harness.app.handing_over.adopt(handed, "Operator")
    assert vaulted.last_entry()["event"] == "refused"
    assert why in str(vaulted.last_entry()["why"])


def test_the_same_hand_over_a_second_time_changes_nothing(vaulted: Vaulted) -> None:
    case = vaulted.tell()
    handed = _handed_over(vaulted, "custodian-1", "successor")
    assert vaulted.harness.app.handing_over.adopt(handed, "Operator") == 1
    _refused(vaulted, handed, "held any more")
    _opens_with(vaulted, case, "successor", "custodian-2")


def test_nobody_comes_to_hold_two_shares_of_one_case(vaulted: Vaulted) -> None:
    vaulted.tell()
    given = vaulted.harness.app.handing_over.shares_of("custodian-1", "Operator")
    leaving, other = vaulted.people.keys["custodian-1"], vaulted.people.keys["custodian-2"]
    _refused(vaulted, hand_over(given, leaving, other.public_file).to_bytes(), "two shares")
    with pytest.raises(NotYours):
        hand_over(given, leaving, leaving.public_file)
    with vaulted.harness.app.store.read() as tx:
        assert tx.vault.count_held_by(leaving.public_file.fingerprint) == 1


def test_a_share_of_what_was_shredded_meanwhile_does_not_take_the_new_ones_place(vaulted: Vaulted) -> None:
    shredded, kept = vaulted.tell(), vaulted.tell()
    handed = _handed_over(vaulted, "custodian-1", "successor")
    vaulted.harness.app.retaining.shred(shredded, "Operator", "a test")
    assert vaulted.harness.app.handing_over.adopt(handed, "Operator") == 1
    asked, now = vaulted.ask(shredded), vaulted.harness.clock.now()
    approvals = vaulted.people.approvals(asked.request, now, "custodian-1", "custodian-2")
    assert vaulted.open(asked, *approvals).identity is None
    _opens_with(vaulted, kept, "successor", "custodian-2")


def test_nobody_of_an_unknown_name_hands_anything_over(vaulted: Vaulted) -> None:
    with pytest.raises(VaultRefused):
        vaulted.harness.app.handing_over.shares_of("nobody", "Operator")
