"""Inserting rows, and inserting a row unless it is there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert, literal
from sqlalchemy.dialects import postgresql, sqlite

Row = Mapping[str, Any]


def insert_all(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns.

    Past SQLAlchemy, straight to the driver: a tip writes six tables while its reporter waits, and keeping the books of
    six statements takes longer than carrying them out.
    """
    if rows:
        made = _insert(table, tuple(rows[0]), connection.dialect)
        cursor = connection.connection.cursor()
        try:
            cursor.executemany(made.sql, [made.values(row) for row in rows])
        finally:
            cursor.close()


@dataclass(frozen=True, slots=True)
class _Insert:
    """An INSERT in one database's own words. `columns` are its placeholders in their order, each with what turns a
    value into what the driver takes, None where nothing does.
    """

    sql: str
    columns: tuple[tuple[str, Callable[[Any], Any] | None], ...]
    positional: bool

    def values(self, row: Row) -> Any:
        """A row's values, as the driver takes them: in order, or by name."""
        found = [stored(row[name]) if stored else row[name] for name, stored in self.columns]
        return tuple(found) if self.positional else dict(zip(row, found, strict=True))


@lru_cache(maxsize=64)
def _insert(table: Table, names: tuple[str, ...], dialect: Dialect) -> _Insert:
    compiled = insert(table).compile(dialect=dialect, column_keys=names)
    columns = tuple(
        (name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect))
        for name in compiled.positiontup or names
    )
    return _Insert(str(compiled), columns, compiled.positional)


def insert_missing(connection: Connection, table: Table, **values: object) -> bool:
    """Insert a row; False, and nothing changed, where one with the same key exists already.

    It is one statement, so that two processes at once cannot trip each other.
    """
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).values(values).on_conflict_do_nothing().returning(literal(1))
    return connection.execute(statement).first() is not None
