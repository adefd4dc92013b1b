"""From a code to the keys of its mailbox: slow on purpose, and useless without the pepper."""

import hmac
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from connector.domain.code import DIGITS, Code
from connector.vault.derivation import KEY_BYTES, derived
from connector.vault.keyring import PepperRing
from connector.vault.secret import SecretBytes


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """What one guess costs: OWASP's second choice (19 MiB, t=2), about 20 ms.

    One lane: with OpenSSL 4.0 two threads that derive with several lanes at once wait for each other for ever.
    """

    memory_kib: int = 19 * 1024
    iterations: int = 2


INSECURE_TEST_COST = Argon2Cost(memory_kib=8, iterations=1)
"""For tests only: guessing is free at this cost."""


@dataclass(frozen=True, slots=True)
class CodeKeys:
    """What a code yields: where the mailbox is found, and the seed of the key that opens it."""

    lookup: bytes = field(repr=False)
    seed: SecretBytes = field(repr=False)


def new_code() -> Code:
    """A fresh code, every one of the 10**20 equally likely (66 bits)."""
    return Code(f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}")


class CodeDeriver:
    """Derives with this installation's salt and peppers."""

    def __init__(self, salt: bytes, peppers: PepperRing, cost: Argon2Cost) -> None:
        self._salt = salt
        self._peppers = peppers
        self._cost = cost

    def derive(self, code: Code) -> tuple[CodeKeys, ...]:
        """The keys of a code: one pair per pepper that was ever in use, the active pepper's first.

        Argon2id (RFC 9106) makes each guess expensive; the HMAC under a pepper that is not in the database makes
        guesses impossible for a thief of the database alone; HKDF parts what finds the mailbox from what opens it.
        """
        stretched = self._stretch(code)
        return tuple(_keys(stretched, pepper) for pepper in self._peppers.all())

    def _stretch(self, code: Code) -> bytes:
        argon = Argon2id(
            salt=self._salt,
            length=KEY_BYTES,
            iterations=self._cost.iterations,
            lanes=1,
            memory_cost=self._cost.memory_kib,
        )
        return argon.derive(code.digits())


def _keys(stretched: bytes, pepper: SecretBytes) -> CodeKeys:
    peppered = hmac.digest(pepper.reveal(), stretched, "sha256")
    return CodeKeys(derived(peppered, b"code/lookup"), SecretBytes(derived(peppered, b"code/mailbox-seed")))
