"""The audit log as stored: on the disk when its transaction has ended, whatever the database's administrator prefers."""

from sqlalchemy import text

from connector.store import Store, open_store


def test_an_entry_waits_for_the_disk_even_where_the_database_does_not(database_url: str) -> None:
    store = open_store(database_url)
    try:
        _switch_waiting_off(store)
        with store.engine.begin() as connection:
            assert _waits(store, connection.execute(text(_ASK[store.engine.dialect.name])).scalar_one()) is (
                store.vault_is_apart
            )
        with store.write() as tx:
            tx.audit.alone()
            found = tx._connection.execute(text(_ASK[store.engine.dialect.name])).scalar_one()
            assert _waits(store, found)
    finally:
        store.close()


_ASK = {"sqlite": "PRAGMA main.synchronous", "postgresql": "SHOW synchronous_commit"}


def _waits(store: Store, found: object) -> bool:
    # SQLite: 2 is FULL.
    return found == (2 if store.vault_is_apart else "on")


def _switch_waiting_off(store: Store) -> None:
    if not store.vault_is_apart:
        with store.engine.connect() as plain:
            connection = plain.execution_options(isolation_level="AUTOCOMMIT")
            name = connection.execute(text("SELECT current_database()")).scalar_one()
            connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
        store.engine.dispose()
