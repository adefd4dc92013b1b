"""The caller's key: the same call finds its answer again, and nobody else can find, open or test anything."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.vault.idempotency import IdempotencyKey
from connector.vault.keyring import PepperRing, SealBroken
from connector.vault.secret import SecretBytes
from tests.unit.vault.tampering import PLANTED, every_bit_flip, every_truncation, is_refused

KEY = "canary-key-0123456789-abcd"
INDEX = "a2f19192f13e78aec47c8bef9a64702abc53b58e93199239a4e2ecddaf5d6c6a"
FINGERPRINT = "3adc9e1a707b9c185e94461aedfc4d9b64320d4e1153917a7a0d4ad8281ea57e"
"""Both from HMAC-SHA256 and HKDF by hand."""
wire_keys = st.from_regex(r"[A-Za-z0-9_-]{22,128}", fullmatch=True)


def test_a_key_is_found_and_its_call_recognised_as_ever(peppers: PepperRing) -> None:
    key = IdempotencyKey(KEY, peppers, b"tip")
    assert key.hashes()[0].hex() == INDEX
    assert key.fingerprint([b"one", b"", b"three"]).hex() == FINGERPRINT


@given(key=wire_keys, answer=st.binary(max_size=2000))
def test_the_same_key_opens_the_kept_answer(peppers: PepperRing, key: str, answer: bytes) -> None:
    first, again = IdempotencyKey(key, peppers, b"tip"), IdempotencyKey(key, peppers, b"tip")
    assert first.hashes() == again.hashes()
    assert again.open_answer(first.seal_answer(answer)) == answer


@given(key=wire_keys, other=wire_keys)
def test_another_key_neither_finds_nor_opens_it(peppers: PepperRing, key: str, other: str) -> None:
    mine, theirs = IdempotencyKey(key, peppers, b"tip"), IdempotencyKey(other, peppers, b"tip")
    if key != other:
        assert not set(mine.hashes()) & set(theirs.hashes())
        is_refused(lambda: theirs.open_answer(mine.seal_answer(PLANTED)), SealBroken)


def test_the_same_key_for_a_message_is_another_key(peppers: PepperRing) -> None:
    tip, message = IdempotencyKey(KEY, peppers, b"tip"), IdempotencyKey(KEY, peppers, b"message")
    assert not set(tip.hashes()) & set(message.hashes())
    assert tip.fingerprint([b"x"]) != message.fingerprint([b"x"])
    is_refused(lambda: message.open_answer(tip.seal_answer(PLANTED)), SealBroken)


def test_an_answer_kept_under_a_retired_pepper_is_still_found(peppers: PepperRing) -> None:
    newer = PepperRing([SecretBytes(b"\xc3" * 32), *peppers.all()])
    before, after = IdempotencyKey(KEY, peppers, b"tip"), IdempotencyKey(KEY, newer, b"tip")
    assert after.hashes()[1:] == before.hashes()
    assert after.open_answer(before.seal_answer(PLANTED)) == PLANTED


def test_every_altered_answer_is_refused_in_the_same_words(peppers: PepperRing) -> None:
    key = IdempotencyKey(KEY, peppers, b"tip")
    sealed = key.seal_answer(PLANTED)
    messages = {
        is_refused(partial(key.open_answer, spoilt), SealBroken)
        for spoilt in [*every_bit_flip(sealed), *every_truncation(sealed)]
    }
    assert len(messages) == 1


@given(st.lists(st.binary(max_size=20), max_size=5), st.lists(st.binary(max_size=20), max_size=5))
def test_other_fields_make_another_fingerprint(
    peppers: PepperRing, one: list[bytes], other: list[bytes]
) -> None:
    key = IdempotencyKey(KEY, peppers, b"tip")
    assert (key.fingerprint(one) == key.fingerprint(other)) == (one == other)


@pytest.mark.parametrize("other", [[b"ab", b"c"], [b"abc"], [b"a", b"bc", b""], [b"", b"a", b"bc"]])
def test_the_same_bytes_cut_elsewhere_are_other_fields(peppers: PepperRing, other: list[bytes]) -> None:
    key = IdempotencyKey(KEY, peppers, b"tip")
    assert key.fingerprint([b"a", b"bc"]) != key.fingerprint(other)


def test_what_is_kept_holds_nothing_of_the_key(peppers: PepperRing) -> None:
    key = IdempotencyKey(KEY, peppers, b"tip")
    kept = b"".join([*key.hashes(), key.fingerprint([b"x"]), key.seal_answer(PLANTED)])
    assert KEY.encode() not in kept
    assert PLANTED not in kept
    assert key.seal_answer(PLANTED) != key.seal_answer(PLANTED)
