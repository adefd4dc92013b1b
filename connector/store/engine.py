"""Opening the database and its transactions."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from connector.errors import ConfigError, Conflict, StoreUnavailable
from connector.store.transaction import Transaction

_READ_ONLY = "tipbridge_read_only"


class Store:
    """The database, as the services see it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """One transaction, committed at the end of the block, rolled back on any exception.

        On SQLite the write lock is taken at once (BEGIN IMMEDIATE): a transaction that began by reading could not
        upgrade and would fail as "locked". When the block has ended, what it wrote is on the disk.
        Raises StoreUnavailable where the database cannot be reached or cannot write, Conflict where a unique
        constraint says that somebody else was first.
        """
        with _translated(), self.engine.begin() as connection:
            yield Transaction(connection)

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A consistent view. On SQLite it neither waits for writers nor holds them up."""
        with _translated(), self.engine.connect() as plain:
            connection = plain.execution_options(**{_READ_ONLY: True})
            with connection.begin():
                yield Transaction(connection)

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """For dumping: everything as it was at one moment, however long the reading takes."""
        with _translated(), self.engine.connect() as plain:
            options: dict[str, Any] = {_READ_ONLY: True}
            if self.engine.dialect.name == "postgresql":
                options["isolation_level"] = "REPEATABLE READ"
            connection = plain.execution_options(**options)
            with connection.begin():
                yield connection

    def forget_deleted(self) -> None:
        """Leave nothing of what was deleted in the database's own files, as far as the database lets us.

        SQLite: deleted bytes are overwritten (secure_delete), and the log that still holds their old pages is emptied;
        where a reader is in the way, the next call does it. PostgreSQL: dead rows are vacuumed away; what its
        own log keeps is for its administrator (docs/operations.md).
        """
        if self.engine.dialect.name == "sqlite":
            # Past SQLAlchemy, which would open a transaction: within one, a log cannot be emptied.
            raw = self.engine.raw_connection()
            try:
                for schema in ("main", "vault"):
                    raw.cursor().execute(f"PRAGMA {schema}.wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                raw.close()
            return
        with _translated(), self.engine.connect() as plain:
            connection = plain.execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql("VACUUM vault.records, vault.shares, vault.files, messages, mailboxes")

    def database_time(self) -> datetime | None:
        """The time on the database server's clock; None for SQLite, which has none but ours."""
        if self.engine.dialect.name == "sqlite":
            return None
        with _translated(), self.engine.connect() as connection:
            moment: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
        return moment

    @property
    def vault_is_apart(self) -> bool:
        """Whether the vault is a file of its own, which no transaction with the main one survives a power cut whole."""
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        # The original text may quote the values of the row.
        raise Conflict from None
    except (DBAPIError, PoolTimeout) as error:
        raise StoreUnavailable(f"the database did not do what was asked ({type(error).__name__})") from None


def open_store(url: str) -> Store:
    """The store at an SQLAlchemy URL (`sqlite:///...` or `postgresql+psycopg://...`). Creates no tables.

    Raises ConfigError where the driver for PostgreSQL is not installed.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return Store(_sqlite_engine(url))
    try:
        # 30 connections: 16 web threads, or a worker's pool of senders, and a few for the ticks.
        engine = create_engine(url, hide_parameters=True, pool_size=20, max_overflow=10, pool_pre_ping=True)
    except ModuleNotFoundError:
        raise ConfigError(
            "CFG-E090", "the driver for PostgreSQL is not installed", "pip install 'tipbridge[postgres]'"
        ) from None
    return Store(engine)


def vault_file(url: str) -> Path:
    """Where the schema `vault` lies with SQLite: a file beside the database, so that it can be kept and shredded apart."""
    main = Path(make_url(url).database or "")
    return main.with_name(f"{main.stem}-vault{main.suffix}")


def _sqlite_engine(url: str) -> Engine:
    # Last in, first out: a connection that others have written past must read its pages anew.
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=20,
        max_overflow=10,
        pool_use_lifo=True,
        connect_args={"timeout": 30},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # None: Python's sqlite3 must not open transactions of its own; `begin` below does.
        connection.isolation_level = None
        connection.execute("ATTACH DATABASE ? AS vault", (str(vault_file(url)),))
        for pragma in ("foreign_keys=ON", "busy_timeout=30000", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        for schema in ("main", "vault"):
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
                connection.execute(f"PRAGMA {schema}.{pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get(_READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine
