"""Bringing a database to the schema this version needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from connector.store.engine import Store

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


def matches_models(store: Store) -> bool:
    """Whether the migrated schema is the one that `connector.store.schema` describes."""
    from alembic.autogenerate import compare_metadata

    from connector.store.schema import metadata

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return not compare_metadata(context, metadata)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config
