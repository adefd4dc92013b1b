"""Sealing to a reporter: anybody can put a message in, only the code takes it out. HPKE (RFC 9180), base mode."""

from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from connector.vault.keyring import SealBroken
from connector.vault.padding import pad, unpad
from connector.vault.secret import SecretBytes

_VERSION = b"\x01"
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True)
class MailboxKey:
    """A reporter's key pair. It exists only while a request with the code runs."""

    private: X25519PrivateKey = field(repr=False)

    @classmethod
    def from_seed(cls, seed: SecretBytes) -> "MailboxKey":
        """The same pair every time for the same 32-byte seed."""
        return cls(X25519PrivateKey.from_private_bytes(seed.reveal()))

    @cached_property
    def public(self) -> bytes:
        """What is stored: whoever has it can put messages in."""
        return self.private.public_key().public_bytes_raw()


def seal_to_mailbox(public: bytes, plaintext: bytes, context: bytes) -> bytes:
    """Seal a message to the reporter of this public key, padded so that its size tells little.

    `context` says where it lies; put anywhere else, it does not open.
    """
    key = X25519PublicKey.from_public_bytes(public)
    return _VERSION + _SUITE.encrypt(pad(plaintext), key, info=_VERSION + context)


def open_from_mailbox(key: MailboxKey, sealed: bytes, context: bytes) -> bytes:
    """The message again, with the reporter's key. Raises SealBroken."""
    if sealed[:1] != _VERSION:
        raise SealBroken
    try:
        return unpad(_SUITE.decrypt(sealed[1:], key.private, info=_VERSION + context))
    except (InvalidTag, ValueError):
        raise SealBroken from None
