"""The service behind WSGI, on SQLite, before the helpdesk in memory."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connector.bootstrap import Application, build
from connector.checks import refuse_to_start
from connector.config import load_config
from connector.log import LogCapture
from connector.registry import Registry
from connector.testing import FakeClock
from connector.vault.codes import INSECURE_TEST_COST
from tests.harness_fixtures import written_config
from tests.memory_desk import MemoryDesk


@pytest.fixture(scope="module")
def logs() -> LogCapture:
    """What the service has logged."""
    return LogCapture(FakeClock(datetime(2026, 11, 24, 8, tzinfo=UTC)))


@pytest.fixture(scope="module")
def application(
    tmp_path_factory: pytest.TempPathFactory, migrated_file: Path, logs: LogCapture
) -> Iterator[Application]:
    """One Tipbridge for a module of tests."""
    directory = tmp_path_factory.mktemp("api")
    shutil.copy(migrated_file, directory / "tipbridge.db")
    clock = FakeClock(datetime(2026, 11, 24, 8, tzinfo=UTC))
    desk = MemoryDesk(clock)
    registry = Registry()
    registry.register(desk.manifest)
    path = written_config(directory, desk, f"sqlite:///{directory}/tipbridge.db")
    app = build(load_config(path, registry, os.environ), clock=clock, log=logs.log, cost=INSECURE_TEST_COST)
    refuse_to_start(app)
    yield app
    app.store.close()
