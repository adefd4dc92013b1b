"""Inserting a row unless it is there: one statement, so that two processes at once cannot trip each other."""

from sqlalchemy import Connection, Table, literal
from sqlalchemy.dialects import postgresql, sqlite


def insert_missing(connection: Connection, table: Table, **values: object) -> bool:
    """Insert a row; False, and nothing changed, where one with the same key exists already."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).values(values).on_conflict_do_nothing().returning(literal(1))
    return connection.execute(statement).first() is not None
