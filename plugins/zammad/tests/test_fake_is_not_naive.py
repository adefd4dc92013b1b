"""What a naive fake gets wrong, first part: who is let in, what is refused, what becomes of a new ticket.

The numbers are those of the list this project keeps of such mistakes; two more files have the rest.
"""

import re
from collections.abc import Iterator

import pytest
import requests

from plugins.zammad.tests.judge.client import Client, client_of

ALREADY_EXISTS = "This object already exists."
REQUIRED = {
    "create_middle": {"ticket.agent": {"shown": True, "required": True}},
    "edit": {"ticket.agent": {"shown": True, "required": True}},
}
TIP = {"title": "A tip", "group": "Hinweise", "customer_id": 6, "article": {"body": "x"}}


@pytest.fixture
def client() -> Iterator[Client]:
    with client_of("5.5") as client:
        yield client


def is_opaque(answer: requests.Response) -> bool:
    """Whether an agent learns nothing but an id."""
    told = answer.json()
    pattern = r"Error ID [\w-]{8}: Please contact your administrator\."
    return (
        answer.status_code == 422 and told.keys() == {"error"} and bool(re.fullmatch(pattern, told["error"]))
    )


def test_01_no_credentials_are_403_bad_ones_401_and_too_few_rights_403_again(client: Client) -> None:
    answers = [
        client.send("GET", "/users/me", headers={"Authorization": ""}),
        client.send("GET", "/users/me", headers={"Authorization": "Token token=wrong"}),
        client.send("GET", "/groups"),
    ]
    client.zammad.faults.maintenance()
    answers.append(client.send("GET", "/users/me"))
    assert [(answer.status_code, answer.json()["error"]) for answer in answers] == [
        (403, "Authentication required"),
        (401, "Can't find User for Token"),
        (403, "Not authorized (token)!"),
        (403, "Maintenance mode enabled!"),
    ]
    assert client.send("GET", "/version", by=client.zammad.admin).status_code == 200


def test_02_refusals_repeat_themselves_in_a_header_and_unsafe_reasons_are_kept_from_agents(
    client: Client,
) -> None:
    refused = client.send("GET", "/tickets/1", headers={"Authorization": "Bearer wrong"})
    assert refused.headers["X-Failure"] == refused.json()["error_human"] == "The provided token is invalid."
    untitled = {**TIP, "title": None}
    assert is_opaque(client.send("POST", "/tickets", untitled))
    told = client.send("POST", "/tickets", untitled, by=client.zammad.admin).json()
    assert told == {"error": "Missing required value for field 'title'!"}


def test_03_an_attribute_that_is_no_column_yet_vanishes_with_201(client: Client) -> None:
    lost = client.ticket(report_ref="R-1", no_such_field="x")
    assert "report_ref" not in lost
    client.attribute("report_ref")
    kept = client.ticket(report_ref="R-2", no_such_field="x")
    assert kept["report_ref"] == "R-2"
    assert "no_such_field" not in kept


def test_04_tags_are_one_string_and_unknown_ones_are_skipped_where_only_admins_make_them(
    client: Client,
) -> None:
    assert client.send("POST", "/tickets", {**TIP, "tags": ["tip", "urgent"]}).status_code == 500
    assert is_opaque(client.send("POST", "/tickets", {**TIP, "tags": "tip,,urgent"}))
    first = client.ticket(tags="tip, two words ,Tip")
    assert client.zammad.tags(first) == ["tip", "two words", "Tip"]
    client.zammad.world.settings["tag_new"] = False
    assert client.zammad.tags(client.ticket(tags="tip,new")) == ["tip"]


def test_05_nobody_is_owner_1_and_an_owner_who_may_not_is_refused_or_silently_dropped(client: Client) -> None:
    ticket = client.ticket()
    shown = client.ok("GET", f"/tickets/{ticket['id']}?expand=true")
    assert (shown["owner_id"], shown["owner"]) == (1, "-")
    unfit = client.zammad.noaccess.login
    assert is_opaque(client.send("POST", "/tickets", {**TIP, "owner": unfit}))
    assert client.ok("PUT", f"/tickets/{ticket['id']}", {"owner": unfit})["owner_id"] == 1
    with client_of("6.5") as modern:
        assert modern.ticket(owner=unfit)["owner_id"] == 1


def test_06_nothing_but_the_number_keeps_a_ticket_from_being_made_twice(client: Client) -> None:
    assert client.ticket()["id"] != client.ticket()["id"]
    first = client.ticket(number="TIP-1")
    assert first["number"] == "TIP-1"
    again = {**TIP, "number": "TIP-1"}
    assert is_opaque(client.send("POST", "/tickets", again))
    told = client.send("POST", "/tickets", again, by=client.zammad.admin).json()
    assert told == {"error": ALREADY_EXISTS, "error_human": ALREADY_EXISTS}
    assert client.ticket(number="")["number"] == ""
    assert is_opaque(client.send("POST", "/tickets", {**TIP, "number": ""}))
    assert client.ok("PUT", f"/tickets/{first['id']}", {"number": "TIP-2"})["number"] == "TIP-1"
    with client_of("6.5") as modern:
        modern.ticket(number="TIP-1")
        assert modern.send("POST", "/tickets", again).json()["error_human"] == ALREADY_EXISTS


def test_07_a_deadlock_is_a_422_like_any_other_and_gone_the_next_time(client: Client) -> None:
    client.zammad.faults.deadlock(method="POST", path="/api/v1/tickets")
    assert is_opaque(client.send("POST", "/tickets", TIP))
    assert client.zammad.tickets() == []
    assert client.send("POST", "/tickets", TIP).status_code == 201


@pytest.mark.parametrize(
    ("attachment", "told"),
    [
        (
            {"filename": "a", "data": "eA=="},
            "Attachment needs 'mime-type' param for attachment with index '0'",
        ),
        ({"filename": "a", "data": "%%", "mime-type": "x/y"}, "Invalid base64 for attachment with index '0'"),
    ],
)
def test_08_a_broken_attachment_leaves_no_ticket_behind(
    client: Client, attachment: dict[str, str], told: str
) -> None:
    refused = client.send("POST", "/tickets", {**TIP, "article": {"body": "x", "attachments": [attachment]}})
    assert (refused.status_code, refused.json()["error_human"]) == (422, told)
    assert client.zammad.tickets() == []
    assert len(client.zammad.world.articles) == 0
    assert client.ticket()["number"] == "97001"


@pytest.mark.parametrize("data", ["_-8=", "eA", "eA=", "e A==", "eA==="])
def test_09_files_come_in_strict_base64_and_their_sizes_go_out_as_strings(client: Client, data: str) -> None:
    def article(encoded: str) -> dict[str, object]:
        file = {"filename": "a.txt", "data": encoded, "mime-type": "text/plain"}
        return {"body": "x", "attachments": [file]}

    assert client.send("POST", "/tickets", {**TIP, "article": article(data)}).status_code == 422
    ticket = client.ticket(article=article("aGVs\r\nbG8="))
    (kept,) = client.zammad.articles(ticket)[0]["attachments"]
    assert (kept["size"], kept["preferences"]) == ("5", {"Mime-Type": "text/plain"})


def test_25_what_is_too_long_is_cut_and_not_refused(client: Client) -> None:
    article = {"body": "x", "content_type": "text/html; charset=utf-8"}
    ticket = client.ticket(title="a\n" * 300, number="9" * 70, article=article)
    assert ticket["title"] == "a " * 125
    assert ticket["number"] == "9" * 60
    assert client.zammad.articles(ticket)[0]["content_type"] == "text/html; charset=u"


def test_29_a_required_attribute_stops_creating_and_changing_but_not_articles(client: Client) -> None:
    old = client.ticket()
    client.attribute("must_have", screens=REQUIRED)
    assert is_opaque(client.send("POST", "/tickets", TIP))
    assert is_opaque(client.send("PUT", f"/tickets/{old['id']}", {"priority": "3 high"}))
    assert client.send("POST", "/ticket_articles", {"ticket_id": old["id"], "body": "x"}).status_code == 201
    assert client.ticket(must_have="m")["must_have"] == "m"


def test_30_a_redirect_in_front_turns_a_create_into_a_list_of_tickets(client: Client) -> None:
    client.ticket(number="TIP-1")
    client.zammad.faults.redirect(f"{client.zammad.url}/api/v1/tickets", method="POST")
    answer = client.send("POST", "/tickets", {**TIP, "number": "TIP-2"})
    assert answer.status_code == 200
    assert [ticket["number"] for ticket in answer.json()] == ["TIP-1"]
