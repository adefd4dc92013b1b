"""`POST /api/v1/tips/check` tells what could give a reporter away; it stores nothing and logs nothing of it."""

import requests

from tests.canary import found_in
from tests.harness import Harness
from tests.stored import everything_stored

WORDS = "\U0001f622 my name is Wellensittich Nymphe, snap: nymphe_77, 505-555-0177, https://vm.tiktok.com/ZMnymphe/"


def check(harness: Harness, body: object) -> requests.Response:
    return requests.post(
        f"{harness.url}/api/v1/tips/check", json=body, headers=harness.canary.headers, timeout=30
    )


def test_it_tells_what_and_where(harness: Harness) -> None:
    answer = check(harness, {"text": WORDS})
    assert answer.status_code == 200
    warnings = answer.json()["warnings"]
    assert [(one["kind"], WORDS[one["start"] : one["end"]]) for one in warnings] == [
        ("name", "Wellensittich Nymphe"),
        ("handle", "nymphe_77"),
        ("phone", "505-555-0177"),
        ("link", "https://vm.tiktok.com/ZMnymphe/"),
    ]
    assert all(set(one) == {"kind", "start", "end", "message"} and one["message"] for one in warnings)


def test_nothing_of_it_is_kept(harness: Harness) -> None:
    check(harness, {"text": WORDS})
    harness.settle()
    marks = ("wellensittich nymphe", "nymphe_77", "555-0177", "zmnymphe")
    stored = everything_stored(harness.app.store, harness.directory)
    assert not found_in(stored + repr(harness.logs.events).encode() + harness.desk.received(), marks)
    assert harness.rows() == []


def test_where_there_is_nothing_to_tell_it_says_so(harness: Harness) -> None:
    assert check(harness, {"text": "he has a knife in his bag"}).json() == {"warnings": []}


def test_a_tip_is_answered_with_the_same_warnings(harness: Harness) -> None:
    expected = check(harness, {"text": WORDS}).json()["warnings"]
    assert harness.reporter().send(WORDS)["warnings"] == expected


def test_errors_quote_nothing(harness: Harness) -> None:
    answer = check(harness, {"text": WORDS, "nymphe_77": 1})
    assert answer.status_code == 422
    assert "ymphe" not in answer.text
