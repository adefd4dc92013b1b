"""Keys to which anybody can seal, from a 32-byte seed. HPKE (RFC 9180), base mode, post-quantum hybrid.

Algorithm 1 is X25519 together with ML-KEM-768 (FIPS 203), as in draft-ietf-hpke-pq: whoever records a share today and has
a quantum computer in twenty years must break both. Algorithm 2 is X25519 alone, for a library without the other. A sealed
value begins with the number of its algorithm, so that a third can be added.
"""

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from connector.vault.derivation import derived
from connector.vault.keyring import SealBroken
from connector.vault.secret import SecretBytes

HYBRID, CLASSIC = 1, 2
_SUITES = {
    HYBRID: Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
    CLASSIC: Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
}
_X25519, _MLKEM768 = 32, 1184
_SIZES = {HYBRID: _X25519 + _MLKEM768, CLASSIC: _X25519}


@dataclass(frozen=True, slots=True)
class SealPublic:
    """The half that seals. `data` is the X25519 key, and for the hybrid the ML-KEM key behind it."""

    algorithm: int
    data: bytes

    def __post_init__(self) -> None:
        if len(self.data) != _SIZES.get(self.algorithm, -1):
            raise ValueError("not a public key of a known algorithm")

    def seal(self, plaintext: bytes, context: bytes) -> bytes:
        """Seal to whoever has the other half; elsewhere than in `context` it does not open."""
        marked = bytes([self.algorithm])
        return marked + _SUITES[self.algorithm].encrypt(plaintext, self._key(), info=marked + context)

    def _key(self) -> X25519PublicKey | MLKEM768X25519PublicKey:
        classic = X25519PublicKey.from_public_bytes(self.data[:_X25519])
        if self.algorithm == CLASSIC:
            return classic
        return MLKEM768X25519PublicKey(MLKEM768PublicKey.from_public_bytes(self.data[_X25519:]), classic)


@dataclass(frozen=True, slots=True)
class SealPrivate:
    """The half that opens, as its seed."""

    algorithm: int
    _seed: SecretBytes = field(repr=False)

    @classmethod
    def from_seed(cls, seed: SecretBytes, algorithm: int | None = None) -> "SealPrivate":
        """The same pair every time for the same seed; by default of the best algorithm there is."""
        return cls(best_algorithm() if algorithm is None else algorithm, seed)

    def public(self) -> SealPublic:
        """The half to give away."""
        data = self._x25519().public_key().public_bytes_raw()
        if self.algorithm == HYBRID:
            data += self._mlkem().public_key().public_bytes_raw()
        return SealPublic(self.algorithm, data)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """What was sealed to this pair in this context. Raises SealBroken."""
        marked = sealed[:1]
        if marked != bytes([self.algorithm]):
            raise SealBroken
        key = (
            self._x25519()
            if self.algorithm == CLASSIC
            else MLKEM768X25519PrivateKey(self._mlkem(), self._x25519())
        )
        try:
            return _SUITES[self.algorithm].decrypt(sealed[1:], key, info=marked + context)
        except (InvalidTag, ValueError):
            raise SealBroken from None

    def _x25519(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(derived(self._seed.reveal(), b"seal/x25519"))

    def _mlkem(self) -> MLKEM768PrivateKey:
        return MLKEM768PrivateKey.from_seed_bytes(derived(self._seed.reveal(), b"seal/ml-kem-768", length=64))


def best_algorithm() -> int:
    """The hybrid where this machine's library has it."""
    try:
        MLKEM768PrivateKey.from_seed_bytes(bytes(64))
    except UnsupportedAlgorithm:
        return CLASSIC
    return HYBRID
