"""What a naive fake gets wrong, third part: searching, and webhooks."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

import pytest

from plugins.zammad.tests.judge.client import Client, client_of
from plugins.zammad.tests.judge.receiver import Received, Receiver

SECRET = "hook secret"
BY_NUMBER = {"condition": {"ticket.number": {"operator": "is", "value": "TIP-1"}}}


@pytest.fixture
def client() -> Iterator[Client]:
    with client_of("5.5") as client:
        client.zammad.hooks.hold()
        yield client


def found(client: Client, **asked: Any) -> Any:
    return client.ok("POST", "/tickets/search", asked)


def told(received: Received) -> Any:
    return json.loads(received.body)


def test_17_search_answers_in_another_shape_from_6_5_on_unless_expanded(client: Client) -> None:
    ticket = client.ticket(number="TIP-1")
    old = found(client, **BY_NUMBER)
    assert (old["tickets"], old["tickets_count"]) == ([ticket["id"]], 1)
    assert old["assets"]["Ticket"][str(ticket["id"])]["number"] == "TIP-1"
    with client_of("7.1") as modern:
        modern.ticket(number="TIP-1")
        (plain,) = found(modern, **BY_NUMBER)
        assert (plain["number"], plain["ai_agent_running"]) == ("TIP-1", False)
        assert found(modern, **BY_NUMBER, full=True).keys() == {"record_ids", "assets", "total_count"}
        for either in (client, modern):
            assert [row["group"] for row in found(either, **BY_NUMBER, expand=True)] == ["Hinweise"]


def test_17_a_page_of_a_search_ends_at_200_and_one_of_the_list_at_100(client: Client) -> None:
    for _ in range(205):
        client.ticket()
    assert len(found(client, query="*", limit=1000, expand=True)) == 200
    assert len(found(client, query="*", expand=True)) == 50
    assert len(client.ok("GET", "/tickets?per_page=1000")) == 100


def test_18_words_find_no_fields_tags_or_attributes_and_a_condition_finds_them_at_once(
    client: Client,
) -> None:
    client.attribute("report_ref")
    client.ticket(number="TIP-1", tags="weapon", report_ref="R-77")
    for query in ("number:TIP-1", "weapon", "R-77", "tags:weapon", 'title:"A tip"'):
        assert found(client, query=query, expand=True) == []
    conditions = [
        {"ticket.report_ref": {"operator": "is", "value": "R-77"}},
        {"ticket.tags": {"operator": "contains one", "value": "weapon,other"}},
        BY_NUMBER["condition"],
    ]
    for condition in conditions:
        assert [row["number"] for row in found(client, condition=condition, expand=True)] == ["TIP-1"]


def test_19_a_condition_that_says_nothing_returns_everything_readable(client: Client) -> None:
    client.ticket()
    client.ticket()
    for blank in ({"operator": "is"}, {"operator": "is set"}):
        assert len(found(client, condition={"ticket.number": blank}, expand=True)) == 2
    unknown = {"condition": {"ticket.nope": {"operator": "is", "value": "x"}}}
    assert client.send("POST", "/tickets/search", unknown).status_code == 422
    assert client.send("POST", "/tickets/search", {"condition": {}}).status_code == 500
    modern_words = {"condition": {"ticket.number": {"operator": "is any of", "value": ["TIP-1"]}}}
    assert client.send("POST", "/tickets/search", modern_words).status_code == 500
    with client_of("6.5") as modern:
        modern.ticket(number="TIP-1")
        assert len(found(modern, condition={}, expand=True)) == 1
        assert len(found(modern, **modern_words, expand=True)) == 1


def test_20_a_webhook_nests_people_and_group_but_tells_the_state_in_a_word(client: Client) -> None:
    with Receiver() as receiver:
        client.zammad.connect_webhook(receiver.url, SECRET)
        client.ticket()
        client.zammad.hooks.deliver()
        ticket = told(receiver.received[0])["ticket"]
    assert ticket["state"] == "new"
    assert ticket["group"]["name"] == "Hinweise"
    assert ticket["priority"]["name"] == "2 normal"
    assert ticket["customer"]["login"] == client.zammad.customer.login
    assert "preferences" not in ticket["owner"]


def test_21_the_signature_is_over_the_raw_bytes_whose_brackets_are_escaped(client: Client) -> None:
    with Receiver() as receiver:
        client.zammad.connect_webhook(receiver.url, SECRET)
        client.ticket(title="<b>Ünï & co</b>")
        client.zammad.hooks.deliver()
        (hook,) = receiver.received
    assert "\\u003cb\\u003eÜnï \\u0026 co\\u003c/b\\u003e".encode() in hook.body
    assert (
        hook.headers["X-Hub-Signature"]
        == "sha1=" + hmac.new(SECRET.encode(), hook.body, hashlib.sha1).hexdigest()
    )


def test_21_without_a_secret_there_is_no_signature(client: Client) -> None:
    with Receiver() as receiver:
        client.zammad.connect_webhook(receiver.url, None)
        client.ticket()
        client.zammad.hooks.deliver()
        assert "X-Hub-Signature" not in receiver.received[0].headers


def test_21_a_retry_keeps_its_id_and_tells_of_the_ticket_as_it_is_by_then(client: Client) -> None:
    with Receiver(500) as receiver:
        client.zammad.connect_webhook(receiver.url, SECRET)
        ticket = client.ticket()
        client.zammad.hooks.deliver()
        client.ok("PUT", f"/tickets/{ticket['id']}", {"priority": "3 high"})
        client.zammad.hooks.retry()
        first, second = receiver.received
    assert first.headers["X-Zammad-Delivery"] == second.headers["X-Zammad-Delivery"]
    assert first.headers["X-Hub-Signature"] != second.headers["X-Hub-Signature"]
    assert told(second)["ticket"]["priority"]["name"] == "3 high"


def test_22_our_own_writing_fires_too_and_nothing_in_the_payload_says_what_happened(client: Client) -> None:
    with Receiver() as receiver:
        client.zammad.connect_webhook(receiver.url, SECRET)
        ticket = client.ticket()
        client.ok("PUT", f"/tickets/{ticket['id']}", {"priority": "3 high"})
        client.ok("PUT", f"/tickets/{ticket['id']}", {"priority": "3 high"})
        client.ok("POST", "/tags/add", {"object": "Ticket", "o_id": ticket["id"], "item": "seen"})
        client.zammad.hooks.deliver()
        created, changed = (told(hook) for hook in receiver.received)
    assert created.keys() == changed.keys() == {"ticket", "article"}
    assert created["article"]["body"] == "Something happened."
    assert changed["article"] == {}
    assert changed["ticket"]["updated_by"]["login"] == client.zammad.connector.login


def test_23_five_attempts_and_the_delivery_is_gone_for_good(client: Client) -> None:
    with Receiver(500, 410, 401, 503, 429, 200) as receiver:
        client.zammad.connect_webhook(receiver.url, SECRET)
        client.ticket()
        (delivery,) = client.zammad.hooks.deliver()
        while client.zammad.hooks.retry():
            assert len(receiver.received) <= 5
    assert delivery.answers == [500, 410, 401, 503, 429]
    assert delivery.given_up


def test_23_a_redirect_carries_the_payload_into_an_address_on_5_and_is_a_failure_on_6(client: Client) -> None:
    with Receiver(302) as receiver:
        client.zammad.connect_webhook(receiver.url, SECRET)
        client.ticket()
        client.zammad.hooks.deliver()
        assert [hook.method for hook in receiver.received] == ["POST", "GET"]
        assert "Something" in receiver.received[1].path
    with Receiver(302) as receiver, client_of("6.5") as modern:
        modern.zammad.hooks.hold()
        modern.zammad.connect_webhook(receiver.url, SECRET)
        modern.ticket()
        (delivery,) = modern.zammad.hooks.deliver()
        assert (len(receiver.received), delivery.answers) == (1, [302])
