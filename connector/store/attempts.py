"""Attempts: the intent to notify somebody, and what became of it."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from connector.domain.chain import Via
from connector.domain.escalating import Attempt, Outcome, Progress, Purpose
from connector.store.inserting import insert_all, insert_missing
from connector.store.schema import attempt_reports, attempts, escalations

_NAMES = [field.name for field in fields(Attempt)]
_CANDIDATES = 20
"""How many are tried before a worker concludes that the others have them all."""


def attempt_values(attempt: Attempt) -> dict[str, Any]:
    """An attempt as a row. `live` marks a call of its own between intent and end, of which a number has one at most."""
    values = {name: getattr(attempt, name) for name in _NAMES}
    is_live = (
        attempt.via is Via.VOICE
        and attempt.joined is None
        and Progress.PLANNED < attempt.progress < Progress.ENDED
    )
    return values | {
        "via": attempt.via.value,
        "purpose": attempt.purpose.value,
        "progress": int(attempt.progress),
        "outcome": None if attempt.outcome is None else attempt.outcome.value,
        "live": True if is_live else None,
    }


class AttemptRows:
    """The tables `attempts` and `attempt_reports`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Sequence[Attempt]) -> None:
        """Plan attempts. Raises Conflict where the same was planned before."""
        insert_all(self._connection, attempts, [attempt_values(one) for one in new])

    def take_due(self, now: datetime) -> Attempt | None:
        """The attempt that has been due longest, locked until the transaction ends, and before it its escalation.

        Everybody locks in this order, so that nobody waits in a circle. What others have is passed over.
        """
        candidates = self._connection.execute(
            select(attempts.c.attempt_id, attempts.c.escalation_id)
            .where(attempts.c.due_at <= now)
            .order_by(attempts.c.due_at)
            .limit(_CANDIDATES)
        ).all()
        for candidate in candidates:
            owner = select(escalations.c.escalation_id).where(
                escalations.c.escalation_id == candidate.escalation_id
            )
            if self._connection.execute(owner.with_for_update(skip_locked=True)).first() is None:
                continue
            attempt = self.lock(candidate.attempt_id)
            if attempt is not None and attempt.due_at is not None and attempt.due_at <= now:
                return attempt
        return None

    def any_due(self, now: datetime) -> bool:
        """Whether something is to be sent or looked up. A cheap look, without a lock."""
        found = select(attempts.c.attempt_id).where(attempts.c.due_at <= now).limit(1)
        return self._connection.execute(found).first() is not None

    def lock(self, attempt_id: str) -> Attempt | None:
        """This attempt, locked; waits for whoever has it."""
        found = select(attempts).where(attempts.c.attempt_id == attempt_id).with_for_update()
        row = self._connection.execute(found).first()
        return None if row is None else _attempt(row)

    def get(self, attempt_id: str) -> Attempt | None:
        """This attempt as it is now."""
        row = self._connection.execute(select(attempts).where(attempts.c.attempt_id == attempt_id)).first()
        return None if row is None else _attempt(row)

    def by_token(self, token_hash: str) -> Attempt | None:
        """The attempt whose link this is."""
        row = self._connection.execute(select(attempts).where(attempts.c.token_hash == token_hash)).first()
        return None if row is None else _attempt(row)

    def of_escalation(self, escalation_id: str) -> tuple[Attempt, ...]:
        """All attempts of an episode, in the order in which they were planned."""
        found = (
            select(attempts)
            .where(attempts.c.escalation_id == escalation_id)
            .order_by(attempts.c.created_at, attempts.c.entry, attempts.c.tried, attempts.c.attempt_id)
        )
        return tuple(_attempt(row) for row in self._connection.execute(found))

    def to_destination(self, destination: str, purposes: Sequence[Purpose], since: datetime) -> list[Attempt]:
        """What was sent to a number since then, the newest first: to know what a text in answer is about."""
        found = (
            select(attempts)
            .where(
                attempts.c.destination == destination,
                attempts.c.sent_at >= since,
                attempts.c.purpose.in_([purpose.value for purpose in purposes]),
            )
            .order_by(attempts.c.sent_at.desc())
        )
        return [_attempt(row) for row in self._connection.execute(found)]

    def joined_to(self, attempt_id: str) -> tuple[Attempt, ...]:
        """The attempts that are spoken of on another one's call."""
        found = select(attempts).where(attempts.c.joined == attempt_id).order_by(attempts.c.created_at)
        return tuple(_attempt(row) for row in self._connection.execute(found))

    def live_on(self, destination: str) -> Attempt | None:
        """The call to this number that has not ended."""
        found = select(attempts).where(attempts.c.destination == destination, attempts.c.live)
        row = self._connection.execute(found).first()
        return None if row is None else _attempt(row)

    def last_call(self, destination: str, *, not_of: str) -> datetime | None:
        """When this number was last called for another escalation."""
        found = select(func.max(attempts.c.sent_at)).where(
            attempts.c.destination == destination,
            attempts.c.via == Via.VOICE.value,
            attempts.c.joined.is_(None),
            attempts.c.escalation_id != not_of,
        )
        return self._connection.execute(found).scalar()

    def save(self, attempt: Attempt) -> bool:
        """Write an attempt; the version goes up. False if somebody else has written since it was read.

        Raises Conflict where it would be a second live call to a number.
        """
        done = self._connection.execute(
            update(attempts)
            .where(attempts.c.attempt_id == attempt.attempt_id, attempts.c.version == attempt.version)
            .values(attempt_values(replace(attempt, version=attempt.version + 1)))
        )
        return done.rowcount == 1

    def report(
        self, attempt_id: str, key: str, progress: Progress, outcome: Outcome | None, at: datetime
    ) -> bool:
        """Keep what a provider has said; False where it has said so before."""
        return insert_missing(
            self._connection,
            attempt_reports,
            attempt_id=attempt_id,
            key=key,
            progress=int(progress),
            outcome=None if outcome is None else outcome.value,
            at=at,
        )

    def police_steps_since(self, since: datetime) -> int:
        """How many police steps have begun since then, in all schools."""
        begun = (
            select(attempts.c.escalation_id, attempts.c.entry)
            .where(attempts.c.purpose == Purpose.POLICE.value, attempts.c.created_at >= since)
            .distinct()
            .subquery()
        )
        return self._connection.execute(select(func.count()).select_from(begun)).scalar_one()

    def oldest_due(self) -> datetime | None:
        """The moment that comes, or came, first at which an attempt is to be attended to."""
        found = select(func.min(attempts.c.due_at)).where(attempts.c.due_at.is_not(None))
        return self._connection.execute(found).scalar()


def _attempt(row: Row[tuple[Any, ...]]) -> Attempt:
    values = {name: getattr(row, name) for name in _NAMES}
    outcome = values["outcome"]
    return Attempt(
        **values
        | {
            "via": Via(values["via"]),
            "purpose": Purpose(values["purpose"]),
            "progress": Progress(values["progress"]),
            "outcome": None if outcome is None else Outcome(outcome),
        }
    )
