"""Inserting a row unless it is there: one statement, so that two processes at once cannot trip each other."""

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_missing(connection: Connection, table: Table, **values: object) -> bool:
    """Insert a row; False, and nothing changed, where one with the same key exists already."""
    if connection.dialect.name == "sqlite":
        return connection.execute(sqlite.insert(table).values(values).on_conflict_do_nothing()).rowcount == 1
    return connection.execute(postgresql.insert(table).values(values).on_conflict_do_nothing()).rowcount == 1
