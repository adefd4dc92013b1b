"""Alarms: open rows that say what is wrong now, and since when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

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

    def all_open(self) -> list[Alarm]:
        """Everything that is wrong now, oldest first."""
        rows = self._connection.execute(select(alarms).order_by(alarms.c.since))
        return [Alarm(row.alarm, row.subject, row.since) for row in rows]
