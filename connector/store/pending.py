"""Files that were still being cleaned when the reporter got the code."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from connector.store.inserting import insert_all
from connector.store.schema import pending_files


@dataclass(frozen=True, slots=True)
class NewPending:
    """A file to be cleaned later. `file_id` is the held file as it came; its key is in `content`, sealed."""

    pending_id: str
    case_id: str
    file_id: str
    content: bytes = field(repr=False)
    wrapped_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClaimedPending:
    """A file that is ours to clean until the lease ends. `attempts` counts this one too."""

    pending_id: str
    case_id: str
    file_id: str
    attempts: int
    lease: str = field(repr=False)
    content: bytes = field(repr=False)
    wrapped_key: bytes = field(repr=False)


def pending_values(new: NewPending, now: datetime) -> dict[str, Any]:
    """A file as a row, due at once."""
    return {
        "id": new.pending_id,
        "case_id": new.case_id,
        "file_id": new.file_id,
        "content": new.content,
        "wrapped_key": new.wrapped_key,
        "attempts": 0,
        "since": now,
        "due_at": now,
    }


class PendingRows:
    """The table `pending_files`. A claim moves `due_at` to the end of its lease."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: NewPending, now: datetime) -> None:
        """Put a file in."""
        insert_all(self._connection, pending_files, [pending_values(new, now)])

    def any_due(self, now: datetime) -> bool:
        """Whether there is one to clean."""
        found = select(pending_files.c.id).where(pending_files.c.due_at <= now).limit(1)
        return self._connection.execute(found).first() is not None

    def claim(self, now: datetime, until: datetime, lease: str) -> ClaimedPending | None:
        """Take the one that has waited longest; None if there is none."""
        candidate = (
            select(pending_files.c.id)
            .where(pending_files.c.due_at <= now)
            .order_by(pending_files.c.due_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        pending_id = self._connection.execute(candidate).scalar()
        if pending_id is None:
            return None
        row = self._connection.execute(
            update(pending_files)
            .where(pending_files.c.id == pending_id)
            .values(due_at=until, lease=lease, attempts=pending_files.c.attempts + 1)
            .returning(pending_files)
        ).one()
        return ClaimedPending(
            row.id, row.case_id, row.file_id, row.attempts, lease, row.content, row.wrapped_key
        )

    def put_back(self, claimed: ClaimedPending, due_at: datetime) -> None:
        """Try again at `due_at`."""
        self._connection.execute(
            update(pending_files)
            .where(pending_files.c.id == claimed.pending_id, pending_files.c.lease == claimed.lease)
            .values(due_at=due_at, lease=None)
        )

    def finish(self, claimed: ClaimedPending) -> bool:
        """Take it out; False if the lease had run out and somebody else has it now."""
        done = delete(pending_files).where(
            pending_files.c.id == claimed.pending_id, pending_files.c.lease == claimed.lease
        )
        return self._connection.execute(done).rowcount == 1

    def oldest(self) -> datetime | None:
        """Since when the one that waits longest has waited."""
        since: datetime | None = self._connection.execute(select(func.min(pending_files.c.since))).scalar()
        return since
