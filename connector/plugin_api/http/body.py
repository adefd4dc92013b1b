"""A JSON body on its way out: tens of megabytes of base64 where a tip has files, so copies are counted."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from connector.plugin_api.http.pace import Pace

_PIECE = 64 * 1024


class JsonBody:
    """`value` as JSON bytes, sent in pieces under a pace.

    Encoded part by part: the whole text never exists as one string beside its bytes. Sent piece by piece,
    because a socket's time-out is for one call: a single call with 60 MB would fail on every slower line.
    """

    def __init__(self, value: Any, grace: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        encoder = json.JSONEncoder(separators=(",", ":"), allow_nan=False)
        self._parts = _gathered(encoder.iterencode(value))
        self._size = sum(map(len, self._parts))
        self._grace = grace
        self._monotonic = monotonic

    def __len__(self) -> int:
        """The size in bytes, for the Content-Length."""
        return self._size

    def __iter__(self) -> Iterator[memoryview]:
        """The pieces in order. Raises TimeoutError where the other side takes them too slowly."""
        pace = Pace(self._grace, self._monotonic)
        for part in self._parts:
            view = memoryview(part)
            for start in range(0, len(view), _PIECE):
                pace.check()
                piece = view[start : start + _PIECE]
                yield piece
                pace.moved(len(piece))


def _gathered(texts: Iterator[str]) -> list[bytes]:
    """Few parts instead of one for every comma."""
    parts, small = [], bytearray()
    for text in texts:
        if len(text) < _PIECE:
            small += text.encode("ascii")
            if len(small) < _PIECE:
                continue
            parts.append(bytes(small))
            small.clear()
        else:
            parts += [bytes(small), text.encode("ascii")]
            small.clear()
    return [part for part in (*parts, bytes(small)) if part]
