"""Inserting rows, and inserting a row unless it is there."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, insert, literal
from sqlalchemy.dialects import postgresql, sqlite


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns."""
    if rows:
        connection.execute(_insert(table), rows)


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


def insert_missing(connection: Connection, table: Table, **values: object) -> bool:
    """Insert a row; False, and nothing changed, where one with the same key exists already.

    It is one statement, so that two processes at once cannot trip each other.
    """
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).values(values).on_conflict_do_nothing().returning(literal(1))
    return connection.execute(statement).first() is not None
