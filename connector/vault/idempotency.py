"""The caller's Idempotency-Key as a key: it finds and opens the kept answer, and is never stored."""

import hmac
import os
from collections.abc import Iterable
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from connector.vault.derivation import KEY_BYTES, derived
from connector.vault.keyring import PepperRing, SealBroken

_NONCE = 12


class IdempotencyKey:
    """One call's key, within a scope: the same key for a tip and for a message are two keys."""

    __slots__ = ("_cipher", "_fingerprint_key", "_hashes")

    def __init__(self, key: str, peppers: PepperRing, scope: bytes) -> None:
        secret = key.encode()
        label = b"idempotency|" + scope + b"|"
        self._hashes = tuple(
            hmac.digest(index, label + secret, "sha256")
            for index in peppers.purpose_keys(b"idempotency/index")
        )
        # The key has at least 22 random characters (130 bits): no slow derivation is needed.
        keys = derived(secret, label + b"answer and fingerprint", 2 * KEY_BYTES)
        self._cipher, self._fingerprint_key = AESGCM(keys[:KEY_BYTES]), keys[KEY_BYTES:]

    def hashes(self) -> tuple[bytes, ...]:
        """Under what the answer is kept: one keyed hash per pepper, the active one's first."""
        return self._hashes

    def fingerprint(self, parts: Iterable[bytes]) -> bytes:
        """What was sent, as a keyed hash: without the key it cannot be tested against a guess."""
        digests = b"".join(sha256(part).digest() for part in parts)
        return hmac.digest(self._fingerprint_key, digests, "sha256")

    def seal_answer(self, answer: bytes) -> bytes:
        """The answer, for whoever comes with the same key again."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, answer, None)

    def open_answer(self, sealed: bytes) -> bytes:
        """The answer again. Raises SealBroken."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
        except (InvalidTag, ValueError):  # ValueError: cut off within the nonce
            raise SealBroken from None

    def __repr__(self) -> str:
        return "IdempotencyKey(...)"
