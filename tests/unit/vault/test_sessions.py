"""An inbox session lives in its cookie alone: until its time is over, unaltered, and only with our keys."""

import base64
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.testing.clock import FakeClock
from connector.vault.codes import CodeKeys
from connector.vault.key_files import rotate
from connector.vault.keyring import ServiceKeys
from connector.vault.secret import SecretBytes
from connector.vault.sessions import Session, SessionEnded, SessionSealer
from tests.unit.vault.new_keys import TODAY, new_key_file
from tests.unit.vault.tampering import every_bit_flip, every_truncation, is_refused

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
MARA = CodeKeys(b"\x11" * 32, SecretBytes(b"\x22" * 32))
moments = st.integers(1_700_000_000, 4_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))
thirty_two = st.binary(min_size=32, max_size=32)


def as_bytes(cookie: str) -> bytes:
    return base64.urlsafe_b64decode(cookie)


def as_cookie(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


@given(lookup=thirty_two, seed=thirty_two, ends=moments)
def test_a_session_comes_back_out_of_its_cookie(
    keys: ServiceKeys, lookup: bytes, seed: bytes, ends: datetime
) -> None:
    session = Session.begin(CodeKeys(lookup, SecretBytes(seed)), ends)
    assert SessionSealer(keys).open(SessionSealer(keys).seal(session), ends - QUARTER) == session


def test_a_session_ends_at_its_time_and_not_a_second_before(keys: ServiceKeys) -> None:
    clock, sealer = FakeClock(NOON), SessionSealer(keys)
    cookie = sealer.seal(Session.begin(MARA, clock.now() + QUARTER))
    clock.advance(QUARTER - timedelta(seconds=1))
    assert sealer.open(cookie, clock.now()).keys == MARA
    clock.advance(timedelta(seconds=1))
    is_refused(lambda: sealer.open(cookie, clock.now()), SessionEnded)


def test_a_session_that_is_used_lasts_longer_and_keeps_the_mark_of_its_forms(keys: ServiceKeys) -> None:
    clock, sealer = FakeClock(NOON), SessionSealer(keys)
    begun = Session.begin(MARA, clock.now() + QUARTER)
    clock.advance(timedelta(minutes=14))
    cookie = sealer.seal(sealer.open(sealer.seal(begun), clock.now()).until(clock.now() + QUARTER))
    clock.advance(timedelta(minutes=14))
    assert sealer.open(cookie, clock.now()).nonce == begun.nonce


def test_every_altered_cookie_has_ended_in_the_same_words(keys: ServiceKeys) -> None:
    sealer = SessionSealer(keys)
    sealed = as_bytes(sealer.seal(Session.begin(MARA, NOON + QUARTER)))
    late = is_refused(lambda: sealer.open(as_cookie(sealed), NOON + QUARTER), SessionEnded)
    spoilt_ones = [*every_bit_flip(sealed), *every_truncation(sealed), sealed + b"\0"]
    for spoilt in spoilt_ones:
        message = is_refused(partial(sealer.open, as_cookie(spoilt), NOON), SessionEnded)
        assert message == late


@pytest.mark.parametrize("junk", ["", "=", "x", "Ümlaut", "a" * 5000, "\0", "../../etc/passwd", "\ud800"])
def test_junk_for_a_cookie_has_ended_too(keys: ServiceKeys, junk: str) -> None:
    is_refused(lambda: SessionSealer(keys).open(junk, NOON), SessionEnded)


@given(st.text(max_size=300))
def test_no_text_is_a_session_by_chance(keys: ServiceKeys, text: str) -> None:
    is_refused(lambda: SessionSealer(keys).open(text, NOON), SessionEnded)


def test_the_cookie_of_another_installation_has_ended(keys: ServiceKeys, foreign_keys: ServiceKeys) -> None:
    cookie = SessionSealer(foreign_keys).seal(Session.begin(MARA, NOON + QUARTER))
    is_refused(lambda: SessionSealer(keys).open(cookie, NOON), SessionEnded)


def test_a_session_goes_on_through_a_rotation_of_keys(tmp_path: Path) -> None:
    path = new_key_file(tmp_path)
    cookie = SessionSealer(ServiceKeys.load(path)).seal(Session.begin(MARA, NOON + QUARTER))
    rotate(path, TODAY)
    assert SessionSealer(ServiceKeys.load(path)).open(cookie, NOON).keys == MARA


def test_all_cookies_have_one_length_and_none_shows_a_key(keys: ServiceKeys) -> None:
    sealer = SessionSealer(keys)
    sessions = [Session.begin(MARA, NOON + timedelta(days=days)) for days in range(0, 20_000, 400)]
    cookies = [sealer.seal(session) for session in sessions]
    assert {len(cookie) for cookie in cookies} == {160}
    assert len(set(cookies)) == len(cookies)
    assert len({session.nonce for session in sessions}) == len(sessions)
    assert not any(part in as_bytes(cookie) for cookie in cookies for part in (b"\x11" * 4, b"\x22" * 4))
