"""When no answer comes, or not all of it: that nothing has happened is never guessed."""

import socket

import pytest

from connector.plugin_api import HttpClient, OutcomeUnknown, TemporaryFailure
from connector.plugin_api.http import HttpClients
from connector.testing import KitLog
from tests.unit.plugin_api.wire_server import Connection, Script, WireServer, answer


def _after_the_request(script: Script) -> Script:
    def read_first(connection: Connection) -> None:
        connection.read()
        script(connection)

    return read_first


def _cut_short(connection: Connection) -> None:
    connection.send(answer(body=b'{"a": 1}')[:-3])
    connection.close()


def _then_in_drips(beginning: bytes) -> Script:
    def script(connection: Connection) -> None:
        connection.read()
        connection.send(beginning)
        connection.drip(b"x" * 500, every=0.05)

    return script


_LATE = "the helpdesk did not answer in time"
_LOST = "the connection to the helpdesk was lost"
_LOSSES = {
    "silence": (_after_the_request(Connection.wait_until_gone), _LATE),
    "a status line in drips": (_then_in_drips(b""), _LATE),
    "headers in drips": (_then_in_drips(b"HTTP/1.1 200 OK\r\nX-Y: "), _LATE),
    "a body in drips": (_then_in_drips(answer(body=b"x" * 500)[:-500]), _LATE),
    "chunk sizes in drips": (
        _then_in_drips(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;"),
        _LATE,
    ),
    "a reset": (_after_the_request(Connection.reset), _LOST),
    "a hang-up": (_after_the_request(Connection.close), _LOST),
    "half an answer": (_after_the_request(_cut_short), _LOST),
    "not HTTP at all": (_after_the_request(lambda connection: connection.send(b"220 mail ready\r\n")), _LOST),
}


@pytest.mark.parametrize("loss", _LOSSES)
@pytest.mark.parametrize(("method", "kind"), [("GET", TemporaryFailure), ("PUT", OutcomeUnknown)])
def test_without_a_whole_answer_a_change_has_an_unknown_outcome(
    server: WireServer, client: HttpClient, loss: str, method: str, kind: type[TemporaryFailure]
) -> None:
    server.script, what = _LOSSES[loss]
    with pytest.raises(TemporaryFailure) as caught:
        client.request(method, "/api/tickets", json={"a": 1}, timeout=0.3 if what is _LATE else None)
    assert (type(caught.value), str(caught.value)) == (kind, what)


def test_a_connection_that_is_refused_has_changed_nothing(log: KitLog) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    client = HttpClients(log).opener()(f"http://127.0.0.1:{port}", {})
    with pytest.raises(TemporaryFailure, match="refused the connection") as caught:
        client.request("POST", "/api/tickets", json={})
    assert not isinstance(caught.value, OutcomeUnknown)


def test_a_name_that_cannot_be_looked_up_has_changed_nothing(log: KitLog) -> None:
    client = HttpClients(log).opener()("https://help.invalid", {})
    with pytest.raises(TemporaryFailure, match="could not be looked up") as caught:
        client.request("POST", "/api/tickets", json={})
    assert not isinstance(caught.value, OutcomeUnknown)


def test_an_early_refusal_of_a_large_body_is_read(server: WireServer, client: HttpClient) -> None:
    def refuse_at_once(connection: Connection) -> None:
        connection.send(answer("413 Content Too Large"))
        connection.read()

    server.script = refuse_at_once
    assert client.request("POST", "/api/tickets", json="x" * 3_000_000).status == 413


def test_after_a_failure_the_client_goes_on_with_a_new_connection(
    server: WireServer, client: HttpClient
) -> None:
    server.script = _after_the_request(Connection.reset)
    with pytest.raises(TemporaryFailure):
        client.request("GET", "/api/tickets")
    server.answers(answer())
    assert client.request("GET", "/api/tickets").status == 200


def test_the_rate_limit_is_kept_by_all_requests_together(server: WireServer, log: KitLog) -> None:
    waits: list[float] = []
    clients = HttpClients(log, monotonic=lambda: 0.0, wait=waits.append)
    client = clients.opener()(server.url, {}, per_second=2)
    for _ in range(4):
        client.request("GET", "/api/tickets")
    clients.close()
    assert waits == [0.5, 1.0]
