"""Stand-ins for addresses: the same for ten minutes, and of no use to anybody else."""

from datetime import UTC, datetime, timedelta

from connector.testing.clock import FakeClock
from connector.vault.lanes import ROTATE_EVERY, AddressKeys

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_an_address_has_one_stand_in_for_ten_minutes_and_then_another() -> None:
    clock = FakeClock(NOON)
    addresses = AddressKeys(clock)
    first = addresses.key_for("192.0.2.7")
    clock.advance(ROTATE_EVERY - timedelta(seconds=1))
    assert addresses.key_for("192.0.2.7") == first
    clock.advance(timedelta(seconds=1))
    assert addresses.key_for("192.0.2.7") != first


def test_a_stand_in_is_of_no_use_to_anybody_else() -> None:
    ours, theirs = AddressKeys(FakeClock(NOON)), AddressKeys(FakeClock(NOON))
    assert ours.key_for("192.0.2.7") != theirs.key_for("192.0.2.7")
    assert ours.key_for("192.0.2.7") != ours.key_for("192.0.2.8")
    assert b"192.0.2.7" not in ours.key_for("192.0.2.7")
    assert len(ours.key_for("\ud800 no address at all")) == len(ours.key_for("")) == 32
