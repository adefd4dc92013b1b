"""Alarms: open rows that say what is wrong now, and since when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from connector.store.inserting import insert_missing
from connector.store.schema import alarms


@dataclass(frozen=True, slots=True)
class Alarm:
    """`alarm` is a stable id; `subject` is what it is about (a helpdesk, a row), never content."""

    alarm: str
    subject: str
    since: datetime


class AlarmRows:
    """The table `alarms`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, alarm: Alarm) -> bool:
        """Open an alarm; False if it was open already."""
        return insert_missing(
            self._connection, alarms, alarm=alarm.alarm, subject=alarm.subject, since=alarm.since
        )

    def close(self, alarm: str, subject: str) -> bool:
        """Close an alarm; False if it was not open."""
        done = self._connection.execute(
            delete(alarms).where(alarms.c.alarm == alarm, alarms.c.subject == subject)
        )
        return done.rowcount == 1

    def claim_untold(self, now: datetime) -> Alarm | None:
        """Take the oldest alarm that the operator has not been told of; it is marked as told from here on."""
        row = self._connection.execute(
            select(alarms)
            .where(alarms.c.told_at.is_(None))
            .order_by(alarms.c.since)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if row is None:
            return None
        self._mark(row.alarm, row.subject, now)
        return Alarm(row.alarm, row.subject, row.since)

    def tell_again(self, alarm: str, subject: str) -> None:
        """It could not be told, or is to be told once more."""
        self._mark(alarm, subject, None)

    def _mark(self, alarm: str, subject: str, told_at: datetime | None) -> None:
        self._connection.execute(
            update(alarms).where(alarms.c.alarm == alarm, alarms.c.subject == subject).values(told_at=told_at)
        )

    def all_open(self) -> list[Alarm]:
        """Everything that is wrong now, oldest first."""
        rows = self._connection.execute(select(alarms).order_by(alarms.c.since))
        return [Alarm(row.alarm, row.subject, row.since) for row in rows]
