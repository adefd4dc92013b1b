"""Larger contents under a key: AES-256-GCM with a random nonce."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from connector.vault.keyring import SealBroken

_NONCE = 12


def seal_blob(key: bytes, plaintext: bytes, context: bytes) -> bytes:
    """Under `key`, bound to its place."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, context)


def open_blob(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """The content again. Raises SealBroken."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], context)
    except (InvalidTag, ValueError):
        raise SealBroken from None
