"""Refusing to start, and saying why: stable ids, what is wrong, what to type."""

from connector.bootstrap import Application
from connector.errors import ConfigError, StoreUnavailable
from connector.store.upgrade import is_current, upgrade


def refuse_to_start(app: Application, *, create: bool = False) -> None:
    """Raise ConfigError unless keys, data directory and database are as they must be.

    SQLite is created and upgraded here with `create`; PostgreSQL only ever by `tipbridge db upgrade`, because several
    nodes may share it. Files are looked at first: while one is wrong, no database is made or changed.
    """
    _ = app.service_keys, app.peppers, app.custodians
    is_sqlite = app.store.engine.dialect.name == "sqlite"
    if create and is_sqlite:
        app.config.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        upgrade(app.store)
    try:
        current = is_current(app.store)
    except StoreUnavailable:
        raise ConfigError(
            "CFG-E091", "the database cannot be reached", "start it, or correct service.database_url"
        ) from None
    if not current:
        raise ConfigError(
            "CFG-E092", "the database does not have the schema of this version", "run tipbridge db upgrade"
        )
    _remember_custodians(app)


def _remember_custodians(app: Application) -> None:
    """Whoever is new among the custodians is noted, in the vault and in the audit log."""
    if app.custodians is None:
        return
    with app.store.write() as tx:
        app.auditing.custodians(tx, app.sealing.know(tx))
    app.shredding_list.begin()
