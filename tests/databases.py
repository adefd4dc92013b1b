"""`database_url`: every test that asks for it runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
    """The URL of an empty database of this test's own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/tipbridge.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name, url = server.create()
    yield url
    server.drop(name)
