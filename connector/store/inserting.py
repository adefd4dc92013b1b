"""Inserting rows, and inserting a row unless it is there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert, literal
from sqlalchemy.dialects import postgresql, sqlite

Row = Mapping[str, Any]


def insert_all(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns."""
    if rows:
        made = _insert(table, tuple(rows[0]), connection.dialect)
        connection.exec_driver_sql(made.sql, [made.values(row) for row in rows])


@dataclass(frozen=True, slots=True)
class _Insert:
    """An INSERT in one database's own words, worked out once: a tip writes six tables, and would pay for each.

    `columns` are the placeholders in their order, `stored` what turns a column's value into what the driver takes.
    """

    sql: str
    columns: tuple[str, ...]
    stored: Mapping[str, Callable[[Any], Any]]
    positional: bool

    def values(self, row: Row) -> tuple[Any, ...] | dict[str, Any]:
        """A row's values, as the driver takes them."""
        found = dict(row)
        for name, stored in self.stored.items():
            found[name] = stored(found[name])
        return tuple(found[name] for name in self.columns) if self.positional else found


@lru_cache(maxsize=64)
def _insert(table: Table, names: tuple[str, ...], dialect: Dialect) -> _Insert:
    compiled = insert(table).compile(dialect=dialect, column_keys=names)
    binders = {name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names}
    return _Insert(
        sql=str(compiled),
        columns=tuple(compiled.positiontup or names),
        stored={name: binder for name, binder in binders.items() if binder is not None},
        positional=compiled.positional,
    )


def insert_missing(connection: Connection, table: Table, **values: object) -> bool:
    """Insert a row; False, and nothing changed, where one with the same key exists already.

    It is one statement, so that two processes at once cannot trip each other.
    """
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).values(values).on_conflict_do_nothing().returning(literal(1))
    return connection.execute(statement).first() is not None
