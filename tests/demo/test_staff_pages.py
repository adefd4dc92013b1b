"""The staff pages: behind a login, safe to read, and every button does what it says."""

import pytest
import requests

from demo.practice import PracticeHelpdesk
from tests.demo.conftest import Connector, Visitor

NOTICE = "This is a helpdesk for practice"


def shown(connector: Connector, ticket: int) -> dict[str, object]:
    found: dict[str, object] = connector.call("GET", f"/api/tickets/{ticket}").json()["ticket"]
    return found


@pytest.mark.parametrize("path", ["/", "/tickets/1001", "/files/1", "/faults"])
def test_nothing_is_shown_without_a_login(helpdesk: PracticeHelpdesk, path: str) -> None:
    answer = requests.get(helpdesk.url + path, allow_redirects=False, timeout=10)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login")


def test_a_wrong_password_is_refused(helpdesk: PracticeHelpdesk) -> None:
    form = {"user": helpdesk.user, "password": "guessed"}
    assert requests.post(f"{helpdesk.url}/login", data=form, timeout=10).status_code == 401


def test_every_page_says_that_it_is_for_practice(staff: Visitor, connector: Connector) -> None:
    ticket = connector.open()
    for path in ("/", f"/tickets/{ticket}", "/faults", "/login"):
        assert NOTICE in staff.get(path).text, path


def test_a_form_of_another_page_is_refused(staff: Visitor, connector: Connector) -> None:
    ticket = connector.open()
    assert staff.post(f"/tickets/{ticket}", do="close", form="0" * 32).status_code == 400
    assert shown(connector, ticket)["status"] == "new"


def test_the_words_of_a_tip_are_words_and_not_html(staff: Visitor, connector: Connector) -> None:
    page = staff.get(f"/tickets/{connector.open()}").text
    assert "&lt;b&gt;A tip&lt;/b&gt; &amp; more" in page
    assert "<b>A tip</b>" not in page


def test_staff_answer_note_take_and_close(staff: Visitor, connector: Connector) -> None:
    ticket = connector.open()
    staff.post(
        f"/tickets/{ticket}",
        do="answer",
        body="We hear you.",
        files={"files": ("map.png", b"bytes", "image/png")},
    )
    staff.post(f"/tickets/{ticket}", do="note", body="Ask the coach.")
    staff.post(f"/tickets/{ticket}", do="take")
    staff.post(f"/tickets/{ticket}", do="priority", priority="low")
    staff.post(f"/tickets/{ticket}", do="close")
    found = shown(connector, ticket)
    assert [found[name] for name in ("status", "status_by", "owner", "priority")] == [
        "closed",
        "staff",
        "staff",
        "low",
    ]
    articles = found["articles"]
    assert isinstance(articles, list)
    assert [(article["author"], article["visibility"]) for article in articles[1:]] == [
        ("staff", "public"),
        ("staff", "internal"),
    ]
    assert articles[1]["files"][0]["name"] == "map.png"
    staff.post(f"/tickets/{ticket}", do="reopen")
    assert shown(connector, ticket)["status"] == "open"


def test_an_empty_answer_is_not_sent(staff: Visitor, connector: Connector) -> None:
    ticket = connector.open()
    assert staff.post(f"/tickets/{ticket}", do="answer", body="  ").status_code == 422


def test_a_file_is_a_download_and_never_a_page(staff: Visitor, connector: Connector) -> None:
    connector.open(files=[{"name": "x.html", "type": "text/html", "content": "PHNjcmlwdD4="}])
    answer = staff.get("/files/1")
    assert answer.content == b"<script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_two_tickets_are_merged_into_one(staff: Visitor, connector: Connector) -> None:
    source, target = connector.open("TIP-1"), connector.open("TIP-2")
    staff.post(f"/tickets/{source}", do="merge", target=target)
    assert shown(connector, source)["merged_into"] == target
    assert shown(connector, target)["merges"]


def test_a_deleted_ticket_is_gone(staff: Visitor, connector: Connector) -> None:
    ticket = connector.open()
    staff.post(f"/tickets/{ticket}", do="delete")
    assert connector.call("GET", f"/api/tickets/{ticket}").status_code == 404


def test_faults_are_switched_on_and_off_by_hand(staff: Visitor, connector: Connector) -> None:
    staff.post("/faults", kind="maintenance", on="yes", count="2", seconds="7")
    answers = [connector.call("GET", "/api/tickets") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert answers[0].headers["Retry-After"] == "7"
    staff.post("/faults", kind="error_500", on="yes")
    assert connector.call("GET", "/api/tickets").status_code == 500
    assert staff.get("/").status_code == 200, "faults never hit the staff"
    staff.post("/faults", kind="error_500", on="no")
    assert connector.call("GET", "/api/tickets").status_code == 200
