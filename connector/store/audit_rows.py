"""The audit log as stored: links of a chain, appended by one writer at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, select, text

from connector.store.inserting import insert_all
from connector.store.schema import audit

_PAGE = 2000


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A link. `case_number` and `request` repeat what is in the body, to be found by."""

    seq: int
    body: bytes = field(repr=False)
    hash: bytes
    case_number: str | None = None
    request: str | None = None


class AuditRows:
    """The table `audit`. Nothing in here alters or removes a row."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def alone(self) -> None:
        """Wait until nobody else is appending, and be on the disk when the transaction has ended.

        SQLite writers are alone and synced anyway. On PostgreSQL an administrator may have switched waiting for the
        disk off, to be faster: not for this.
        """
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(text("LOCK TABLE audit IN EXCLUSIVE MODE"))
            self._connection.execute(
                text(
                    "SELECT set_config('synchronous_commit', 'on', true) "
                    "WHERE current_setting('synchronous_commit') = 'off'"
                )
            )

    def last(self) -> AuditRow | None:
        """The end of the chain."""
        row = self._connection.execute(select(audit).order_by(audit.c.seq.desc()).limit(1)).first()
        return None if row is None else AuditRow(row.seq, row.body, row.hash)

    def append(self, row: AuditRow) -> None:
        """Add a link."""
        values = {
            "seq": row.seq,
            "body": row.body,
            "hash": row.hash,
            "case_number": row.case_number,
            "request": row.request,
        }
        insert_all(self._connection, audit, [values])

    def all_rows(self) -> Iterator[AuditRow]:
        """The chain from its beginning, a page at a time."""
        page: list[AuditRow] = []
        after = None
        while page or after is None:
            statement = select(audit).order_by(audit.c.seq).limit(_PAGE)
            if after is not None:
                statement = statement.where(audit.c.seq > after)
            page = [
                AuditRow(row.seq, row.body, row.hash, row.case_number, row.request)
                for row in self._connection.execute(statement)
            ]
            yield from page
            after = page[-1].seq if page else 0

    def of_request(self, request: str) -> list[AuditRow]:
        """What happened to a request."""
        rows = self._connection.execute(select(audit).where(audit.c.request == request).order_by(audit.c.seq))
        return [AuditRow(row.seq, row.body, row.hash, row.case_number, row.request) for row in rows]
