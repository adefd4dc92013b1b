"""Time as an argument: everything that needs the hour is handed a clock."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """The one source of time for decisions."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)
