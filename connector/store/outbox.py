"""Claiming what we owe a helpdesk, and recording what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from connector.store.held import link_values
from connector.store.inserting import insert_all
from connector.store.outbox_overview import NOT_DELIVERED, OutboxOverview
from connector.store.outbox_rows import ClaimedRow, NewRow, RowKind, RowState
from connector.store.schema import outbox, outbox_files


def outbox_values(row: NewRow, now: datetime) -> dict[str, Any]:
    """What is owed as a row, due at once."""
    return {
        "helpdesk": row.helpdesk,
        "case_id": row.case_id,
        "kind": row.kind.value,
        "reference": row.reference,
        "ticket_id": row.ticket_id,
        "urgency": int(row.urgency),
        "state": RowState.PENDING.value,
        "content": row.content,
        "wrapped_key": row.wrapped_key,
        "attempts": 0,
        "created_at": now,
        "due_at": now,
    }


class OutboxRows(OutboxOverview):
    """The table `outbox`, as the worker uses it; the operator's view of it is in the base."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)

    def add(self, row: NewRow, now: datetime) -> None:
        """Owe a row. The same reference twice in a helpdesk raises Conflict."""
        insert_all(self._connection, outbox, [outbox_values(row, now)])
        insert_all(self._connection, outbox_files, link_values(row.helpdesk, row.reference, row.files))

    def has(self, helpdesk: str, reference: str) -> bool:
        """Whether this reference was ever owed."""
        found = select(outbox.c.id).where(outbox.c.helpdesk == helpdesk, outbox.c.reference == reference)
        return self._connection.execute(found).first() is not None

    def claim(self, helpdesk: str, now: datetime, until: datetime, lease: str) -> ClaimedRow | None:
        """Take the most pressing row that is due, or whose lease ran out; None if there is none.

        Order is kept within a case: a row waits for those before it that are pending or being sent, and for a ticket
        that was set aside (there is nothing yet to add to); it does not wait for an article that was set aside.
        """
        earlier = outbox.alias("earlier")
        blocked = (
            select(earlier.c.id)
            .where(
                earlier.c.case_id == outbox.c.case_id,
                earlier.c.helpdesk == outbox.c.helpdesk,
                earlier.c.id < outbox.c.id,
                or_(
                    earlier.c.state.in_([RowState.PENDING.value, RowState.SENDING.value]),
                    and_(earlier.c.state == RowState.SET_ASIDE.value, earlier.c.kind == RowKind.TICKET.value),
                ),
            )
            .exists()
        )
        candidate = (
            select(outbox.c.id)
            .where(outbox.c.helpdesk == helpdesk, NOT_DELIVERED, _owed(now), ~blocked)
            .order_by(outbox.c.urgency.desc(), outbox.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row_id = self._connection.execute(candidate).scalar()
        if row_id is None:
            return None
        row = self._connection.execute(
            update(outbox)
            .where(outbox.c.id == row_id)
            .values(
                state=RowState.SENDING.value, leased_until=until, lease=lease, attempts=outbox.c.attempts + 1
            )
            .returning(outbox)
        ).one()
        return ClaimedRow(
            row.id,
            row.helpdesk,
            row.case_id,
            RowKind(row.kind),
            row.reference,
            row.ticket_id,
            row.attempts,
            lease,
            row.content,
            row.wrapped_key,
        )

    def any_owed(self, helpdesk: str, now: datetime) -> bool:
        """Whether something is due for a helpdesk (it may still have to wait for its turn in its case)."""
        found = select(outbox.c.id).where(outbox.c.helpdesk == helpdesk, NOT_DELIVERED, _owed(now)).limit(1)
        return self._connection.execute(found).first() is not None

    def hurry(self, helpdesk: str, now: datetime) -> None:
        """The helpdesk is back: what waits for a later try is due at once."""
        self._connection.execute(
            update(outbox)
            .where(
                outbox.c.helpdesk == helpdesk,
                NOT_DELIVERED,
                outbox.c.state == RowState.PENDING.value,
                outbox.c.due_at > now,
            )
            .values(due_at=now)
        )

    def look_before_sending(self) -> None:
        """After a restore: what is owed may have been delivered since the backup was made."""
        self._connection.execute(update(outbox).where(NOT_DELIVERED).values(attempts=outbox.c.attempts + 1))

    def renew(self, leases: list[str], until: datetime) -> None:
        """Keep rows that are still being sent."""
        self._connection.execute(update(outbox).where(outbox.c.lease.in_(leases)).values(leased_until=until))

    def delivered(self, row: ClaimedRow, now: datetime) -> bool:
        """Record success and shred the content; False if the lease had run out and somebody else has the row now."""
        return self._finish(
            row,
            state=RowState.DELIVERED.value,
            content=None,
            wrapped_key=None,
            done_at=now,
            problem=None,
        )

    def put_back(self, row: ClaimedRow, due_at: datetime, problem: str) -> bool:
        """Try again at `due_at`."""
        return self._finish(row, state=RowState.PENDING.value, due_at=due_at, problem=problem[:300])

    def set_aside(self, row: ClaimedRow, problem: str) -> bool:
        """Keep the row, content and all, for a person to decide."""
        return self._finish(row, state=RowState.SET_ASIDE.value, problem=problem[:300])

    def _finish(self, row: ClaimedRow, **values: object) -> bool:
        done = self._connection.execute(
            update(outbox)
            .where(outbox.c.id == row.row_id, outbox.c.lease == row.lease)
            .values(lease=None, leased_until=None, **values)
        )
        return done.rowcount == 1


def _owed(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(outbox.c.state == RowState.PENDING.value, outbox.c.due_at <= now),
        and_(outbox.c.state == RowState.SENDING.value, outbox.c.leased_until <= now),
    )
