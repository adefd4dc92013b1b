"""The same call twice is one call: idempotency, without keeping the key."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest

from connector.clock import Clock
from connector.errors import TipbridgeError
from connector.store import Store
from connector.store.kept_answers import KeptAnswer
from connector.vault.idempotency import IdempotencyKey
from connector.vault.keyring import PepperRing

KEPT_FOR = timedelta(hours=24)
"""How long an answer is kept. After that the key is forgotten and the same call is a new tip."""


class KeyReused(TipbridgeError):
    """The same Idempotency-Key came with other content: a mistake in the app, nothing was recorded."""


class Submissions:
    """Remembers answers for a day, so that a double tap or a retry does no harm."""

    def __init__(self, store: Store, clock: Clock, peppers: PepperRing) -> None:
        self._store = store
        self._clock = clock
        self._peppers = peppers

    def begin(self, key: str | None, scope: bytes, parts: Iterable[bytes]) -> "Submission":
        """One call. `scope` parts calls of different kinds or mailboxes; `parts` is everything that was sent."""
        if key is None:
            return Submission(self._store, self._clock, None, b"")
        secret = IdempotencyKey(key, self._peppers, scope)
        return Submission(self._store, self._clock, secret, secret.fingerprint(parts))

    def forget_expired(self) -> int:
        """Remove the answers whose day is over; how many that were."""
        with self._store.write() as tx:
            return tx.kept_answers.forget_expired(self._clock.now())


@dataclass(frozen=True, slots=True)
class Submission:
    """One call with (or without) an idempotency key. Without one, nothing is recalled and nothing kept."""

    _store: Store
    _clock: Clock
    _key: IdempotencyKey | None
    _fingerprint: bytes

    @property
    def spans_keys(self) -> bool:
        """Whether the answer may lie under a retired pepper, where no unique key would notice a repetition."""
        return self._key is not None and len(self._key.hashes()) > 1

    def recall(self) -> bytes | None:
        """The answer that this call got before. Raises KeyReused where the content differs."""
        if self._key is None:
            return None
        with self._store.read() as tx:
            kept = tx.kept_answers.find(self._key.hashes())
        if kept is None:
            return None
        if kept.expires_at <= self._clock.now():
            # Its day is over: the key is forgotten, and the same call is a new tip.
            with self._store.write() as tx:
                tx.kept_answers.forget_expired(self._clock.now())
            return None
        if not compare_digest(kept.fingerprint, self._fingerprint):
            raise KeyReused(
                "this Idempotency-Key was used for another tip; draw a new random one for each tip"
            )
        return self._key.open_answer(kept.answer)

    def to_keep(self, answer: bytes) -> KeptAnswer | None:
        """The answer, sealed under the key, to be written in the same transaction as what it answers."""
        if self._key is None:
            return None
        return KeptAnswer(
            self._key.hashes()[0],
            self._fingerprint,
            self._key.seal_answer(answer),
            self._clock.now() + KEPT_FOR,
        )
