"""Which processes are alive, so that a dead one shows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from connector.store.inserting import insert_missing
from connector.store.schema import heartbeats


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The last sign of life of a process. `kind` is `worker` or `web`."""

    process: str
    kind: str
    at: datetime


class HeartbeatRows:
    """The table `heartbeats`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def beat(self, heartbeat: Heartbeat) -> None:
        """Record a sign of life."""
        if not insert_missing(
            self._connection, heartbeats, process=heartbeat.process, kind=heartbeat.kind, at=heartbeat.at
        ):
            self._connection.execute(
                update(heartbeats).where(heartbeats.c.process == heartbeat.process).values(at=heartbeat.at)
            )

    def all(self) -> list[Heartbeat]:
        """The last sign of life of every process."""
        return [
            Heartbeat(row.process, row.kind, row.at) for row in self._connection.execute(select(heartbeats))
        ]

    def leave(self, process: str) -> None:
        """A process ends in good order, or is known to have been replaced."""
        self._connection.execute(delete(heartbeats).where(heartbeats.c.process == process))
