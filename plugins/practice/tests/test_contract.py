"""The plugin keeps every promise, before the real practice helpdesk over HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from connector.plugin_api import PluginContext
from connector.testing import FakeClock, HelpdeskContract
from connector.testing.context import kit_context
from plugins.practice import plugin as manifest_of_practice
from plugins.practice.settings import PracticeSettings
from plugins.practice.tests.hands import PracticeHands, PracticeServer


class TestPractice(HelpdeskContract):
    """All promises. Its lists have pages of a hundred."""

    manifest = manifest_of_practice
    tickets_over_a_page = 101

    @pytest.fixture
    def clock(self) -> FakeClock:
        return FakeClock(datetime(2026, 3, 2, 8, tzinfo=UTC))

    @pytest.fixture
    def server(self, tmp_path: Path, clock: FakeClock) -> Iterator[PracticeServer]:
        server = PracticeServer(tmp_path, clock)
        yield server
        server.stop()

    @pytest.fixture
    def settings(self, server: PracticeServer) -> PracticeSettings:
        helpdesk = server.helpdesk
        return PracticeSettings(
            url=helpdesk.url,
            token=SecretStr(helpdesk.token),
            webhook_secret=(SecretStr(helpdesk.webhook_secret),),
        )

    @pytest.fixture
    def context(self, clock: FakeClock) -> PluginContext:
        return kit_context(clock=clock, timeout=5.0)

    @pytest.fixture
    def staff(self, server: PracticeServer, clock: FakeClock) -> PracticeHands:
        return PracticeHands(server, clock)
