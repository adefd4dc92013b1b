"""Alembic's entry: runs on the connection that `connector.store.upgrade` hands over, never on an address of its own."""

from alembic import context

from connector.store.schema import metadata

connection = context.config.attributes["connection"]
# Batch mode: SQLite alters a table by making a new one.
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    include_schemas=True,
)
with context.begin_transaction():
    context.run_migrations()
