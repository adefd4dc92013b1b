"""An upper limit on how long an exchange may take, however slowly the bytes trickle.

A socket's time-out starts anew with every byte, so a server that sends one byte every twenty seconds would
hold a worker for ever. A pace is kept over all bytes together instead.
"""

import io
import time
from collections.abc import Callable
from typing import Any

SLOWEST = 64 * 1024
"""Bytes a second. Below what the slowest school line does, far above what a trickle does."""


class Pace:
    """An allowance that grows with the bytes moved: `grace` seconds, and one for every SLOWEST bytes."""

    def __init__(self, grace: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._grace = grace
        self._monotonic = monotonic
        self._started = monotonic()
        self._moved = 0

    def moved(self, count: int) -> None:
        """Note that so many bytes have gone or come."""
        self._moved += count

    def check(self) -> None:
        """Raise TimeoutError where the allowance is used up. Every HTTP library below us knows that error."""
        if self._monotonic() - self._started > self._grace + self._moved / SLOWEST:
            raise TimeoutError("slower than the slowest pace allowed")


class PacedReader(io.RawIOBase):
    """A raw stream read under a pace. Each single read is still bounded by the socket's own time-out."""

    def __init__(self, raw: io.RawIOBase, pace: Pace) -> None:
        super().__init__()
        self._raw = raw
        self._pace = pace

    def readable(self) -> bool:
        """True: this is a stream to read from."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read into `buffer`. Raises TimeoutError where the stream is too slow as a whole."""
        self._pace.check()
        count: int | None = self._raw.readinto(buffer)
        self._pace.moved(count or 0)
        return count

    def close(self) -> None:
        """Close the stream below as well."""
        if not self.closed:
            self._raw.close()
        super().close()
