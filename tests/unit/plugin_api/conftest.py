"""A wire server and clients for it."""

from collections.abc import Iterator

import pytest

from connector.plugin_api import HttpClient
from connector.plugin_api.http import HttpClients
from connector.testing import KitLog
from tests.unit.plugin_api.wire_server import WireServer, wire_server

TOKEN = "token-canary-5f2e"


@pytest.fixture
def server() -> Iterator[WireServer]:
    with wire_server() as running:
        yield running


@pytest.fixture
def log() -> KitLog:
    return KitLog()


@pytest.fixture
def client(server: WireServer, log: KitLog) -> Iterator[HttpClient]:
    """A client for the server, with a token; patient, so that a busy machine fails no test."""
    clients = HttpClients(log)
    yield clients.opener(default_timeout=30)(server.url, {"Authorization": f"Bearer {TOKEN}"})
    clients.close()
