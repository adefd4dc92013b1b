"""Sealed to a reporter: only the code's key opens a message, in its own place, unaltered."""

from functools import partial

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from connector.vault.keyring import SealBroken
from connector.vault.mailbox import MailboxKey, open_from_mailbox, seal_to_mailbox
from connector.vault.padding import padded_size
from connector.vault.secret import SecretBytes
from tests.unit.vault import hpke_by_hand
from tests.unit.vault.tampering import PLANTED, every_bit_flip, every_truncation, is_refused

MARA = MailboxKey.from_seed(SecretBytes(bytes(range(32))))
NILS = MailboxKey.from_seed(SecretBytes(bytes(range(1, 33))))
PLACE = b"message|1234-5678|row-1"
ADDED = 1 + 32 + 16
"""Version, encapsulated key, tag."""


def test_a_seed_gives_the_public_key_it_always_gave() -> None:
    assert MARA.public.hex() == "8f40c5adb68f25624ae5b214ea767a6ec94d829d3d7b5e1ad1ba6f3e2138285f"


@given(
    plaintext=st.binary(max_size=3000),
    context=st.binary(max_size=80),
    seed=st.binary(min_size=32, max_size=32),
)
def test_what_was_sealed_to_a_reporter_opens_for_them(plaintext: bytes, context: bytes, seed: bytes) -> None:
    key = MailboxKey.from_seed(SecretBytes(seed))
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


def test_another_reporters_code_does_not_open_it() -> None:
    sealed = seal_to_mailbox(MARA.public, PLANTED, PLACE)
    is_refused(lambda: open_from_mailbox(NILS, sealed, PLACE), SealBroken)


def test_neither_another_row_nor_another_case_opens_it() -> None:
    sealed = seal_to_mailbox(MARA.public, PLANTED, PLACE)
    for other in (b"message|1234-5678|row-2", b"message|1234-5679|row-1", b"", PLACE + b" "):
        is_refused(partial(open_from_mailbox, MARA, sealed, other), SealBroken)


def test_every_flipped_bit_is_noticed_and_all_refusals_read_the_same() -> None:
    sealed = seal_to_mailbox(MARA.public, PLANTED, PLACE)
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


def test_yes_and_a_long_excuse_have_the_same_size_and_never_the_same_bytes() -> None:
    sealed = [seal_to_mailbox(MARA.public, text, PLACE) for text in (b"yes", b"yes", b"no, since " * 20)]
    assert len({len(one) for one in sealed}) == 1
    assert len(set(sealed)) == 3
