"""Keys from keys: HKDF-SHA256 (RFC 5869) with a label that says what the key is for."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


def derived(key: bytes, label: bytes, length: int = KEY_BYTES) -> bytes:
    """A key for one purpose. Two labels give keys of which neither tells anything about the other."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=b"tipbridge|" + label).derive(key)
