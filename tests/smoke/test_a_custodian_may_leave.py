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
    asked, now = vaulted.ask(case), vaulted.harness.clock.now()
    with pytest.raises(NotYours):
        vaulted.people.approvals(asked.request, now, "custodian-1")
    approvals = vaulted.people.approvals(asked.request, now, "successor", "custodian-3")
    assert vaulted.open(asked, *approvals).identity is not None
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


def test_nobody_of_an_unknown_name_hands_anything_over(vaulted: Vaulted) -> None:
    with pytest.raises(VaultRefused):
        vaulted.harness.app.handing_over.shares_of("nobody", "Operator")
