"""The faults that a test can switch on, each over real HTTP."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from plugins.zammad.tests.fake import FakeZammad
from plugins.zammad.tests.judge.client import Client, client_of

TIP = {
    "title": "A tip",
    "group": "Hinweise",
    "customer_id": 6,
    "article": {"body": "canary"},
    "number": "TIP-1",
}


@pytest.fixture
def client() -> Iterator[Client]:
    with client_of("5.5") as client:
        yield client


def test_a_busy_proxy_answers_html_and_says_when_to_come_back(client: Client) -> None:
    client.zammad.faults.answer(503, retry_after=7, times=2, method="POST")
    client.zammad.faults.answer(429, retry_after=3)
    seen = [client.send("POST", "/tickets", TIP) for _ in range(2)]
    seen.append(client.send("GET", "/users/me"))
    assert [(answer.status_code, answer.headers["Retry-After"]) for answer in seen] == [
        (503, "7"),
        (503, "7"),
        (429, "3"),
    ]
    assert all(answer.headers["Content-Type"] == "text/html" for answer in seen)
    assert client.zammad.tickets() == []
    assert client.send("POST", "/tickets", TIP).status_code == 201


def test_a_connection_dropped_early_leaves_nothing_behind(client: Client) -> None:
    client.zammad.faults.drop(method="POST")
    with pytest.raises(requests.ConnectionError):
        client.send("POST", "/tickets", TIP)
    assert client.zammad.tickets() == []


def test_a_connection_dropped_late_leaves_the_ticket_behind(client: Client) -> None:
    client.zammad.faults.drop_after_commit(method="POST")
    with pytest.raises(requests.ConnectionError):
        client.send("POST", "/tickets", TIP)
    assert client.zammad.ticket("TIP-1")["title"] == "A tip"


def test_a_server_that_commits_and_then_hangs_answers_once_it_is_released(client: Client) -> None:
    client.zammad.faults.hang_after_commit(method="POST")
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(client.send, "POST", "/tickets", TIP)
        with client_of_same(client) as other:
            deadline = time.monotonic() + 5
            while not client.zammad.tickets() and time.monotonic() < deadline:
                other.ok("GET", "/users/me")
        assert client.zammad.ticket("TIP-1")
        assert not hanging.done()
        client.zammad.faults.release()
        assert hanging.result(timeout=5).status_code == 201


def client_of_same(client: Client) -> Client:
    return Client(client.zammad)


def test_a_helpdesk_that_was_down_comes_back_at_the_same_address_with_its_tickets(client: Client) -> None:
    client.ok("POST", "/tickets", TIP)
    client.zammad.down()
    with pytest.raises(requests.ConnectionError):
        client.send("GET", "/users/me")
    client.zammad.up()
    assert client.ok("GET", "/tickets")[0]["number"] == "TIP-1"


def test_latency_holds_many_answers_back_at_once() -> None:
    with client_of("5.5", latency=0.15) as client, ThreadPoolExecutor(8) as pool:
        began = time.monotonic()
        answers = list(pool.map(lambda _: get_alone(client.zammad), range(8)))
        took = time.monotonic() - began
    assert [answer.status_code for answer in answers] == [200] * 8
    assert 0.15 <= took < 8 * 0.15


def get_alone(zammad: FakeZammad) -> requests.Response:
    with Client(zammad) as client:
        return client.send("GET", "/users/me")


def test_every_byte_that_came_in_can_be_searched(client: Client) -> None:
    client.zammad.faults.answer(500)
    client.send("POST", "/tickets?expand=true", TIP)
    (seen,) = client.zammad.requests
    assert (seen.method, seen.path) == ("POST", "/api/v1/tickets?expand=true")
    assert client.zammad.connector.token.encode() in seen.raw
    assert b"canary" in seen.raw


def test_a_failing_request_takes_back_all_it_did_but_the_id(client: Client) -> None:
    refused = {**TIP, "customer": {"email": "new@example.org"}, "article": {"body": ""}}
    del refused["customer_id"], refused["number"]
    assert client.send("POST", "/tickets", refused).status_code == 422
    assert client.zammad.world.users.named("new@example.org", "email") is None
    created = client.ticket()
    assert (created["id"], created["number"]) == (2, "97001")


def test_a_fault_of_the_fake_itself_is_not_taken_for_zammads() -> None:
    zammad = FakeZammad().start()
    with Client(zammad) as client:
        ticket = client.ticket()
        assert client.send("GET", f"/tickets/{ticket['id']}?all=true").status_code == 500
    with pytest.raises(AssertionError, match="NotImplementedError"):
        zammad.stop()


def test_no_thread_outlives_its_server() -> None:
    before = set(threading.enumerate())
    with client_of("5.5") as client:
        client.ok("GET", "/users/me")
    deadline = time.monotonic() + 5
    while set(threading.enumerate()) - before and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    assert not set(threading.enumerate()) - before
