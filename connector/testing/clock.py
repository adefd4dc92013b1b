"""A clock that stands still until a test moves it."""

import threading
from datetime import UTC, datetime, timedelta


class FakeClock:
    """A `connector.clock.Clock` for tests. Several threads may read and move it at once."""

    def __init__(self, start: datetime) -> None:
        """Begin at `start`, which must be aware; it is kept in UTC. Raises ValueError for a naive time."""
        if start.tzinfo is None:
            raise ValueError(
                "a clock starts at an aware time, for example datetime(2026, 3, 2, 8, tzinfo=UTC)"
            )
        self._now = start.astimezone(UTC)
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """The moment at which the clock stands, aware, in UTC."""
        with self._lock:
            return self._now

    def advance(self, by: timedelta) -> datetime:
        """Move the clock forward and return the new time. Raises ValueError for a step back."""
        if by < timedelta(0):
            raise ValueError("time does not run backwards")
        with self._lock:
            self._now += by
            return self._now
