"""Under a passphrase: Argon2id (RFC 9106) makes every guess cost a second and a quarter of a gigabyte."""

import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from connector.errors import VaultShut
from connector.vault.derivation import KEY_BYTES
from connector.vault.secret import SecretBytes

SHORTEST = 12
"""Characters. Shorter ones are refused when a key is made; four random words are more."""
_SALT = 16
# A file names its own cost, so that it can be raised; a forged one must not take the machine down.
_MOST_MEMORY, _MOST_ITERATIONS = 2**21, 16


class WrongPassphrase(VaultShut):
    """The passphrase does not open the file, or the file was altered: the two cannot be told apart."""

    def __init__(self) -> None:
        super().__init__("the passphrase does not open this file (or the file was altered); try again")


@dataclass(frozen=True, slots=True)
class PassphraseCost:
    """What one guess costs: about a second on today's machines."""

    memory_kib: int = 256 * 1024
    iterations: int = 3


INSECURE_PASSPHRASE_COST = PassphraseCost(memory_kib=64, iterations=1)
"""For tests only."""


@dataclass(frozen=True, slots=True)
class Locked:
    """Something under a passphrase, with what is needed to try one."""

    memory_kib: int
    iterations: int
    salt: bytes
    sealed: bytes = field(repr=False)


def lock(plaintext: SecretBytes, passphrase: str, context: bytes, cost: PassphraseCost) -> Locked:
    """Put a secret under a passphrase; `context` says what it is."""
    salt = os.urandom(_SALT)
    key = _key(passphrase, salt, cost.memory_kib, cost.iterations)
    # The salt is fresh, so the key is, and a fixed nonce never meets it twice.
    sealed = AESGCM(key).encrypt(bytes(12), plaintext.reveal(), context)
    return Locked(cost.memory_kib, cost.iterations, salt, sealed)


def unlock(locked: Locked, passphrase: str, context: bytes) -> SecretBytes:
    """The secret again. Raises WrongPassphrase."""
    if not 8 <= locked.memory_kib <= _MOST_MEMORY or not 1 <= locked.iterations <= _MOST_ITERATIONS:
        raise WrongPassphrase
    try:
        key = _key(passphrase, locked.salt, locked.memory_kib, locked.iterations)
        return SecretBytes(AESGCM(key).decrypt(bytes(12), locked.sealed, context))
    except (InvalidTag, ValueError, MemoryError):
        raise WrongPassphrase from None


def _key(passphrase: str, salt: bytes, memory_kib: int, iterations: int) -> bytes:
    argon = Argon2id(salt=salt, length=KEY_BYTES, iterations=iterations, lanes=1, memory_cost=memory_kib)
    return argon.derive(passphrase.encode("utf-8", "surrogatepass"))
