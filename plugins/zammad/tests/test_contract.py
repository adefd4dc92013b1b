"""The plugin keeps every promise before a Zammad of each line, with the least rights."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from connector.plugin_api import PluginContext
from connector.testing import FakeClock, HelpdeskContract
from connector.testing.context import kit_context
from plugins.zammad import plugin as manifest_of_zammad
from plugins.zammad.settings import ZammadSettings
from plugins.zammad.tests.fake import FakeZammad
from plugins.zammad.tests.fake.versions import VersionName
from plugins.zammad.tests.hands import ZammadHands, settings_for


class ZammadContract(HelpdeskContract):
    """The kit before one version. Its lists have pages of two hundred."""

    manifest = manifest_of_zammad
    version: VersionName
    tickets_over_a_page = 201

    @pytest.fixture
    def clock(self) -> FakeClock:
        return FakeClock(datetime(2026, 3, 2, 8, tzinfo=UTC))

    @pytest.fixture
    def zammad(self, clock: FakeClock) -> Iterator[FakeZammad]:
        with FakeZammad(self.version, clock=clock.now) as zammad:
            yield zammad

    @pytest.fixture
    def settings(self, zammad: FakeZammad) -> ZammadSettings:
        return settings_for(zammad)

    @pytest.fixture
    def context(self, clock: FakeClock) -> PluginContext:
        return kit_context(clock=clock, timeout=5.0)

    @pytest.fixture
    def staff(self, zammad: FakeZammad, clock: FakeClock) -> ZammadHands:
        return ZammadHands(zammad, clock)


class TestZammad5(ZammadContract):
    """The line that was recorded."""

    version = "5.5"


class TestZammad6(ZammadContract):
    """Lists in another shape, triggers with modes."""

    version = "6.5"


class TestZammad7(ZammadContract):
    """More columns, other rights for articles."""

    version = "7.1"
