"""What waits for delivery: each row's content under a key of its own, which is wrapped by the service key.

Shredding a row is deleting two columns; a copy of the ciphertext alone in some old backup opens with nothing.
"""

import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from connector.vault.derivation import KEY_BYTES
from connector.vault.keyring import SealBroken, ServiceKeys, UnknownKey

_VERSION = b"\x01"
# A row key encrypts exactly one content, so the fixed nonce never meets the same key twice; a random one would only
# add bytes.
_NONCE = bytes(12)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A sealed content and its wrapped key."""

    ciphertext: bytes = field(repr=False)
    wrapped_key: bytes = field(repr=False)


def seal_row(keys: ServiceKeys, plaintext: bytes, context: bytes) -> Envelope:
    """Seal a row's content; `context` says which row, so that a ciphertext moved to another row does not open."""
    row_key = os.urandom(KEY_BYTES)
    ciphertext = _VERSION + AESGCM(row_key).encrypt(_NONCE, plaintext, _VERSION + context)
    return Envelope(ciphertext, keys.wrap(row_key))


def open_row(keys: ServiceKeys, envelope: Envelope, context: bytes) -> bytes:
    """The content again. Raises SealBroken, UnknownKey."""
    if envelope.ciphertext[:1] != _VERSION:
        raise SealBroken
    row_key = keys.unwrap(envelope.wrapped_key)
    try:
        return AESGCM(row_key).decrypt(_NONCE, envelope.ciphertext[1:], _VERSION + context)
    except InvalidTag:
        raise SealBroken from None


__all__ = ["Envelope", "SealBroken", "UnknownKey", "open_row", "seal_row"]
