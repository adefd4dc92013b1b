"""What can go wrong with a helpdesk, switched on for practice. Hits only the connector's calls, never the staff pages."""

import threading
from dataclasses import dataclass

KINDS = {
    "slow": "answers take a few seconds",
    "error_500": "every call fails with an internal error",
    "commit_then_hang": "changes are carried out, and then no answer comes",
    "lose_webhooks": "nobody is told of changes",
    "rate_limit": "every call is told to come back later",
    "maintenance": "every call is told that maintenance is going on",
}


@dataclass
class Fault:
    """`left` calls are still hit, None until it is switched off; `seconds` is how slow, or how much later."""

    left: int | None
    seconds: float


class Faults:
    """Which faults are on."""

    def __init__(self) -> None:
        self._on: dict[str, Fault] = {}
        self._lock = threading.Lock()

    def switch(self, kind: str, *, on: bool, count: int | None = None, seconds: float = 5.0) -> None:
        """Switch a fault on, for the next `count` calls or until it is switched off."""
        with self._lock:
            if on:
                self._on[kind] = Fault(count, seconds)
            else:
                self._on.pop(kind, None)

    def strikes(self, kind: str) -> float | None:
        """Whether this call is hit: the fault's seconds, or None. Uses up one of its strikes."""
        with self._lock:
            fault = self._on.get(kind)
            if fault is None:
                return None
            if fault.left is not None:
                fault.left -= 1
                if fault.left <= 0:
                    del self._on[kind]
            return fault.seconds

    def shown(self) -> dict[str, dict[str, float | int | None]]:
        """All that are on."""
        with self._lock:
            return {kind: {"count": fault.left, "seconds": fault.seconds} for kind, fault in self._on.items()}
