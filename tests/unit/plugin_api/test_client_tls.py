"""Certificates are verified, and a wrong one is the operator's to mend."""

from pathlib import Path

import pytest

from connector.plugin_api import HelpdeskMisconfigured, TemporaryFailure
from connector.plugin_api.http import HttpClients
from connector.testing import KitLog
from tests.unit.plugin_api.certificates import self_signed
from tests.unit.plugin_api.wire_server import Connection, WireServer, wire_server


def _ask(port: int, ca_file: Path | None) -> int:
    clients = HttpClients(KitLog(), ca_file=ca_file)
    try:
        client = clients.opener(default_timeout=5)(f"https://localhost:{port}", {})
        return client.request("POST", "/api/tickets", json={"a": 1}).status
    finally:
        clients.close()


def test_a_certificate_of_a_known_authority_is_accepted(tmp_path: Path) -> None:
    context, ca_file = self_signed(tmp_path, "localhost")
    with wire_server(context) as server:
        assert _ask(server.port, ca_file) == 200


def test_a_certificate_of_an_unknown_authority_stops_everything(tmp_path: Path) -> None:
    context, _ = self_signed(tmp_path, "localhost")
    with wire_server(context) as server:
        with pytest.raises(HelpdeskMisconfigured) as caught:
            _ask(server.port, None)
        assert server.asked == []
    assert caught.value.error_id == "HTTP-E003"


def test_a_certificate_for_another_name_stops_everything(tmp_path: Path) -> None:
    context, ca_file = self_signed(tmp_path, "help.example.org")
    with wire_server(context) as server:
        with pytest.raises(HelpdeskMisconfigured) as caught:
            _ask(server.port, ca_file)
        assert server.asked == []
    assert caught.value.error_id == "HTTP-E003"


def test_a_server_that_speaks_no_tls_is_a_temporary_failure(server: WireServer) -> None:
    def plain(connection: Connection) -> None:
        connection.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    server.script = plain
    with pytest.raises(TemporaryFailure):
        _ask(server.port, None)
