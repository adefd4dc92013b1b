"""What the client makes of answers, from a server on the wire."""

import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connector.plugin_api import HttpClient, OutcomeUnknown, TemporaryFailure
from connector.plugin_api.http import HttpClients
from connector.testing import FakeClock, KitLog
from tests.unit.plugin_api.conftest import TOKEN
from tests.unit.plugin_api.wire_server import Connection, WireServer, answer


def test_a_request_arrives_as_it_was_meant_and_the_answer_comes_back(
    server: WireServer, client: HttpClient
) -> None:
    server.answers(answer("201 Created", b'{"id": 7}', X_Request_Id="r-1"))
    response = client.request(
        "post", "/api/tickets", query={"expand": "true"}, json={"title": "\u00dc"}, headers={"X-Extra": "1"}
    )
    asked = server.asked[0]
    assert (asked.method, asked.target) == ("POST", "/api/tickets?expand=true")
    assert json.loads(asked.body) == {"title": "\u00dc"}
    assert asked.headers["authorization"] == f"Bearer {TOKEN}"
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["accept"] == "application/json"
    assert (asked.headers["user-agent"], asked.headers["x-extra"]) == ("tipbridge", "1")
    assert "transfer-encoding" not in asked.headers
    assert (response.status, response.json(), response.headers["x-request-id"]) == (201, {"id": 7}, "r-1")


def test_sixty_megabytes_of_json_arrive_whole(server: WireServer, client: HttpClient) -> None:
    data = "QUJD" * 15_000_000
    client.request("POST", "/api/tickets", json={"files": [data]})
    assert json.loads(server.asked[0].body) == {"files": [data]}


@pytest.mark.parametrize(
    "status", ["400 Bad Request", "401 Unauthorized", "404 Not Found", "422 Unprocessable"]
)
def test_an_answer_that_says_no_is_the_plugins_to_judge(
    server: WireServer, client: HttpClient, status: str
) -> None:
    server.answers(answer(status))
    assert client.request("POST", "/api/tickets", json={}).status == int(status[:3])


def test_an_answer_that_is_not_json_is_a_temporary_failure(server: WireServer, client: HttpClient) -> None:
    server.answers(answer(body=b"<html>We will be back soon</html>", Content_Type="text/html"))
    response = client.request("GET", "/api/tickets")
    with pytest.raises(TemporaryFailure) as caught:
        response.json()
    assert "back soon" not in str(caught.value)


def test_too_many_requests_is_temporary_and_says_when_to_come_back(
    server: WireServer, client: HttpClient
) -> None:
    server.answers(answer("429 Too Many Requests", Retry_After="17"))
    with pytest.raises(TemporaryFailure) as caught:
        client.request("POST", "/api/tickets", json={})
    assert not isinstance(caught.value, OutcomeUnknown)
    assert caught.value.retry_after == 17


def test_a_retry_after_that_is_a_date_counts_from_our_clock(server: WireServer, log: KitLog) -> None:
    clients = HttpClients(log, clock=FakeClock(datetime(2026, 3, 2, 8, tzinfo=UTC)))
    client = clients.opener()(server.url, {})
    server.answers(answer("503 Service Unavailable", Retry_After="Mon, 02 Mar 2026 08:02:00 GMT"))
    with pytest.raises(TemporaryFailure) as caught:
        client.request("GET", "/api/tickets")
    clients.close()
    assert caught.value.retry_after == 120


@pytest.mark.parametrize(
    "status", ["500 Oops", "502 Bad Gateway", "503 Unavailable", "504 Timeout", "520 Odd"]
)
@pytest.mark.parametrize(
    ("method", "kind"), [("GET", TemporaryFailure), ("POST", OutcomeUnknown), ("DELETE", OutcomeUnknown)]
)
def test_after_a_5xx_a_change_may_have_been_made(
    server: WireServer, client: HttpClient, status: str, method: str, kind: type[TemporaryFailure]
) -> None:
    server.answers(answer(status, b"secret trace", Retry_After="3", X_Request_Id="abc-1"))
    with pytest.raises(TemporaryFailure) as caught:
        client.request(method, "/api/tickets")
    failure = caught.value
    assert type(failure) is kind
    assert (failure.retry_after, failure.request_id) == (3, "abc-1")
    assert str(failure) == f"the helpdesk answered {status[:3]} (request id abc-1)"


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"]
)
def test_a_redirect_is_not_followed_and_names_only_where_to(
    server: WireServer, client: HttpClient, status: str
) -> None:
    server.answers(answer(status, Location=f"{server.url}/login?back=%2Fapi%2Fcanary"))
    with pytest.raises(TemporaryFailure) as caught:
        client.request("GET", "/api/tickets")
    assert "configure its canonical url" in str(caught.value)
    assert server.url in str(caught.value)
    assert "login" not in str(caught.value)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "location", ["/login?canary", "http://[::1", "https://a@b:c/?canary", "javascript:canary"]
)
def test_a_redirect_to_nowhere_sensible_is_a_redirect_all_the_same(
    server: WireServer, client: HttpClient, location: str
) -> None:
    server.answers(answer("302 Found", Location=location))
    with pytest.raises(TemporaryFailure, match="redirects, which") as caught:
        client.request("GET", "/api/tickets")
    assert "canary" not in str(caught.value)


def test_an_answer_over_the_limit_is_refused_before_it_is_read(
    server: WireServer, client: HttpClient
) -> None:
    def announce_and_keep(connection: Connection) -> None:
        connection.read()
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n")
        connection.wait_until_gone()

    server.script = announce_and_keep
    with pytest.raises(TemporaryFailure, match="larger than 1000 bytes"):
        client.request("GET", "/api/tickets", max_bytes=1000)


def test_an_answer_that_does_not_say_its_length_is_counted(server: WireServer, client: HttpClient) -> None:
    chunk = b"400\r\n" + b"x" * 1024 + b"\r\n"
    server.answers(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk * 500 + b"0\r\n\r\n")
    with pytest.raises(TemporaryFailure, match="larger than 1000 bytes"):
        client.request("GET", "/api/tickets", max_bytes=1000)
    assert len(client.request("GET", "/api/tickets").body) == 512_000


def test_a_compressed_answer_is_counted_by_what_comes_out_of_it(
    server: WireServer, client: HttpClient
) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    server.answers(answer(body=bomb, Content_Encoding="gzip"))
    with pytest.raises(TemporaryFailure, match="larger than 1000000 bytes"):
        client.request("GET", "/api/tickets", max_bytes=1_000_000)
    server.answers(answer(body=gzip.compress(b'{"a": 1}'), Content_Encoding="gzip"))
    assert client.request("GET", "/api/tickets").json() == {"a": 1}


def test_a_change_whose_answer_is_too_large_may_have_been_made(
    server: WireServer, client: HttpClient
) -> None:
    server.answers(answer("201 Created", bytes(2000)))
    with pytest.raises(OutcomeUnknown):
        client.request("POST", "/api/tickets", json={}, max_bytes=1000)


def test_no_cookie_is_kept(server: WireServer, client: HttpClient) -> None:
    server.answers(answer(Set_Cookie="session=canary; Path=/"), answer())
    client.request("GET", "/one")
    client.request("GET", "/two")
    assert "cookie" not in server.asked[1].headers


def test_proxies_and_netrc_of_the_environment_are_ignored(
    server: WireServer, log: KitLog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    clients = HttpClients(log)
    assert clients.opener()(server.url, {}).request("GET", "/").status == 200
    clients.close()
    assert "authorization" not in server.asked[0].headers


def test_a_connection_is_used_again(server: WireServer, client: HttpClient) -> None:
    for _ in range(5):
        client.request("POST", "/api/tickets", json={"a": 1})
    assert (len(server.asked), server.connections) == (5, 1)


def test_sixteen_threads_share_a_client(server: WireServer, client: HttpClient) -> None:
    with ThreadPoolExecutor(16) as pool:
        calls = [pool.submit(client.request, "POST", f"/t/{n}", json={"n": n}) for n in range(160)]
        assert all(call.result(timeout=60).status == 200 for call in calls)
    assert {(asked.target, asked.body) for asked in server.asked} == {
        (f"/t/{n}", b'{"n":%d}' % n) for n in range(160)
    }
    assert server.connections <= 16
