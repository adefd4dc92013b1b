"""Whether this node's clock can be trusted: compared once a minute with the database's, where it has one."""

from collections.abc import Callable
from datetime import datetime, timedelta

from connector.clock import Clock
from connector.errors import StoreUnavailable
from connector.services.alarms import Alarms

CLOCK_OFF = "clock-off"
TOLERATED = timedelta(seconds=2)
EVERY = timedelta(seconds=60)


class ClockCheck:
    """Says whether this node may claim anything. A node whose clock is off calls nobody, too early or too late."""

    def __init__(
        self, *, read: Callable[[], datetime | None], clock: Clock, alarms: Alarms, process: str
    ) -> None:
        """`read` is the database's time; None where there is nothing to compare with."""
        self._read = read
        self._clock = clock
        self._alarms = alarms
        self._process = process
        self._next: datetime | None = None
        self._is_right = True

    def is_right(self) -> bool:
        """Whether the clock was right when it was last compared. Until it could be compared, it is not known: False."""
        now = self._clock.now()
        # A clock that was set back must be compared at once, not when it has caught up.
        if self._next is None or now >= self._next or now < self._next - EVERY:
            self._compare(now)
        return self._is_right

    def _compare(self, now: datetime) -> None:
        try:
            other = self._read()
        except StoreUnavailable:
            return
        was_right, self._is_right = (
            self._is_right,
            other is None or abs(other - self._clock.now()) <= TOLERATED,
        )
        self._next = now + EVERY if self._is_right else now + TOLERATED
        if not self._is_right:
            self._alarms.open(CLOCK_OFF, self._process)
        elif not was_right:
            self._alarms.close(CLOCK_OFF, self._process)
