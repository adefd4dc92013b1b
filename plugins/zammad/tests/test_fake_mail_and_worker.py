"""Mail that Zammad sends, wanted and unwanted, and the background worker that sends it."""

from collections.abc import Iterator
from typing import Any

import pytest

from plugins.zammad.tests.judge.client import Client, client_of
from plugins.zammad.tests.judge.receiver import Receiver


@pytest.fixture
def client() -> Iterator[Client]:
    with client_of("5.5") as client:
        client.zammad.group_sends_from("desk@example.org")
        yield client


def web(**more: Any) -> dict[str, Any]:
    return {"body": "Something happened.", "type": "web", "sender": "Customer", **more}


def test_the_default_trigger_mails_whoever_wrote_and_adds_a_public_article(client: Client) -> None:
    ticket = client.ticket(article=web())
    (mail,) = client.zammad.sent_mails
    assert mail.recipients == ("customer@example.org",)
    assert mail.subject == "Thanks for your inquiry (A tip)"
    reply = client.zammad.articles(ticket)[1]
    assert (reply["type"], reply["sender"], reply["internal"]) == ("email", "System", False)
    assert ticket["article_ids"] == [1, 2]


def test_it_fires_on_internal_articles_too(client: Client) -> None:
    client.ticket(article=web(internal=True))
    assert len(client.zammad.sent_mails) == 1


@pytest.mark.parametrize("article", [web(type="note"), web(preferences={"send-auto-response": False})])
def test_a_note_or_a_preference_keeps_it_quiet(client: Client, article: dict[str, Any]) -> None:
    client.ticket(article=article)
    assert client.zammad.sent_mails == []


def test_somebody_without_an_address_is_not_mailed(client: Client) -> None:
    customer = client.ok("POST", "/users", {"firstname": "Anonymous", "lastname": "Reporter"})
    assert client.ticket(customer_id=customer["id"], article=web())["article_ids"] == [1]
    assert client.zammad.sent_mails == []


def test_an_agents_mail_leaves_and_opens_the_ticket(client: Client) -> None:
    ticket = client.ticket(article=web(type="note"))
    client.zammad.agent.email(
        ticket, to="parent@example.org", cc="b@example.org", subject="Re: A tip", body="Hi"
    )
    (mail,) = client.zammad.sent_mails
    assert mail.sender == "Alan Agent via Desk <desk@example.org>"
    assert mail.recipients == ("parent@example.org", "b@example.org")
    assert mail.subject == "A tip"
    assert client.zammad.ticket(ticket)["state"] == "open"
    assert client.zammad.articles(ticket)[1]["preferences"]["delivery_status"] == "success"


def test_mail_that_cannot_be_sent_says_so_in_its_article(client: Client) -> None:
    client.zammad.post.failing_with = "connection refused"
    ticket = client.ticket(article=web(type="note"))
    sent = client.zammad.agent.email(ticket, to="parent@example.org", body="Hi")
    told = client.ok("GET", f"/ticket_articles/{sent['id']}")["preferences"]
    assert (told["delivery_status"], told["delivery_status_message"]) == ("fail", "connection refused")
    assert client.zammad.sent_mails == []


def test_from_6_5_on_mail_without_a_recipient_is_refused() -> None:
    with client_of("6.5") as modern:
        modern.zammad.group_sends_from("desk@example.org")
        ticket = modern.ticket(article=web(type="note"))
        mail = {"ticket_id": ticket["id"], "type": "email", "body": "Hi", "to": "nobody"}
        refused = modern.send("POST", "/ticket_articles", mail, by=modern.zammad.agent)
    assert refused.json()["error"] == "Sending an email without a valid recipient is not possible."


def test_with_the_worker_stopped_everything_waits_and_comes_later(client: Client) -> None:
    client.zammad.worker.hold()
    client.ticket(article=web())
    assert client.zammad.sent_mails == []
    client.zammad.worker.release()
    assert len(client.zammad.sent_mails) == 1


def test_webhooks_leave_by_themselves_unless_they_are_held(client: Client) -> None:
    with Receiver() as receiver:
        client.zammad.connect_webhook(receiver.url, "secret")
        client.ticket()
        assert client.zammad.hooks.wait_until_idle()
        assert len(receiver.received) == 1


def test_webhooks_can_be_lost_doubled_and_out_of_order(client: Client) -> None:
    with Receiver() as receiver:
        client.zammad.connect_webhook(receiver.url, "secret")
        client.zammad.hooks.hold()
        client.zammad.hooks.lose_next()
        client.ticket(title="lost")
        client.zammad.hooks.double_next()
        client.ticket(title="doubled")
        client.ticket(title="last")
        sent = client.zammad.hooks.deliver(reverse=True)
        ids = [hook.headers["X-Zammad-Delivery"] for hook in receiver.received]
    assert [one.ticket_id for one in sent] == [3, 2, 2]
    assert ids[1] == ids[2] != ids[0]


def test_a_stopped_workers_webhooks_come_when_it_is_back(client: Client) -> None:
    with Receiver() as receiver:
        client.zammad.connect_webhook(receiver.url, "secret")
        client.zammad.hooks.hold()
        client.ticket()
        assert receiver.received == []
        client.zammad.hooks.resume()
        assert client.zammad.hooks.wait_until_idle()
        assert len(receiver.received) == 1
