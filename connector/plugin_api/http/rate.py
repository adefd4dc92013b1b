"""Not more requests a second than the helpdesk bears."""

import threading
from collections.abc import Callable


class TokenBucket:
    """Lets `per_second` requests through a second, all threads together; a second's worth may go at once.

    Each caller is given its own moment under the lock and waits for it outside, so callers go in the order
    they came and none can starve. `monotonic` and `wait` count in seconds and are handed in.
    """

    def __init__(
        self, per_second: float | None, *, monotonic: Callable[[], float], wait: Callable[[float], None]
    ) -> None:
        if per_second is not None and per_second <= 0:
            raise ValueError("a rate must be more than nought requests a second")
        self._interval = 0.0 if per_second is None else 1.0 / per_second
        self._burst = 0.0 if per_second is None else max(1.0, per_second) * self._interval
        self._monotonic = monotonic
        self._wait = wait
        self._lock = threading.Lock()
        self._booked_to = float("-inf")

    def take(self) -> None:
        """Wait until a request may go. Returns at once where there is no limit."""
        if not self._interval:
            return
        with self._lock:
            now = self._monotonic()
            self._booked_to = max(self._booked_to, now - self._burst) + self._interval
            due_in = self._booked_to - now
        if due_in > 0:
            self._wait(due_in)
