"""JSON on its way out."""

import json
from typing import Any

import pytest

from connector.plugin_api.http.body import JsonBody

_FILE = "QUJD" * 100_000


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        "text",
        {"title": '\u00dc\U0001f6b8 "quoted" \u2028', "list": [1, 2.5, None, True, {"a": []}]},
        {"files": [{"name": "a.jpg", "data": _FILE}, {"name": "b.jpg", "data": _FILE}], "last": 1},
        [["deep"] * 50] * 500,
    ],
)
def test_the_pieces_are_the_json_and_its_length_is_right(value: Any) -> None:
    body = JsonBody(value, 30)
    sent = b"".join(body)
    assert json.loads(sent) == value
    assert len(body) == len(sent)


def test_no_piece_is_large_and_none_is_a_crumb() -> None:
    sizes = [len(piece) for piece in JsonBody({"data": _FILE, "numbers": list(range(50_000))}, 30)]
    assert max(sizes) <= 64 * 1024
    assert len(sizes) < 20


def test_a_body_may_be_sent_again_from_its_beginning() -> None:
    body = JsonBody({"a": 1}, 30)
    assert b"".join(body) == b"".join(body) == b'{"a":1}'
