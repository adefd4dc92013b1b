"""RFC 9180 base mode, X25519 / HKDF-SHA256 / AES-256-GCM, written down a second time from the RFC alone."""

import hmac

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEM = b"KEM" + (0x0020).to_bytes(2, "big")
_HPKE = b"HPKE" + b"".join(number.to_bytes(2, "big") for number in (0x0020, 0x0001, 0x0002))


def opened(private: X25519PrivateKey, sealed: bytes, info: bytes) -> bytes:
    """Single-shot OpenBase (section 6.1) with an empty aad."""
    enc, ciphertext = sealed[:32], sealed[32:]
    shared = private.exchange(X25519PublicKey.from_public_bytes(enc))
    both = enc + private.public_key().public_bytes_raw()
    secret = _expand(_KEM, _extract(_KEM, b"", b"eae_prk", shared), b"shared_secret", both, 32)
    schedule = b"\x00" + _extract(_HPKE, b"", b"psk_id_hash", b"") + _extract(_HPKE, b"", b"info_hash", info)
    prk = _extract(_HPKE, secret, b"secret", b"")
    key = _expand(_HPKE, prk, b"key", schedule, 32)
    nonce = _expand(_HPKE, prk, b"base_nonce", schedule, 12)
    return AESGCM(key).decrypt(nonce, ciphertext, b"")


def _extract(suite: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + material, "sha256")


def _expand(suite: bytes, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand; 32 bytes at most, so one block is enough."""
    labeled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(prk, labeled + b"\x01", "sha256")[:length]
