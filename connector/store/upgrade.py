"""Bringing a database to the schema this version needs."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from connector.store.engine import Store
from connector.store.schema import VAULT, metadata

_MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(store: Store) -> None:
    """Run all missing migrations in one transaction; does nothing where there are none."""
    with store.engine.begin() as connection:
        command.upgrade(_config(connection), "head")


def downgrade(store: Store, revision: str) -> None:
    """Go back to a revision (`base` = no tables). For tests and for going back to an older version."""
    with store.engine.begin() as connection:
        command.downgrade(_config(connection), revision)


def is_current(store: Store) -> bool:
    """Whether the database has the schema this version needs."""
    with store.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_heads()
    return set(found) == set(ScriptDirectory(str(_MIGRATIONS)).get_heads())


def schema_of(store: Store) -> str:
    """The revision that a database is at."""
    with store.engine.connect() as connection:
        return ",".join(sorted(MigrationContext.configure(connection).get_current_heads()))


def differences(store: Store) -> list[object]:
    """In what the migrated schema differs from what `connector.store.schema` describes; empty where they agree.

    On SQLite the index on an expression is left out: it cannot be read back there.
    """
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": _can_be_compared,
                "include_schemas": True,
                "include_name": _is_ours,
            },
        )
        return list(compare_metadata(context, metadata))


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "schema" or name in (None, VAULT)


def _can_be_compared(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    return not (kind == "index" and name == "ix_outbox_owed")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config
