"""What comes out of a replay, and the clock that it runs by."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Played:
    """What the fake answered."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """A webhook delivery of the fake's, built when its worker ran."""

    trigger: str
    headers: dict[str, str]
    body: bytes


class TickingClock:
    """Moves on a little whenever it is read, as on a real machine: no two changes share a time."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 22, 1, 45, 3, tzinfo=UTC)

    def not_before(self, moment: datetime) -> None:
        """Jump ahead to `moment`, unless it is past already."""
        self._now = max(self._now, moment)

    def __call__(self) -> datetime:
        """The time, 7 ms later than last time."""
        self._now += timedelta(milliseconds=7)
        return self._now
