"""Sealed to a reporter: only the code's key opens a message, in its own place, unaltered."""

from collections.abc import Callable
from functools import partial

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from connector.vault.keyring import SealBroken
from connector.vault.mailbox import MailboxKey, open_from_mailbox, seal_own, seal_to_mailbox
from connector.vault.padding import pad, padded_size
from connector.vault.secret import SecretBytes
from tests.unit.vault import hpke_by_hand
from tests.unit.vault.tampering import PLANTED, every_bit_flip, every_truncation, is_refused

MARA = MailboxKey(SecretBytes(bytes(range(32))))
NILS = MailboxKey(SecretBytes(bytes(range(1, 33))))
PLACE = b"message|1234-5678|row-1"
ADDED = 1 + 32 + 16
"""Version, encapsulated key, tag."""
OWN_KEY = bytes.fromhex("836bc5e5afc0038d9c0bbe4aa82bac2bb2e5083165eb954fb769ea8aafdad8f7")
"""HKDF-SHA256 of MARA's seed, worked out with hmac alone."""
ADDED_TO_OWN = 1 + 12 + 16
"""Version, nonce, tag."""

both_ways = pytest.mark.parametrize(
    "seal",
    [
        pytest.param(lambda text: seal_to_mailbox(MARA.public, text, PLACE), id="by-staff"),
        pytest.param(lambda text: seal_own(MARA, text, PLACE), id="own"),
    ],
)
Seal = Callable[[bytes], bytes]


def test_a_seed_gives_the_public_key_it_always_gave() -> None:
    assert MARA.public.hex() == "8f40c5adb68f25624ae5b214ea767a6ec94d829d3d7b5e1ad1ba6f3e2138285f"


@given(
    plaintext=st.binary(max_size=3000),
    context=st.binary(max_size=80),
    seed=st.binary(min_size=32, max_size=32),
)
def test_what_was_sealed_to_a_reporter_opens_for_them(plaintext: bytes, context: bytes, seed: bytes) -> None:
    key = MailboxKey(SecretBytes(seed))
    sealed = seal_to_mailbox(key.public, plaintext, context)
    assert open_from_mailbox(key, sealed, context) == plaintext
    assert len(sealed) == padded_size(len(plaintext) + 8) + ADDED


@given(st.binary(max_size=600), st.binary(max_size=40))
def test_another_hand_at_the_rfc_opens_it_too(plaintext: bytes, context: bytes) -> None:
    sealed = seal_to_mailbox(MARA.public, plaintext, context)
    private = X25519PrivateKey.from_private_bytes(bytes(range(32)))
    padded = hpke_by_hand.opened(private, sealed[1:], info=b"\x01" + context)
    assert padded[:8] == len(plaintext).to_bytes(8, "big")
    assert padded[8:].rstrip(b"\0") == plaintext.rstrip(b"\0")


@given(
    plaintext=st.binary(max_size=3000),
    context=st.binary(max_size=80),
    seed=st.binary(min_size=32, max_size=32),
)
def test_what_the_reporter_wrote_opens_for_them(plaintext: bytes, context: bytes, seed: bytes) -> None:
    sealed = seal_own(MailboxKey(SecretBytes(seed)), plaintext, context)
    assert open_from_mailbox(MailboxKey(SecretBytes(seed)), sealed, context) == plaintext
    assert len(sealed) == padded_size(len(plaintext) + 8) + ADDED_TO_OWN


def test_the_key_of_the_reporters_own_words_is_the_one_it_always_was() -> None:
    sealed = bytes.fromhex("02" + "00" * 12) + AESGCM(OWN_KEY).encrypt(
        bytes(12), pad(b"mine"), b"\x02" + PLACE
    )
    assert open_from_mailbox(MARA, sealed, PLACE) == b"mine"


@both_ways
def test_another_reporters_code_does_not_open_it(seal: Seal) -> None:
    is_refused(lambda: open_from_mailbox(NILS, seal(PLANTED), PLACE), SealBroken)


@both_ways
def test_neither_another_row_nor_another_case_opens_it(seal: Seal) -> None:
    sealed = seal(PLANTED)
    for other in (b"message|1234-5678|row-2", b"message|1234-5679|row-1", b"", PLACE + b" "):
        is_refused(partial(open_from_mailbox, MARA, sealed, other), SealBroken)


@both_ways
def test_every_flipped_bit_is_noticed_and_all_refusals_read_the_same(seal: Seal) -> None:
    sealed = seal(PLANTED)
    messages = {
        is_refused(partial(open_from_mailbox, MARA, spoilt, PLACE), SealBroken)
        for spoilt in [*every_bit_flip(sealed), *every_truncation(sealed)]
    }
    assert len(messages) == 1


def test_a_key_of_no_order_is_refused_like_any_other_alteration() -> None:
    sealed = seal_to_mailbox(MARA.public, PLANTED, PLACE)
    for point in (bytes(32), b"\x01" + bytes(31)):
        spoilt = sealed[:1] + point + sealed[33:]
        is_refused(partial(open_from_mailbox, MARA, spoilt, PLACE), SealBroken)


@both_ways
def test_yes_and_a_long_excuse_have_the_same_size_and_never_the_same_bytes(seal: Seal) -> None:
    sealed = [seal(text) for text in (b"yes", b"yes", b"no, since " * 20)]
    assert len({len(one) for one in sealed}) == 1
    assert len(set(sealed)) == 3
