"""The practice helpdesk's API keeps what API.md says, also when it is asked badly."""

import json
from pathlib import Path
from typing import Any

import pytest
import requests

from demo.practice import PracticeHelpdesk
from tests.demo.conftest import Connector


def test_without_the_token_nothing_is_answered(helpdesk: PracticeHelpdesk) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        answer = requests.get(f"{helpdesk.url}/api/tickets", headers=headers, timeout=10)
        assert (answer.status_code, answer.json()["error"]) == (401, "wrong-token")


def test_a_reference_that_is_taken_names_its_ticket_and_adds_nothing(connector: Connector) -> None:
    ticket = connector.open()
    article = {"body": "again", "visibility": "public", "author": "reporter"}
    answer = connector.call(
        "POST", "/api/tickets", reference="TIP-1234-5678", title="t", priority="low", article=article
    )
    assert (answer.status_code, answer.json()["ticket"]) == (409, ticket)
    assert len(connector.call("GET", f"/api/tickets/{ticket}").json()["ticket"]["articles"]) == 1


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/api/tickets", {"title": ""}, 422),
        ("POST", "/api/tickets", {"title": "t", "priority": "huge", "article": {}}, 422),
        ("POST", "/api/tickets/1/articles", {"body": "x", "visibility": "public", "author": "staff"}, 422),
        ("POST", "/api/tickets/1/articles", {"body": "x", "visibility": "public", "author": "reporter"}, 404),
        ("PATCH", "/api/tickets/1", {"status": "merged"}, 422),
        ("POST", "/api/tickets", {}, 400),
        ("GET", "/api/tickets/999999", {}, 404),
        ("GET", "/api/files/9", {}, 404),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    connector: Connector, method: str, path: str, body: dict[str, Any], status: int
) -> None:
    answer = connector.call(method, path, **body)
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_a_change_that_changes_nothing_counts_nothing(connector: Connector) -> None:
    ticket = connector.open()
    versions = []
    for status in ("closed", "closed", "open"):
        changed = connector.call("PATCH", f"/api/tickets/{ticket}", status=status).json()["ticket"]
        versions.append((changed["version"], changed["status_by"]))
    assert versions == [(2, "connector"), (2, "connector"), (3, "connector")]


def test_everything_is_there_again_after_a_restart(tmp_path: Path) -> None:
    first = PracticeHelpdesk(tmp_path)
    first.start()
    ticket = Connector(first).open()
    first.stop()
    second = PracticeHelpdesk(tmp_path)
    second.start()
    try:
        assert (second.token, second.password) == (first.token, first.password)
        assert Connector(second).call("GET", f"/api/tickets/{ticket}").status_code == 200
        known = tmp_path / "practice.json"
        assert json.loads(known.read_text())["url"] == second.url
        assert known.stat().st_mode & 0o077 == 0
    finally:
        second.stop()
