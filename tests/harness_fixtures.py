"""The harness as fixtures: every smoke test runs on both databases, and on every desk that is asked for."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from connector.bootstrap import build
from connector.checks import refuse_to_start
from connector.config import load_config
from connector.log import LogCapture
from connector.registry import Registry
from connector.testing import FakeClock
from connector.vault.codes import INSECURE_TEST_COST
from connector.vault.key_files import create_key_file
from escalation.channels.base import Channels
from tests.desks import Desk
from tests.harness import Harness, served
from tests.memory_desk import MemoryDesk
from tests.practice_desk import PracticeDesk
from tests.zammad_desk import ZammadDesk

MORNING = datetime(2026, 11, 24, 8, tzinfo=UTC)
MakeHarness = Callable[..., Harness]
DESKS: dict[str, Callable[[Path, FakeClock], Desk]] = {"practice": PracticeDesk, "zammad": ZammadDesk}


@pytest.fixture
def clock() -> FakeClock:
    """Everybody's clock in a test: a Tuesday morning in November."""
    return FakeClock(MORNING)


@pytest.fixture
def make_harness(database_url: str, tmp_path: Path, clock: FakeClock) -> Iterator[MakeHarness]:
    """Puts a Tipbridge before a desk. At the end of the test nothing may have leaked."""
    with ExitStack() as stack:
        yield lambda desk, providers=None, **sections: stack.enter_context(
            _Running(database_url, tmp_path / "tipbridge", clock, desk, sections, providers)
        )


@pytest.fixture
def memory_desk(clock: FakeClock) -> MemoryDesk:
    """The kit's reference helpdesk."""
    return MemoryDesk(clock)


@pytest.fixture(params=DESKS)
def desk(request: pytest.FixtureRequest, tmp_path: Path, clock: FakeClock) -> Desk:
    """Each helpdesk in turn. The harness ends it."""
    return DESKS[request.param](tmp_path / "desk", clock)


@pytest.fixture
def harness(make_harness: MakeHarness, desk: Desk) -> Harness:
    """A Tipbridge before each helpdesk in turn."""
    return make_harness(desk)


def written_config(
    directory: Path,
    desk: Desk,
    database_url: str,
    *,
    listen: str = "127.0.0.1:8080",
    poll_every: str = "30s",
    sections: dict[str, Any] | None = None,
) -> Path:
    """A config file for one school and one helpdesk, and the key files."""
    directory.mkdir(parents=True, exist_ok=True)
    config: dict[str, Any] = {
        "service": {
            "data_dir": "./data",
            "database_url": database_url,
            "listen": listen,
            "admin_listen": "127.0.0.1:0",
        },
        "helpdesks": {desk.helpdesk_id: {"poll_every": poll_every, **desk.settings}},
        "schools": {"north-high": {"name": "North High School", "helpdesk": desk.helpdesk_id}},
    }
    for name, section in (sections or {}).items():
        config[name] = {**config.get(name, {}), **section}
    path = directory / "config.yaml"
    # JSON is YAML; the file holds secrets, so nobody else may read it.
    path.write_text(json.dumps(config), encoding="utf-8")
    path.chmod(0o600)
    for kind in ("service", "pepper"):
        create_key_file(directory / "data" / "keys" / f"{kind}.key", kind, date(2026, 11, 24))
    return path


class _Running:
    """A context: the service before a desk, served on loopback, checked at the end."""

    def __init__(
        self,
        database_url: str,
        directory: Path,
        clock: FakeClock,
        desk: Desk,
        sections: dict[str, Any],
        channels: Channels | None,
    ) -> None:
        self._stack = ExitStack()
        registry = Registry()
        registry.register(desk.manifest)
        config = load_config(
            written_config(directory, desk, database_url, sections=sections), registry, os.environ
        )
        self._logs = LogCapture(clock)
        app = build(config, clock=clock, log=self._logs.log, cost=INSECURE_TEST_COST, channels=channels)
        refuse_to_start(app)
        app.working.begin()
        self._harness = Harness(
            app=app,
            desk=desk,
            clock=clock,
            server=self._stack.enter_context(served(app)),
            directory=directory / "data",
            logs=self._logs,
        )

    def __enter__(self) -> Harness:
        return self._harness

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._stack:
            if kind is None:
                self._harness.check_nothing_leaked()
        self._harness.desk.stop()
        self._harness.app.store.close()
