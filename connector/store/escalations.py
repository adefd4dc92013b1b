"""Escalations: finding the one that is due, and writing down what was decided."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, case, func, or_, select, update

from connector.domain.escalating import Escalation, How, State
from connector.domain.urgency import Urgency
from connector.store.inserting import insert_all
from connector.store.schema import escalations

_NAMES = [field.name for field in fields(Escalation)]


def escalation_values(escalation: Escalation) -> dict[str, Any]:
    """An escalation as a row."""
    values = {name: getattr(escalation, name) for name in _NAMES}
    how = escalation.acknowledged_how
    return values | {
        "urgency": int(escalation.urgency),
        "state": escalation.state.value,
        "left_out": " ".join(escalation.left_out),
        "acknowledged_how": None if how is None else how.value,
    }


class EscalationRows:
    """The table `escalations`. A row that was taken is locked until the transaction ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Sequence[Escalation]) -> None:
        """Want cases to be escalated. Raises Conflict where one of the cases has an open episode."""
        insert_all(self._connection, escalations, [escalation_values(one) for one in new])

    def take_due(self, now: datetime) -> Escalation | None:
        """The escalation that has been due longest, locked; None where none is, or others have them all."""
        row = self._connection.execute(
            select(escalations)
            .where(escalations.c.due_at <= now)
            .order_by(escalations.c.due_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        return None if row is None else _escalation(row)

    def any_due(self, now: datetime) -> bool:
        """Whether something is due. A cheap look, without a lock."""
        found = select(escalations.c.escalation_id).where(escalations.c.due_at <= now).limit(1)
        return self._connection.execute(found).first() is not None

    def lock(self, escalation_id: str) -> Escalation | None:
        """This escalation, locked; waits for whoever has it."""
        found = select(escalations).where(escalations.c.escalation_id == escalation_id).with_for_update()
        row = self._connection.execute(found).first()
        return None if row is None else _escalation(row)

    def get(self, escalation_id: str) -> Escalation | None:
        """This escalation as it is now."""
        found = select(escalations).where(escalations.c.escalation_id == escalation_id)
        row = self._connection.execute(found).first()
        return None if row is None else _escalation(row)

    def open_of(self, case_ids: Sequence[str]) -> list[Escalation]:
        """The open episodes of these cases."""
        found = select(escalations).where(
            escalations.c.case_id.in_(list(case_ids)), escalations.c.state != State.ENDED.value
        )
        return [_escalation(row) for row in self._connection.execute(found)]

    def latest_of(self, case_id: str) -> Escalation | None:
        """The last episode of a case."""
        found = select(escalations).where(escalations.c.case_id == case_id)
        row = self._connection.execute(found.order_by(escalations.c.episode.desc()).limit(1)).first()
        return None if row is None else _escalation(row)

    def save(self, escalation: Escalation) -> bool:
        """Write what was decided; the version goes up. False if somebody else has written since it was read."""
        values = escalation_values(replace(escalation, version=escalation.version + 1))
        done = self._connection.execute(
            update(escalations)
            .where(
                escalations.c.escalation_id == escalation.escalation_id,
                escalations.c.version == escalation.version,
            )
            .values(values)
        )
        return done.rowcount == 1

    def wake(self, escalation_ids: Sequence[str], now: datetime) -> None:
        """Look at these now. An earlier deadline stays, so that one which was missed is still seen to be."""
        self._connection.execute(
            update(escalations)
            .where(
                escalations.c.escalation_id.in_(list(escalation_ids)),
                or_(escalations.c.due_at.is_(None), escalations.c.due_at > now),
                escalations.c.state != State.ENDED.value,
            )
            .values(due_at=now)
        )

    def put_off(self, escalation_id: str, until: datetime) -> None:
        """Nothing could be decided: look again later, so that the others get their turn."""
        self._connection.execute(
            update(escalations).where(escalations.c.escalation_id == escalation_id).values(due_at=until)
        )

    def oldest_due(self) -> datetime | None:
        """The deadline that comes, or came, first."""
        found = select(func.min(escalations.c.due_at)).where(escalations.c.due_at.is_not(None))
        return self._connection.execute(found).scalar()

    def counts(self) -> dict[str, int]:
        """How many there are in each state, ended ones in one number."""
        state = case((escalations.c.state == State.ENDED.value, State.ENDED.value), else_=escalations.c.state)
        rows = self._connection.execute(select(state, func.count()).group_by(state))
        return {str(name): count for name, count in rows}


def _escalation(row: Row[tuple[Any, ...]]) -> Escalation:
    values = {name: getattr(row, name) for name in _NAMES}
    how = values["acknowledged_how"]
    return Escalation(
        **values
        | {
            "urgency": Urgency(values["urgency"]),
            "state": State(values["state"]),
            "left_out": tuple(values["left_out"].split()),
            "acknowledged_how": None if how is None else How(how),
        }
    )
