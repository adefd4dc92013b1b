"""JSON on its way out."""

import base64
import json
import os
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from connector.domain.blob import PIECE
from connector.plugin_api import Base64File, CleanFile
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


@pytest.mark.parametrize("size", [0, 1, 2, 3, PIECE, PIECE + 1, 2 * PIECE + 2, 5_000_000])
def test_a_file_is_base64_in_the_middle_of_the_json(size: int) -> None:
    content = os.urandom(size)
    file = Base64File(CleanFile("film-1.mp4", "video/mp4", content))
    body = JsonBody({"before": [file, {"data": file}], "after": "x"}, 30)
    sent = b"".join(body)
    encoded = base64.b64encode(content).decode()
    assert json.loads(sent) == {"before": [encoded, {"data": encoded}], "after": "x"}
    assert len(body) == len(sent)


@dataclass(frozen=True)
class Endless:
    """A film that would not fit into memory."""

    size: int = 200_000_000

    def pieces(self) -> Iterator[bytes]:
        piece = bytes(PIECE)
        for start in range(0, self.size, PIECE):
            yield piece[: self.size - start]


def test_a_film_is_never_in_memory_as_a_whole() -> None:
    body = JsonBody({"data": Base64File(CleanFile("film-1.mp4", "video/mp4", Endless()))}, 30)
    tracemalloc.start()
    sent = sum(map(len, body))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent == len(body)
    assert most < 4_000_000


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError):
        JsonBody({"data": object()}, 30)
