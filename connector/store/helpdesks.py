"""How far each helpdesk was polled, and whether we leave it in peace for now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, select, update

from connector.store.inserting import insert_missing
from connector.store.schema import helpdesks


@dataclass(frozen=True, slots=True)
class HelpdeskState:
    """`failures` counts failed calls in a row; `paused_until` is when the next call may be tried."""

    helpdesk: str
    polled_to: datetime | None = None
    poll_due_at: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    paused_until: datetime | None = None


class HelpdeskRows:
    """The table `helpdesks`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ensure(self, helpdesk: str) -> None:
        """Make sure that there is a row for a configured helpdesk."""
        insert_missing(self._connection, helpdesks, helpdesk=helpdesk, failures=0)

    def state(self, helpdesk: str) -> HelpdeskState:
        """How a helpdesk stands."""
        row = self._connection.execute(select(helpdesks).where(helpdesks.c.helpdesk == helpdesk)).first()
        return HelpdeskState(helpdesk) if row is None else _state(row)

    def claim_poll(self, helpdesk: str, now: datetime, next_due: datetime) -> HelpdeskState | None:
        """Take the next poll if it is due, moving its due time on in the same breath; None if somebody was faster."""
        row = self._connection.execute(
            select(helpdesks)
            .where(
                helpdesks.c.helpdesk == helpdesk,
                helpdesks.c.poll_due_at.is_(None) | (helpdesks.c.poll_due_at <= now),
                helpdesks.c.paused_until.is_(None) | (helpdesks.c.paused_until <= now),
            )
            .with_for_update(skip_locked=True)
        ).first()
        if row is None:
            return None
        self._connection.execute(
            update(helpdesks).where(helpdesks.c.helpdesk == helpdesk).values(poll_due_at=next_due)
        )
        return _state(row)

    def polled(self, helpdesk: str, to: datetime) -> None:
        """Everything that changed until `to` has been hinted."""
        self._connection.execute(
            update(helpdesks).where(helpdesks.c.helpdesk == helpdesk).values(polled_to=to)
        )

    def failed(self, helpdesk: str, now: datetime, paused_until: datetime) -> None:
        """A call failed for the helpdesk as a whole: nobody calls it before `paused_until`."""
        state = self.state(helpdesk)
        self._connection.execute(
            update(helpdesks)
            .where(helpdesks.c.helpdesk == helpdesk)
            .values(
                failures=helpdesks.c.failures + 1,
                failing_since=state.failing_since or now,
                paused_until=paused_until,
            )
        )

    def answered(self, helpdesk: str) -> bool:
        """A call went well; True if it had been failing before."""
        done = self._connection.execute(
            update(helpdesks)
            .where(helpdesks.c.helpdesk == helpdesk, helpdesks.c.failures > 0)
            .values(failures=0, failing_since=None, paused_until=None)
        )
        return done.rowcount == 1


def _state(row: Row[tuple[object, ...]]) -> HelpdeskState:
    return HelpdeskState(
        row.helpdesk, row.polled_to, row.poll_due_at, row.failures, row.failing_since, row.paused_until
    )
