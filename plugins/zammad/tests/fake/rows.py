"""Rows and tables: what the fake remembers, the way a database does it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Self

Row = dict[str, Any]
"""One record, its columns in Zammad's order: custom attributes are columns too, which no class foresees."""

_ABSENT = object()


class Table:
    """Rows by id, with a sequence that like PostgreSQL's never gives a number back.

    `belongs_to` names the column by which `of` finds rows without walking through all of them.
    """

    def __init__(self, *, belongs_to: str | None = None) -> None:
        self._rows: dict[int, Row] = {}
        self._belongs_to = belongs_to or "id"
        self._of: dict[object, dict[int, None]] = {}
        self.last_id = 0

    def next_id(self) -> int:
        """Take the next number; a request that fails afterwards leaves a gap."""
        self.last_id += 1
        return self.last_id

    def get(self, row_id: int | None) -> Row | None:
        """The row with this id, None where there is none."""
        return None if row_id is None else self._rows.get(row_id)

    def __getitem__(self, row_id: int) -> Row:
        return self._rows[row_id]

    def __iter__(self) -> Iterator[Row]:
        return iter(list(self._rows.values()))

    def __len__(self) -> int:
        return len(self._rows)

    def named(self, name: object, column: str = "name") -> Row | None:
        """The first row whose `column` is `name`."""
        return next((row for row in self._rows.values() if row[column] == name), None)

    def of(self, owner: object) -> list[Row]:
        """The rows that belong to `owner`, oldest first."""
        found = (self._rows[row_id] for row_id in self._of.get(owner, ()) if row_id in self._rows)
        return [row for row in found if row[self._belongs_to] == owner]

    def put(self, row: Row) -> Row:
        """Store a row under its `id`; again after it changed its owner."""
        self._rows[row["id"]] = row
        self._of.setdefault(row[self._belongs_to], {})[row["id"]] = None
        return row

    def drop(self, row_id: int) -> None:
        """Forget a row."""
        self._rows.pop(row_id, None)


@dataclass(slots=True)
class TicketEvent:
    """What one request did to one ticket: the thing that triggers and notifications look at."""

    ticket_id: int
    kind: str
    actor_id: int
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    article_id: int | None = None


class Transaction:
    """Changes that stand or fall together. Made by `World.transaction`."""

    def __init__(self, actor_id: int, now: Callable[[], datetime], *, runs_triggers: bool = True) -> None:
        self.actor_id = actor_id
        self.now = now
        self.runs_triggers = runs_triggers
        self.events: dict[int, TicketEvent] = {}
        self._undo: list[Callable[[], object]] = []

    def insert(self, table: Table, row: Row) -> Row:
        """Store a new row; its id is taken here unless it already has one."""
        if "id" not in row:
            row["id"] = table.next_id()
        self._undo.append(lambda: table.drop(row["id"]))
        return table.put(row)

    def change(self, row: Row, **values: Any) -> None:
        """Set columns of a stored row."""
        before = {column: row.get(column, _ABSENT) for column in values}
        self._undo.append(lambda: _restore(row, before))
        row.update(values)

    def delete(self, table: Table, row_id: int) -> None:
        """Remove a stored row."""
        row = table[row_id]
        self._undo.append(lambda: table.put(row))
        table.drop(row_id)

    def on_rollback(self, undo: Callable[[], object]) -> None:
        """Something else to take back should the request fail."""
        self._undo.append(undo)

    def event(self, ticket_id: int, kind: str) -> TicketEvent:
        """This request's one event for the ticket; a merge outranks an update, a create outranks both."""
        found = self.events.setdefault(ticket_id, TicketEvent(ticket_id, kind, self.actor_id))
        if found.kind == "update":
            found.kind = kind
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        if kind is not None:
            for undo in reversed(self._undo):
                undo()


def _restore(row: Row, before: dict[str, Any]) -> None:
    for column, value in before.items():
        if value is _ABSENT:
            row.pop(column, None)
        else:
            row[column] = value
