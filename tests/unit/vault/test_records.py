"""Records: one size, one place, the right key and no other."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connector.domain.identity import NOTHING, Contact, Identity
from connector.vault.custodians import CustodianKeys
from connector.vault.keyring import SealBroken
from connector.vault.record import (
    key_from,
    open_identity,
    seal_identity,
    share_context,
)
from connector.vault.seal_keys import CLASSIC, HYBRID
from connector.vault.secret import SecretBytes

KEYS = {name: CustodianKeys(name, SecretBytes(os.urandom(32)), CLASSIC) for name in ("a", "b", "c")}
PEOPLE = [keys.public_file.public() for keys in KEYS.values()]
PLACE = "1234-5678|identity"
LONG = Identity(
    ip="2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    device="\\" * 300,
    contact=Contact("\U0001f600" * 200, "\U0001f600" * 60, "\U0001f600" * 254),
)


def _shares(record: object, place: str = PLACE) -> dict[int, bytes]:
    opened = {}
    for share in record.shares:  # type: ignore[attr-defined]
        keys = next(keys for keys in KEYS.values() if keys.public_file.fingerprint == share.holder)
        context = share_context(place, share.number, record.commitment)  # type: ignore[attr-defined]
        opened[share.number] = keys.private.open(share.sealed, context)
    return opened


def test_the_longest_identity_and_nothing_at_all_are_of_one_size() -> None:
    assert len(seal_identity(LONG, PLACE, PEOPLE, 2).sealed) == len(
        seal_identity(NOTHING, PLACE, PEOPLE, 2).sealed
    )


@settings(max_examples=30)
@given(st.text(min_size=1, max_size=200), st.integers(1, 3))
def test_any_quorum_reads_what_was_sealed(name: str, quorum: int) -> None:
    record = seal_identity(Identity(contact=Contact(name)), PLACE, PEOPLE, quorum)
    shares = dict(list(_shares(record).items())[:quorum])
    key = key_from(shares, quorum, PLACE, record.commitment)
    assert key is not None
    assert open_identity(record.sealed, key, PLACE) == {"contact": {"name": name}}


def test_a_wrong_share_among_enough_right_ones_does_no_harm_and_too_few_right_ones_yield_nothing() -> None:
    record = seal_identity(NOTHING, PLACE, PEOPLE, 2)
    shares = _shares(record)
    wrong = next(iter(shares))
    shares[wrong] = bytes(32)
    assert key_from(shares, 2, PLACE, record.commitment) is not None
    right = {number: share for number, share in shares.items() if number != wrong}
    assert key_from(dict([*list(right.items())[:1], (wrong, bytes(32))]), 2, PLACE, record.commitment) is None
    assert key_from(dict(list(right.items())[:1]), 2, PLACE, record.commitment) is None


def test_a_record_moved_to_another_case_does_not_open() -> None:
    record = seal_identity(NOTHING, PLACE, PEOPLE, 2)
    key = key_from(_shares(record), 2, PLACE, record.commitment)
    assert key is not None
    with pytest.raises(SealBroken):
        open_identity(record.sealed, key, "8765-4321|identity")
    assert key_from(_shares(record), 2, "8765-4321|identity", record.commitment) is None


def test_every_byte_of_a_record_counts() -> None:
    record = seal_identity(NOTHING, PLACE, PEOPLE, 1)
    key = key_from(_shares(record), 1, PLACE, record.commitment)
    assert key is not None
    for position in range(len(record.sealed)):
        spoilt = (
            record.sealed[:position] + bytes([record.sealed[position] ^ 1]) + record.sealed[position + 1 :]
        )
        with pytest.raises(SealBroken):
            open_identity(spoilt, key, PLACE)


def test_a_share_of_another_record_of_the_same_case_does_not_open_here() -> None:
    one, two = (seal_identity(NOTHING, PLACE, PEOPLE, 2) for _ in range(2))
    share = one.shares[0]
    keys = next(keys for keys in KEYS.values() if keys.public_file.fingerprint == share.holder)
    with pytest.raises(SealBroken):
        keys.private.open(share.sealed, share_context(PLACE, share.number, two.commitment))


def test_hybrid_shares_are_all_of_one_size() -> None:
    people = [CustodianKeys(name, SecretBytes(os.urandom(32)), HYBRID).public_file.public() for name in "ab"]
    records = [seal_identity(identity, PLACE, people, 2) for identity in (LONG, NOTHING)]
    assert len({len(share.sealed) for record in records for share in record.shares}) == 1
