"""Nothing of what a tip holds, and no credential, gets into a failure, a log or a repr."""

import logging
import traceback

import pytest

from connector.errors import ConfigError, TipbridgeError
from connector.log import LogCapture
from connector.plugin_api import HttpClient
from connector.plugin_api.http import HttpClients
from connector.testing import KitLog
from tests.unit.plugin_api.conftest import TOKEN
from tests.unit.plugin_api.wire_server import Connection, Script, WireServer, answer

_CANARIES = ("query-canary", "body-canary", "answer-canary", "location-canary", "header-canary", TOKEN)


def _answering(data: bytes) -> Script:
    def script(connection: Connection) -> None:
        connection.read()
        connection.send(data)

    return script


_FAILURES: dict[str, Script] = {
    "silence": Connection.wait_until_gone,
    "reset": Connection.reset,
    "nonsense": _answering(b"HTTP/banana answer-canary\r\n\r\n"),
    "server error": _answering(
        answer("500 answer-canary", b"answer-canary", X_Request_Id="answer-canary \t!")
    ),
    "redirect": _answering(
        answer("302 Found", Location="https://u:p@x.example/location-canary?location-canary")
    ),
    "too large": _answering(answer(body=b"answer-canary" * 1000)),
    "bad chunks": _answering(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nanswer-canary\r\n"),
    "bad compression": _answering(answer(body=b"answer-canary", Content_Encoding="gzip")),
}


@pytest.mark.parametrize("failing", _FAILURES)
def test_a_failure_carries_nothing_along(
    server: WireServer,
    client: HttpClient,
    log: KitLog,
    caplog: pytest.LogCaptureFixture,
    failing: str,
) -> None:
    server.script = _FAILURES[failing]
    with caplog.at_level(logging.DEBUG), pytest.raises(TipbridgeError) as caught:
        client.request(
            "POST",
            "/api/tickets",
            query={"q": "query-canary"},
            json={"text": "body-canary"},
            headers={"X-H": "header-canary"},
            max_bytes=5000,
            timeout=0.3 if failing == "silence" else None,
        )
    failure = caught.value
    told = "".join(traceback.format_exception(failure, chain=True)) + repr(failure) + repr(vars(failure))
    told += caplog.text + repr(log.events)
    assert [canary for canary in _CANARIES if canary in told] == []
    assert failure.__cause__ is None
    assert failure.__context__ is None


def test_a_malformed_header_is_not_logged_with_the_address(
    server: WireServer, client: HttpClient, caplog: pytest.LogCaptureFixture
) -> None:
    server.script = _answering(
        b"HTTP/1.1 200 OK\r\nanswer-canary\r\nX-Other: answer-canary\r\nContent-Length: 0\r\n\r\n"
    )
    with caplog.at_level(logging.DEBUG):
        client.request("GET", "/api/tickets", query={"q": "query-canary"})
    assert "canary" not in caplog.text


def test_the_log_says_who_was_asked_how_and_with_what_result(
    server: WireServer, client: HttpClient, log: KitLog
) -> None:
    server.answers(answer("404 Not Found", X_Request_Id="req-7"))
    client.request("GET", "/api/tickets/path-canary", query={"q": "query-canary"})
    event, fields = log.events[0]
    assert event == "helpdesk_called"
    assert isinstance(fields.pop("elapsed_ms"), int)
    assert fields == {"host": "127.0.0.1", "method": "GET", "status": 404, "request_id": "req-7"}


def test_every_field_is_on_the_logs_own_list(server: WireServer) -> None:
    capture = LogCapture(strict=True)
    client = HttpClients(capture.log).opener()(server.url, {})
    server.answers(answer("404 Not Found", X_Request_Id="req-7"), answer("500 Oops", X_Request_Id="a.b:c/d"))
    client.request("GET", "/api/tickets")
    with pytest.raises(TipbridgeError):
        client.request("GET", "/api/tickets")
    assert [(event["event"], event["level"], event["request_id"]) for event in capture.events] == [
        ("helpdesk_called", "debug", "req-7"),
        ("helpdesk_call_failed", "info", None),
    ]


def test_the_log_names_the_kind_of_failure(server: WireServer, client: HttpClient, log: KitLog) -> None:
    server.script = _answering(b"")
    with pytest.raises(TipbridgeError):
        client.request("POST", "/api/tickets", json={})
    assert log.events[0][1]["error"] == "OutcomeUnknown"


def test_a_client_does_not_print_its_credentials(client: HttpClient, server: WireServer) -> None:
    assert repr(client) == f"<OriginClient {server.url}>"


@pytest.mark.parametrize("token", ["token-canary-5f2e\n", "\u201ctoken-canary-5f2e\u201d", "a\r\nX-Evil: 1"])
def test_a_token_that_no_header_can_carry_is_a_config_error(log: KitLog, token: str) -> None:
    with pytest.raises(ConfigError) as caught:
        HttpClients(log).opener()("https://help.example.org", {"Authorization": f"Bearer {token}"})
    assert caught.value.error_id == "HTTP-E005"
    assert "canary" not in str(caught.value)
