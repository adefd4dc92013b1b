"""Rotation with rows that wait: old rows still open, new rows are under the new key, without a restart."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.errors import ConfigError
from connector.vault.envelope import Envelope, open_row, seal_row
from connector.vault.key_files import drop_retired, rotate
from connector.vault.keyring import PepperRing, SealBroken, ServiceKeys, UnknownKey
from tests.unit.vault.new_keys import TODAY, new_key_file
from tests.unit.vault.tampering import is_refused

ROW = b"row-1"


def key_id_of(envelope: Envelope) -> str:
    return envelope.wrapped_key[:4].hex()


@given(st.binary(min_size=32, max_size=32))
def test_a_row_key_comes_back_and_is_never_wrapped_twice_the_same_way(
    keys: ServiceKeys, row_key: bytes
) -> None:
    one, other = keys.wrap(row_key), keys.wrap(row_key)
    assert keys.unwrap(one) == keys.unwrap(other) == row_key
    assert one != other


def test_old_rows_open_after_rotation_and_new_rows_are_under_the_new_key(tmp_path: Path) -> None:
    path = new_key_file(tmp_path)
    before = ServiceKeys.load(path)
    old = seal_row(before, b"from before", ROW)
    rotate(path, TODAY)
    after = ServiceKeys.load(path)
    new = seal_row(after, b"from after", ROW)
    assert open_row(after, old, ROW) == b"from before"
    assert (key_id_of(old), key_id_of(new)) == (before.active_id, after.active_id)
    assert after.key_ids() == [after.active_id, before.active_id]


def test_a_process_that_runs_on_reads_the_new_key_when_it_meets_it(tmp_path: Path) -> None:
    path = new_key_file(tmp_path)
    running = ServiceKeys.load(path)
    rotate(path, TODAY)
    rotated = ServiceKeys.load(path)
    new = seal_row(rotated, b"from another process", ROW)
    assert running.active_id != rotated.active_id
    assert open_row(running, new, ROW) == b"from another process"
    assert running.active_id == rotated.active_id


def test_a_row_put_under_the_new_key_outlives_the_old_one(tmp_path: Path) -> None:
    path = new_key_file(tmp_path)
    old = seal_row(ServiceKeys.load(path), b"kept", ROW)
    rotate(path, TODAY)
    moved = Envelope(old.ciphertext, ServiceKeys.load(path).rewrap(old.wrapped_key))
    needed = key_id_of(moved)
    rotate(path, TODAY)
    rotate(path, TODAY)
    assert drop_retired(path, {needed}) == 1
    last = ServiceKeys.load(path)
    assert open_row(last, moved, ROW) == b"kept"
    message = is_refused(lambda: open_row(last, old, ROW), UnknownKey)
    assert key_id_of(old) in message


def test_an_unknown_key_while_the_file_is_away_says_that_the_file_is_missing(tmp_path: Path) -> None:
    path = new_key_file(tmp_path)
    keys = ServiceKeys.load(path)
    mine = seal_row(keys, b"mine", ROW)
    path.unlink()
    with pytest.raises(ConfigError, match="VLT-E002"):
        keys.unwrap(os.urandom(60))
    assert open_row(keys, mine, ROW) == b"mine"


def test_a_wrapped_key_under_another_keys_id_does_not_open(tmp_path: Path) -> None:
    path = new_key_file(tmp_path)
    wrapped = ServiceKeys.load(path).wrap(os.urandom(32))
    rotate(path, TODAY)
    keys = ServiceKeys.load(path)
    relabelled = bytes.fromhex(keys.active_id) + wrapped[4:]
    is_refused(lambda: keys.unwrap(relabelled), SealBroken)


def test_keys_for_other_purposes_come_in_the_same_order_and_are_other_keys(tmp_path: Path) -> None:
    path = new_key_file(tmp_path)
    rotate(path, TODAY)
    keys = ServiceKeys.load(path)
    cookies, others = keys.purpose_keys(b"session/cookie"), keys.purpose_keys(b"something else")
    assert [key_id for key_id, _ in cookies] == [key_id for key_id, _ in others] == keys.key_ids()
    assert len({key for _, key in [*cookies, *others]}) == 4


def test_a_retired_pepper_stays_behind_the_active_one(tmp_path: Path) -> None:
    path = new_key_file(tmp_path, "pepper")
    (first,) = PepperRing.load(path).all()
    rotate(path, TODAY)
    new, old = PepperRing.load(path).all()
    assert old == first
    assert new != first
