"""Sealing to a reporter: anybody can put a message in, only the code takes it out. HPKE (RFC 9180), base mode.

The reporter's own words are put in while their code is at hand, so they need no agreement of keys: they lie under a key
out of the same seed.
"""

import os
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from connector.vault.derivation import derived
from connector.vault.keyring import SealBroken
from connector.vault.padding import pad, unpad
from connector.vault.secret import SecretBytes

_SEALED, _OWN = b"\x01", b"\x02"
_NONCE = 12
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True)
class MailboxKey:
    """A reporter's keys, the same every time for the same 32-byte seed. They exist only while a request with the code
    runs.
    """

    seed: SecretBytes = field(repr=False)

    @cached_property
    def private(self) -> X25519PrivateKey:
        """What takes messages out."""
        return X25519PrivateKey.from_private_bytes(self.seed.reveal())

    @cached_property
    def public(self) -> bytes:
        """What is stored: whoever has it can put messages in."""
        return self.private.public_key().public_bytes_raw()

    @cached_property
    def own(self) -> AESGCM:
        """Under what the reporter's own words lie."""
        return AESGCM(derived(self.seed.reveal(), b"mailbox/own"))


def seal_to_mailbox(public: bytes, plaintext: bytes, context: bytes) -> bytes:
    """Seal a message to the reporter of this public key, padded so that its size tells little.

    `context` says where it lies; put anywhere else, it does not open.
    """
    key = X25519PublicKey.from_public_bytes(public)
    return _SEALED + _SUITE.encrypt(pad(plaintext), key, info=_SEALED + context)


def seal_own(key: MailboxKey, plaintext: bytes, context: bytes) -> bytes:
    """Seal what the reporter says, padded and bound to its place in the same way.

    The nonce is random: a mailbox holds far fewer than 2**32 messages.
    """
    nonce = os.urandom(_NONCE)
    return _OWN + nonce + key.own.encrypt(nonce, pad(plaintext), _OWN + context)


def open_from_mailbox(key: MailboxKey, sealed: bytes, context: bytes) -> bytes:
    """The message again, with the reporter's key, whichever way it was sealed. Raises SealBroken."""
    kind, rest = sealed[:1], sealed[1:]
    try:
        if kind == _SEALED:
            return unpad(_SUITE.decrypt(rest, key.private, info=kind + context))
        if kind == _OWN:
            return unpad(key.own.decrypt(rest[:_NONCE], rest[_NONCE:], kind + context))
    except (InvalidTag, ValueError):
        raise SealBroken from None
    raise SealBroken
