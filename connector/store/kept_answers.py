"""Answers kept for a day, so that the same submission twice is one case and the identical answer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from connector.store.inserting import insert_all
from connector.store.schema import kept_answers


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """`answer` opens only with the idempotency key, which is never stored."""

    key_hash: bytes = field(repr=False)
    fingerprint: bytes = field(repr=False)
    answer: bytes = field(repr=False)
    expires_at: datetime


def kept_values(kept: KeptAnswer) -> dict[str, Any]:
    """A kept answer as a row."""
    return {
        "key_hash": kept.key_hash,
        "fingerprint": kept.fingerprint,
        "answer": kept.answer,
        "expires_at": kept.expires_at,
    }


class KeptAnswerRows:
    """The table `kept_answers`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, key_hashes: Iterable[bytes]) -> KeptAnswer | None:
        """The answer kept under one of these hashes (one per pepper in use), expired or not."""
        found = select(kept_answers).where(kept_answers.c.key_hash.in_(list(key_hashes)))
        row = self._connection.execute(found).first()
        return None if row is None else KeptAnswer(row.key_hash, row.fingerprint, row.answer, row.expires_at)

    def keep(self, kept: KeptAnswer) -> None:
        """Keep an answer. Raises Conflict if another call with the same key was first."""
        insert_all(self._connection, kept_answers, [kept_values(kept)])

    def forget_expired(self, now: datetime) -> int:
        """Remove what has expired; how many that were."""
        return self._connection.execute(delete(kept_answers).where(kept_answers.c.expires_at <= now)).rowcount
