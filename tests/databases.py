"""`database_url`: every test that asks for it runs on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from connector.store import open_store
from connector.store.upgrade import upgrade
from tests.postgres_server import NoPostgres, PostgresServer


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for the whole run (of each worker). Skips, loudly, where none can be had; in CI that fails."""
    try:
        server = PostgresServer()
    except NoPostgres as why:
        pytest.skip(str(why))
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of this test's own, with the schema of this version and nothing in it."""
    if request.param == "sqlite":
        migrated: Path = request.getfixturevalue("migrated_file")
        for name in ("tipbridge.db", "tipbridge-vault.db"):
            shutil.copy(migrated.with_name(name), tmp_path / name)
        yield f"sqlite:///{tmp_path}/tipbridge.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name, url = server.create(template=request.getfixturevalue("migrated_database"))
    yield url
    server.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/bare.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name, url = server.create()
    yield url
    server.drop(name)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database to copy: migrating takes longer than copying."""
    path = tmp_path_factory.mktemp("migrated") / "tipbridge.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_database(postgres_server: PostgresServer) -> str:
    """The name of a PostgreSQL database to copy."""
    name, url = postgres_server.create()
    _migrate(url)
    return name


def _migrate(url: str) -> None:
    store = open_store(url)
    upgrade(store)
    store.close()
