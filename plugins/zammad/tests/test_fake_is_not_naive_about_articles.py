"""What a naive fake gets wrong, second part: articles, the state machine, merging, files."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from plugins.zammad.tests.fake import signed
from plugins.zammad.tests.judge.client import Client, client_of
from plugins.zammad.tests.judge.receiver import Receiver

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture
def client() -> Iterator[Client]:
    with client_of("5.5") as client:
        yield client


def posted(client: Client, ticket: dict[str, Any], **article: Any) -> dict[str, Any]:
    """An article added by the connector."""
    answer: dict[str, Any] = client.ok("POST", "/ticket_articles", {"ticket_id": ticket["id"], **article})
    return answer


def nameless(client: Client) -> int:
    """The one shared customer: a name, no address."""
    return int(client.ok("POST", "/users", {"firstname": "Anonymous", "lastname": "Reporter"})["id"])


def test_10_from_is_the_authors_name_whatever_was_sent_and_the_api_account_stays_the_creator(
    client: Client,
) -> None:
    customer = nameless(client)
    ticket = client.ticket(
        customer_id=customer, article={"body": "x", "origin_by_id": customer, "from": "Eve"}
    )
    (note,) = client.zammad.articles(ticket)
    assert (note["from"], note["sender"]) == ("Anonymous Reporter", "Customer")
    assert (note["origin_by_id"], note["created_by_id"]) == (customer, client.zammad.connector.id)
    web = posted(client, ticket, body="x", type="web", sender="Customer")
    assert web["from"] == ""
    with client_of("6.5") as modern:
        ticket = modern.ticket(customer_id=nameless(modern))
        assert modern.zammad.articles(ticket)[0]["from"] == "Anonymous Reporter"


def test_11_an_article_without_type_and_sender_is_a_public_note_by_an_agent(client: Client) -> None:
    (article,) = client.zammad.articles(client.ticket(article={"body": "x"}))
    assert (article["type"], article["sender"], article["internal"]) == ("note", "Agent", False)


def test_12_a_tickets_articles_are_all_of_them_in_order_on_one_page(client: Client) -> None:
    client.zammad.group_sends_from("desk@example.org")
    ticket = client.ticket()
    client.zammad.agent.reply_note(ticket, "secret", public=False)
    for number in range(120):
        posted(client, ticket, body=str(number))
    found = client.ok("GET", f"/ticket_articles/by_ticket/{ticket['id']}")
    assert len(found) == 123
    assert [article["id"] for article in found] == sorted(article["id"] for article in found)
    assert {article["sender"] for article in found} == {"Customer", "System", "Agent"}
    assert any(article["internal"] for article in found)


def test_13_a_public_note_changes_nothing_and_any_other_agent_article_opens_the_ticket(
    client: Client,
) -> None:
    ticket = client.ticket()
    client.zammad.agent.reply_note(ticket, "answer", public=True)
    after_note = client.zammad.ticket(ticket)
    assert (after_note["state"], after_note["first_response_at"]) == ("new", None)
    assert after_note["last_contact_agent_at"] is None
    client.zammad.agent.web(ticket, "answer")
    after_web = client.zammad.ticket(ticket)
    assert after_web["state"] == "open"
    assert after_web["first_response_at"] == after_web["last_contact_agent_at"] is not None


def test_14_a_customers_word_does_not_reopen_a_closed_ticket(client: Client) -> None:
    ticket = client.ticket()
    client.zammad.agent.set_state(ticket, "closed")
    posted(client, ticket, body="one more thing", type="web", sender="Customer")
    assert client.zammad.ticket(ticket)["state"] == "closed"
    assert client.ok("PUT", f"/tickets/{ticket['id']}", {"state": "open"})["state_id"] == 2


def test_15_a_note_made_public_later_moves_two_times_and_tells_nobody(client: Client) -> None:
    ticket = client.ticket()
    note = client.zammad.agent.reply_note(ticket, "answer", public=False)
    before = client.zammad.ticket(ticket)["updated_at"]
    with Receiver() as receiver:
        client.zammad.connect_webhook(receiver.url, "secret")
        flipped = client.zammad.agent.flip(note, internal=False)
        assert client.zammad.hooks.all == []
    assert flipped["updated_at"] > note["updated_at"]
    assert client.zammad.ticket(ticket)["updated_at"] > before


def test_16_a_merge_moves_articles_and_leaves_a_note_that_looks_like_an_answer(client: Client) -> None:
    source, target = client.ticket(tags="a"), client.ticket(tags="b")
    (moved,) = client.zammad.articles(source)
    client.zammad.agent.merge(source, target)
    (marker,) = client.zammad.articles(source)
    assert (marker["body"], marker["type"], marker["sender"]) == ("merged", "note", "Agent")
    assert marker["internal"] is False
    assert moved["id"] in [article["id"] for article in client.zammad.articles(target)]
    after = client.zammad.ticket(source)
    assert (after["state"], after["owner_id"]) == ("merged", 1)
    assert client.zammad.tags(target) == ["b"]
    told = client.ok("GET", f"/ticket_history/{source['id']}")["history"]
    assert [(row["id_from"], row["id_to"]) for row in told if row["type"] == "merged_into"] == [
        (source["id"], target["id"])
    ]


def test_24_html_is_cleaned_and_its_images_are_files_that_are_not_listed(client: Client) -> None:
    ticket = client.ticket()
    body = signed(
        f'<b onclick="x()">Hi</b><script>y()</script><br/><img src="data:image/png;base64,{PIXEL}">'
    )
    note = client.zammad.agent.reply_note(ticket, body, html=True)
    assert note["attachments"] == []
    assert "script" not in note["body"]
    assert "onclick" not in note["body"]
    assert "<br>" in note["body"]
    assert 'data-signature="true"' in note["body"]
    (path,) = re.findall(r'src="(/api/v1/ticket_attachment/\d+/\d+/\d+)\?view=inline"', note["body"])
    image = client.send("GET", path.removeprefix("/api/v1"))
    assert image.headers["Content-Type"] == "image/png"
    assert client.send("GET", path.removeprefix("/api/v1"), headers={"Authorization": ""}).status_code == 403


def test_26_deleting_a_ticket_answers_nothing_at_all_and_tagging_answers_true(client: Client) -> None:
    ticket = client.ticket()
    tagged = client.send("POST", "/tags/add", {"object": "Ticket", "o_id": ticket["id"], "item": "seen"})
    assert (tagged.status_code, tagged.json()) == (201, True)
    note = posted(client, ticket, body="oops", internal=True)
    assert client.ok("DELETE", f"/ticket_articles/{note['id']}") == {}
    gone = client.send("DELETE", f"/tickets/{ticket['id']}", by=client.zammad.admin)
    assert (gone.status_code, gone.content) == (200, b"")


def test_27_times_have_milliseconds_and_a_deleted_ticket_is_404_in_both_keys(client: Client) -> None:
    ticket = client.ticket()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", ticket["created_at"])
    client.zammad.admin.delete(ticket)
    gone = client.send("GET", f"/tickets/{ticket['id']}")
    text = f"Couldn't find Ticket with 'id'={ticket['id']}"
    assert (gone.status_code, gone.json()) == (404, {"error": text, "error_human": text})


def test_28_a_file_by_the_wrong_way_is_403_and_what_a_browser_would_run_is_bytes(client: Client) -> None:
    ticket, other = client.ticket(), client.ticket()
    note = client.zammad.agent.reply_note(ticket, "see", files={"page.html": b"<script>", "note.txt": b"hi"})
    page, text = note["attachments"]
    (wrong,) = client.zammad.articles(other)

    def fetched(ticket_id: int, article_id: int, file_id: int) -> Any:
        return client.send("GET", f"/ticket_attachment/{ticket_id}/{article_id}/{file_id}")

    assert fetched(other["id"], wrong["id"], page["id"]).status_code == 403
    assert fetched(other["id"], note["id"], page["id"]).status_code == 403
    assert fetched(ticket["id"], note["id"], page["id"]).headers["Content-Type"] == "application/octet-stream"
    assert fetched(ticket["id"], note["id"], text["id"]).content == b"hi"
    client.zammad.agent.merge(ticket, other)
    assert fetched(ticket["id"], note["id"], text["id"]).content == b"hi"
