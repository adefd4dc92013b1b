"""Tables as lines of JSON, the same from both databases, so that a backup of one can be restored into the other."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Integer, Table, func, insert, select, text

from connector.store.engine import Store
from connector.store.schema import VAULT, cases, heartbeats, metadata
from connector.store.transaction import Transaction

_BATCH = 500

Row = Mapping[str, Any]
Keep = Callable[[str, Row], bool]
"""Whether a row of a table is to be written."""


def tables_of(part: str) -> list[Table]:
    """The tables of a part (`main`, `vault`), in an order in which they can be filled. Signs of life are no part of it."""
    wanted = VAULT if part == "vault" else None
    return [table for table in metadata.sorted_tables if table.schema == wanted and table is not heartbeats]


def dump(store: Store, part: str) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each table's name and its rows as lines, all as they were at one moment."""
    with store.snapshot() as connection:
        for table in tables_of(part):
            yield table.name, _lines(connection, table)


def is_empty(store: Store) -> bool:
    """Whether no case was ever taken in here."""
    with store.snapshot() as connection:
        return connection.execute(select(func.count()).select_from(cases)).scalar_one() == 0


def load(
    store: Store,
    part: str,
    read: Mapping[str, Iterable[bytes]],
    *,
    keep: Keep = lambda _table, _row: True,
    after: Callable[[Transaction], None] = lambda _tx: None,
) -> dict[str, int]:
    """Fill the tables of a part, replacing what is in them; how many rows each got.

    Rows that are not to be kept are never written. `after` is called within the same transaction: all of it is there
    afterwards, or nothing.
    """
    counts = {}
    with store.engine.begin() as connection:
        for table in reversed(tables_of(part)):
            connection.execute(table.delete())
        for table in tables_of(part):
            counts[table.name] = _fill(connection, table, read.get(table.name, ()), keep)
            _go_on_counting(connection, table)
        after(Transaction(connection))
    return counts


def rows_of(lines: Iterable[bytes]) -> Iterator[Row]:
    """What lines hold, without writing it anywhere."""
    for line in lines:
        yield {name: _read(value) for name, value in json.loads(line).items()}


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    streamed = connection.execution_options(yield_per=_BATCH).execute(select(table))
    for row in streamed:
        fields = {name: _written(value) for name, value in row._mapping.items()}  # noqa: SLF001  SQLAlchemy's public name
        yield json.dumps(fields, separators=(",", ":")).encode() + b"\n"


def _fill(connection: Connection, table: Table, lines: Iterable[bytes], keep: Keep) -> int:
    count, batch = 0, []
    for row in rows_of(lines):
        if keep(table.name, row):
            batch.append(row)
        if len(batch) == _BATCH:
            connection.execute(insert(table), batch)
            count, batch = count + _BATCH, []
    if batch:
        connection.execute(insert(table), batch)
    return count + len(batch)


def _go_on_counting(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers rows by a sequence, which knows nothing of rows that came with a number."""
    key = list(table.primary_key.columns)
    if connection.dialect.name == "postgresql" and len(key) == 1 and isinstance(key[0].type, Integer):
        name = f"{table.schema}.{table.name}" if table.schema else table.name
        found = connection.execute(
            text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": name, "column": key[0].name}
        ).scalar()
        if found:
            highest = connection.execute(select(func.max(key[0]))).scalar() or 0
            connection.execute(
                text("SELECT setval(:name, :value, true)"), {"name": found, "value": highest + 1}
            )


def _written(value: Any) -> Any:
    match value:
        case bytes() | memoryview():
            return {"b": base64.b64encode(bytes(value)).decode("ascii")}
        case datetime():
            return {"t": value.astimezone(UTC).isoformat()}
        case date():
            return {"d": value.isoformat()}
    return value


def _read(value: Any) -> Any:
    match value:
        case {"b": str(text_)}:
            return base64.b64decode(text_)
        case {"t": str(text_)}:
            return datetime.fromisoformat(text_)
        case {"d": str(text_)}:
            return date.fromisoformat(text_)
    return value
