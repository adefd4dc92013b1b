"""A custodian's keys: made on their own machine, from one seed that also fits on paper.

From the seed come the key to which shares are sealed and the key that signs (Ed25519, RFC 8032).
"""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from connector.vault.crossing import Bytes, CrossingFile, FileBroken, Name
from connector.vault.derivation import derived
from connector.vault.passphrase import Locked, PassphraseCost, lock, unlock
from connector.vault.seal_keys import SealPrivate, SealPublic
from connector.vault.secret import SecretBytes

SEED = 32


class PublicFile(CrossingFile):
    """`N.pub`: what a custodian hands in. Signed with their own key, so that nobody can alter it unnoticed."""

    kind: ClassVar[str] = "a custodian's public file (.pub)"

    format: Literal["tipbridge custodian 1"]
    name: Name
    algorithm: Literal[1, 2]
    seal_key: Bytes
    sign_key: Bytes
    signature: Bytes

    @property
    def fingerprint(self) -> str:
        """What people compare, and by which shares are told apart: 32 hex digits over all that is in the file."""
        return hashlib.sha256(self.unsigned()).hexdigest()[:32]

    def public(self) -> "Custodian":
        """The custodian. Raises FileBroken where the signature is not theirs or a key is none."""
        try:
            custodian = Custodian(
                self.name, self.fingerprint, SealPublic(self.algorithm, self.seal_key), self.sign_key
            )
            custodian.check(self.signature, self.unsigned())
            custodian.seal.seal(b"", b"")
        except (ValueError, InvalidSignature):
            raise FileBroken(self.kind) from None
        return custodian


@dataclass(frozen=True, slots=True)
class Custodian:
    """The public half of a custodian."""

    name: str
    fingerprint: str
    seal: SealPublic
    sign_key: bytes

    def check(self, signature: bytes, signed: bytes) -> None:
        """Raises InvalidSignature, or ValueError for no key."""
        Ed25519PublicKey.from_public_bytes(self.sign_key).verify(signature, signed)

    def has_signed(self, signature: bytes, signed: bytes) -> bool:
        """Whether this signature over these bytes is theirs."""
        try:
            self.check(signature, signed)
        except (InvalidSignature, ValueError):
            return False
        return True


class KeyFile(CrossingFile):
    """`N.key`: the seed under a passphrase. It never leaves the custodian's machine."""

    kind: ClassVar[str] = "a custodian's key file (.key)"

    format: Literal["tipbridge custodian key 1"]
    name: Name
    algorithm: Literal[1, 2]
    memory_kib: int
    iterations: int
    salt: Bytes
    sealed: Bytes

    def unlocked(self, passphrase: str) -> "CustodianKeys":
        """The keys. Raises WrongPassphrase."""
        locked = Locked(self.memory_kib, self.iterations, self.salt, self.sealed)
        return CustodianKeys(self.name, unlock(locked, passphrase, _context(self.name)), self.algorithm)


@dataclass(frozen=True)
class CustodianKeys:
    """All that a custodian has."""

    name: str
    seed: SecretBytes = field(repr=False)
    algorithm: int

    @property
    def private(self) -> SealPrivate:
        """The half that opens shares."""
        return SealPrivate.from_seed(self.seed, self.algorithm)

    def sign(self, signed: bytes) -> bytes:
        """A signature by this custodian."""
        return self._signing.sign(signed)

    @cached_property
    def public_file(self) -> PublicFile:
        """What they hand in."""
        seal = self.private.public()
        draft = PublicFile(
            format="tipbridge custodian 1",
            name=self.name,
            algorithm=1 if seal.algorithm == 1 else 2,
            seal_key=seal.data,
            sign_key=self._signing.public_key().public_bytes_raw(),
            signature=b"",
        )
        return draft.model_copy(update={"signature": self.sign(draft.unsigned())})

    def key_file(self, passphrase: str, cost: PassphraseCost) -> KeyFile:
        """The seed under a passphrase."""
        locked = lock(self.seed, passphrase, _context(self.name), cost)
        return KeyFile(
            format="tipbridge custodian key 1",
            name=self.name,
            algorithm=1 if self.algorithm == 1 else 2,
            memory_kib=locked.memory_kib,
            iterations=locked.iterations,
            salt=locked.salt,
            sealed=locked.sealed,
        )

    @property
    def _signing(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(derived(self.seed.reveal(), b"custodian/sign"))


def _context(name: str) -> bytes:
    return f"custodian key|{name}".encode()
