"""What can go wrong with a helpdesk, switched on for practice. Hits only the connector's calls, never the staff pages."""

import threading

KINDS = {
    "slow": "answers take a few seconds",
    "error_500": "every call fails with an internal error",
    "commit_then_hang": "changes are carried out, and then no answer comes",
    "lose_webhooks": "nobody is told of changes",
    "rate_limit": "every call is told to come back later",
    "maintenance": "every call is told that maintenance is going on",
}


class Faults:
    """Which faults are on: for each, how many calls it still hits (None: all) and its seconds."""

    def __init__(self) -> None:
        self._on: dict[str, tuple[int | None, float]] = {}
        self._lock = threading.Lock()

    def switch(self, kind: str, on: bool, count: int | None = None, seconds: float = 5.0) -> None:
        """Switch a fault on, for the next `count` calls or until it is switched off."""
        with self._lock:
            self._on.pop(kind, None)
            if on:
                self._on[kind] = (count, seconds)

    def strikes(self, kind: str) -> float | None:
        """Whether this call is hit: the fault's seconds, or None. Uses up one of its strikes."""
        with self._lock:
            if kind not in self._on:
                return None
            left, seconds = self._on.pop(kind)
            if left is None or left > 1:
                self._on[kind] = (left and left - 1, seconds)
            return seconds

    def shown(self) -> dict[str, dict[str, float | int | None]]:
        """All that are on."""
        with self._lock:
            return {kind: {"count": left, "seconds": seconds} for kind, (left, seconds) in self._on.items()}
