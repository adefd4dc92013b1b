"""The operator's view of the outbox: what waits, what was set aside. No content."""

from datetime import datetime

from sqlalchemy import Connection, Row, func, select, text, update

from connector.domain.urgency import Urgency
from connector.store.outbox_rows import RowOverview, RowState
from connector.store.schema import outbox

NOT_DELIVERED = text("outbox.state <> 'delivered'")
"""Spelled out, not bound: only so does SQLite see that the partial index serves."""


class OutboxOverview:
    """Reading the table `outbox`, and the few things an operator does to a row."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def release(self, row_id: int, now: datetime) -> bool:
        """Send a row that was set aside (or is waiting for its next try) at once; False if there is none such."""
        done = self._connection.execute(
            update(outbox)
            .where(
                outbox.c.id == row_id, outbox.c.state.in_([RowState.SET_ASIDE.value, RowState.PENDING.value])
            )
            .values(state=RowState.PENDING.value, due_at=now, problem=None)
        )
        return done.rowcount == 1

    def park(self, row_id: int, problem: str) -> bool:
        """Set a waiting row aside by hand; False if it is not waiting."""
        done = self._connection.execute(
            update(outbox)
            .where(outbox.c.id == row_id, outbox.c.state == RowState.PENDING.value)
            .values(state=RowState.SET_ASIDE.value, problem=problem)
        )
        return done.rowcount == 1

    def overview(self, state: RowState | None = None, limit: int = 1000) -> list[RowOverview]:
        """Rows that are not delivered, most pressing first; or those in one state."""
        wanted = outbox.c.state == state.value if state else NOT_DELIVERED
        found = select(outbox).where(wanted).order_by(outbox.c.urgency.desc(), outbox.c.id).limit(limit)
        return [_overview(row) for row in self._connection.execute(found)]

    def counts(self) -> dict[tuple[str, str], int]:
        """How many undelivered rows there are, by helpdesk and state."""
        rows = self._connection.execute(
            select(outbox.c.helpdesk, outbox.c.state, func.count())
            .where(NOT_DELIVERED)
            .group_by(outbox.c.helpdesk, outbox.c.state)
        )
        return {(helpdesk, state): count for helpdesk, state, count in rows}

    def oldest_owed(self) -> dict[str, datetime]:
        """Since when the oldest undelivered, not set aside row of each helpdesk has waited."""
        rows = self._connection.execute(
            select(outbox.c.helpdesk, func.min(outbox.c.created_at))
            .where(NOT_DELIVERED, outbox.c.state != RowState.SET_ASIDE.value)
            .group_by(outbox.c.helpdesk)
        )
        return {row[0]: row[1] for row in rows}

    def wrapped_keys(self, after: int, limit: int) -> list[tuple[int, bytes]]:
        """Wrapped row keys still in use, in order of id; for re-wrapping when the service key changes."""
        rows = self._connection.execute(
            select(outbox.c.id, outbox.c.wrapped_key)
            .where(outbox.c.wrapped_key.is_not(None), outbox.c.id > after)
            .order_by(outbox.c.id)
            .limit(limit)
        )
        return [(row_id, wrapped) for row_id, wrapped in rows]

    def rewrap(self, row_id: int, old: bytes, new: bytes) -> None:
        """Replace a wrapped key, unless the row was shredded meanwhile."""
        self._connection.execute(
            update(outbox).where(outbox.c.id == row_id, outbox.c.wrapped_key == old).values(wrapped_key=new)
        )


def _overview(row: Row[tuple[object, ...]]) -> RowOverview:
    return RowOverview(
        row_id=row.id,
        helpdesk=row.helpdesk,
        case_id=row.case_id,
        kind=row.kind,
        state=row.state,
        urgency=Urgency(row.urgency),
        attempts=row.attempts,
        created_at=row.created_at,
        due_at=row.due_at,
        problem=row.problem,
    )
