"""Tickets that ought to be read again. A hint is never believed, only followed."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, delete, func, or_, select, update

from connector.store.inserting import insert_missing
from connector.store.schema import hints


@dataclass(frozen=True, slots=True)
class ClaimedHint:
    """A ticket that is ours to read until the lease ends. `stamp` tells whether it was hinted again meanwhile."""

    helpdesk: str
    ticket_id: str
    failures: int
    stamp: str = field(repr=False)


class HintRows:
    """The table `hints`: at most one row a ticket, so a flood of hints costs one reading."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, helpdesk: str, ticket_id: str, now: datetime) -> None:
        """Ask for a ticket to be read now, also if it is being read at this moment: that reading may be too early."""
        stamp = uuid4().hex
        if insert_missing(
            self._connection,
            hints,
            helpdesk=helpdesk,
            ticket_id=ticket_id,
            stamp=stamp,
            due_at=now,
            failures=0,
        ):
            return
        self._connection.execute(
            update(hints)
            .where(hints.c.helpdesk == helpdesk, hints.c.ticket_id == ticket_id)
            .values(stamp=stamp, due_at=now)
        )

    def any_due(self, helpdesk: str, now: datetime) -> bool:
        """Whether a ticket of this helpdesk waits to be read."""
        found = select(hints.c.ticket_id).where(hints.c.helpdesk == helpdesk, hints.c.due_at <= now).limit(1)
        return self._connection.execute(found).first() is not None

    def claim(self, helpdesk: str, now: datetime, until: datetime) -> ClaimedHint | None:
        """Take the hint that has waited longest. One reader a ticket at a time, so that a withdrawal stays one."""
        row = self._connection.execute(
            select(hints)
            .where(
                hints.c.helpdesk == helpdesk,
                hints.c.due_at <= now,
                or_(hints.c.leased_until.is_(None), hints.c.leased_until <= now),
            )
            .order_by(hints.c.due_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if row is None:
            return None
        self._connection.execute(
            update(hints)
            .where(hints.c.helpdesk == helpdesk, hints.c.ticket_id == row.ticket_id)
            .values(leased_until=until)
        )
        return ClaimedHint(helpdesk, row.ticket_id, row.failures, row.stamp)

    def done(self, hint: ClaimedHint) -> None:
        """The ticket was read. If it was hinted again meanwhile, the hint stays for another reading."""
        gone = self._connection.execute(
            delete(hints).where(
                hints.c.helpdesk == hint.helpdesk,
                hints.c.ticket_id == hint.ticket_id,
                hints.c.stamp == hint.stamp,
            )
        )
        if gone.rowcount == 0:
            self._connection.execute(
                update(hints)
                .where(hints.c.helpdesk == hint.helpdesk, hints.c.ticket_id == hint.ticket_id)
                .values(leased_until=None, failures=0)
            )

    def failed(self, hint: ClaimedHint, due_at: datetime) -> None:
        """The ticket could not be read: try again later."""
        self._connection.execute(
            update(hints)
            .where(hints.c.helpdesk == hint.helpdesk, hints.c.ticket_id == hint.ticket_id)
            .values(leased_until=None, failures=hint.failures + 1, due_at=due_at)
        )

    def count(self) -> int:
        """How many tickets wait to be read."""
        return self._connection.execute(select(func.count()).select_from(hints)).scalar_one()
