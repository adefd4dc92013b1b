"""A JSON body on its way out: tens of megabytes of base64 where a tip has files, so copies are counted."""

import base64
import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from connector.plugin_api.http.pace import Pace
from connector.plugin_api.http_types import Base64File

_PIECE = 64 * 1024
_Part = bytes | Base64File


class JsonBody:
    """`value` as JSON bytes, sent in pieces under a pace; a `Base64File` in it becomes a string of base64.

    Encoded part by part: the whole text never exists as one string beside its bytes, and a file is read while
    it is sent. Sent piece by piece, because a socket's time-out is for one call: a single call with 60 MB would
    fail on every slower line.
    """

    def __init__(self, value: Any, grace: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        files: dict[str, Base64File] = {}

        def instead(found: object) -> str:
            if not isinstance(found, Base64File):
                raise TypeError(f"{type(found).__name__} is no JSON")
            mark = secrets.token_hex(16)
            files[mark] = found
            return mark

        encoder = json.JSONEncoder(separators=(",", ":"), allow_nan=False, default=instead)
        self._parts = _gathered(_parted(encoder.iterencode(value), files))
        self._size = sum(
            part.encoded_size if isinstance(part, Base64File) else len(part) for part in self._parts
        )
        self._grace = grace
        self._monotonic = monotonic

    def __len__(self) -> int:
        """The size in bytes, for the Content-Length."""
        return self._size

    def __iter__(self) -> Iterator[bytes | memoryview]:
        """The pieces in order. Raises TimeoutError where the other side takes them too slowly."""
        pace = Pace(self._grace, self._monotonic)
        for part in self._parts:
            for piece in _encoded(part) if isinstance(part, Base64File) else _cut(part):
                pace.check()
                yield piece
                pace.moved(len(piece))


def _encoded(file: Base64File) -> Iterator[bytes | memoryview]:
    """Base64 goes by threes: what is left of a piece waits for the next."""
    rest = b""
    for piece in file.file.pieces():
        data = rest + piece
        whole = len(data) - len(data) % 3
        yield from _cut(base64.b64encode(data[:whole]))
        rest = data[whole:]
    if rest:
        yield base64.b64encode(rest)


def _cut(data: bytes) -> Iterator[memoryview]:
    view = memoryview(data)
    for start in range(0, len(view), _PIECE):
        yield view[start : start + _PIECE]


def _parted(texts: Iterator[str], files: Mapping[str, Base64File]) -> Iterator[str | Base64File]:
    """The texts, with the files where their marks stand. A mark is a text of its own: a JSON string."""
    for text in texts:
        before, quote, mark = text.rstrip('"').rpartition('"')
        if quote and mark in files:
            yield before + quote
            yield files[mark]
            yield '"'
        else:
            yield text


def _gathered(texts: Iterator[str | Base64File]) -> list[_Part]:
    """Few parts instead of one for every comma."""
    parts: list[_Part] = []
    small = bytearray()
    for text in texts:
        if isinstance(text, Base64File):
            parts += [bytes(small), text]
            small.clear()
        elif len(text) < _PIECE:
            small += text.encode("ascii")
            if len(small) < _PIECE:
                continue
            parts.append(bytes(small))
            small.clear()
        else:
            parts += [bytes(small), text.encode("ascii")]
            small.clear()
    return [part for part in (*parts, bytes(small)) if part]
