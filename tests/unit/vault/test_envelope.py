"""A row's content under its own key: it opens in its own row, unaltered, with our keys, and nowhere else."""

from dataclasses import replace
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from connector.vault.envelope import Envelope, SealBroken, UnknownKey, open_row, seal_row
from connector.vault.keyring import ServiceKeys
from tests.unit.vault.tampering import PLANTED, every_bit_flip, every_truncation, is_refused

ROW = b"outbox|row-1|1234-5678"


@given(plaintext=st.binary(max_size=3000), context=st.binary(max_size=80))
def test_what_was_sealed_opens_in_its_own_row(keys: ServiceKeys, plaintext: bytes, context: bytes) -> None:
    assert open_row(keys, seal_row(keys, plaintext, context), context) == plaintext


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_no_other_row_opens_it(keys: ServiceKeys, context: bytes, other: bytes) -> None:
    envelope = seal_row(keys, PLANTED, context)
    if other != context:
        is_refused(lambda: open_row(keys, envelope, other), SealBroken)


def test_neither_another_row_nor_another_case_opens_it(keys: ServiceKeys) -> None:
    envelope = seal_row(keys, PLANTED, ROW)
    for other in (b"outbox|row-2|1234-5678", b"outbox|row-1|1234-5679", b"", ROW + b" "):
        is_refused(partial(open_row, keys, envelope, other), SealBroken)


def test_every_flipped_bit_of_the_content_is_noticed(keys: ServiceKeys) -> None:
    envelope = seal_row(keys, PLANTED, ROW)
    messages = {
        is_refused(partial(open_row, keys, replace(envelope, ciphertext=spoilt), ROW), SealBroken)
        for spoilt in [*every_bit_flip(envelope.ciphertext), *every_truncation(envelope.ciphertext)]
    }
    assert len(messages) == 1


def test_every_flipped_bit_of_the_wrapped_key_is_noticed(keys: ServiceKeys) -> None:
    envelope = seal_row(keys, PLANTED, ROW)
    for spoilt in [*every_bit_flip(envelope.wrapped_key), *every_truncation(envelope.wrapped_key)]:
        is_refused(
            partial(open_row, keys, replace(envelope, wrapped_key=spoilt), ROW),
            (SealBroken, UnknownKey),
        )


def test_another_installation_does_not_open_it(keys: ServiceKeys, foreign_keys: ServiceKeys) -> None:
    envelope = seal_row(keys, PLANTED, ROW)
    is_refused(lambda: open_row(foreign_keys, envelope, ROW), UnknownKey)


def test_the_key_of_one_row_does_not_open_another(keys: ServiceKeys) -> None:
    mine, other = seal_row(keys, PLANTED, ROW), seal_row(keys, PLANTED, ROW)
    is_refused(lambda: open_row(keys, Envelope(mine.ciphertext, other.wrapped_key), ROW), SealBroken)


def test_the_same_words_never_look_the_same(keys: ServiceKeys) -> None:
    sealed = [seal_row(keys, PLANTED, ROW) for _ in range(50)]
    assert len({envelope.ciphertext for envelope in sealed}) == 50
    assert len({envelope.wrapped_key for envelope in sealed}) == 50
    assert not any(PLANTED in envelope.ciphertext for envelope in sealed)
