"""A fake Zammad with staff, and plugins before it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from connector.plugin_api import HelpdeskPlugin
from connector.testing import FakeClock
from connector.testing.context import kit_context
from plugins.zammad import plugin as manifest
from plugins.zammad.tests.fake import FakeZammad
from plugins.zammad.tests.hands import ZammadHands, settings_for

Build = Callable[..., HelpdeskPlugin]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2026, 3, 2, 8, tzinfo=UTC))


@pytest.fixture
def zammad(clock: FakeClock) -> Iterator[FakeZammad]:
    with FakeZammad("5.5", clock=clock.now) as zammad:
        yield zammad


@pytest.fixture
def staff(zammad: FakeZammad, clock: FakeClock) -> ZammadHands:
    return ZammadHands(zammad, clock)


@pytest.fixture
def build(zammad: FakeZammad, clock: FakeClock) -> Build:
    """Makes a plugin, with other settings where they are given."""
    return lambda **settings: manifest.build(
        settings_for(zammad, **settings), kit_context(clock=clock, timeout=2.0)
    )


@pytest.fixture
def tips(build: Build) -> HelpdeskPlugin:
    """The plugin as most schools set it up."""
    return build()
