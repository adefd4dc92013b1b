"""A log for tests, which keeps what was said."""

from collections.abc import Mapping
from typing import Any

from connector.clock import Clock, SystemClock
from connector.log.writing import Log, log_into


class LogCapture:
    """Hands out `log` and keeps its events in `events`, oldest first, as they would have been written.

    Strict by default: a field that may not be logged fails the test that passes it.
    """

    def __init__(self, clock: Clock | None = None, *, strict: bool = True) -> None:
        self.events: list[Mapping[str, Any]] = []
        self.log: Log = log_into(self, clock or SystemClock(), strict=strict, level="debug")

    def take(self, event: Mapping[str, Any]) -> None:
        """Keep one event."""
        self.events.append(dict(event))

    def named(self, event: str) -> list[Mapping[str, Any]]:
        """The events of this name."""
        return [kept for kept in self.events if kept["event"] == event]

    @property
    def errors(self) -> list[Mapping[str, Any]]:
        """The events at level error."""
        return [kept for kept in self.events if kept["level"] == "error"]
