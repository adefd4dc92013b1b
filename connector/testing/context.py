"""What a plugin is handed in tests: the real HTTP client, a memo in memory, a log that can be read."""

import threading
from collections.abc import Callable
from typing import Any

from connector.clock import Clock, SystemClock
from connector.plugin_api import PluginContext
from connector.plugin_api.http import HttpClients


class MemoryMemo:
    """A `connector.plugin_api.Memo` that lasts as long as the test."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}
        self._lock = threading.Lock()

    def once(self, key: str, create: Callable[[], str]) -> str:
        """The remembered value; made by `create`, by one thread at a time, where there is none."""
        with self._lock:
            if key not in self._words:
                self._words[key] = create()
            return self._words[key]

    def forget(self, key: str) -> None:
        """Remove a value."""
        with self._lock:
            self._words.pop(key, None)


class KitLog:
    """Keeps what the HTTP client logs: `events` are pairs of the event's name and its fields."""

    def __init__(self) -> None:
        self.events: list[tuple[str, dict[str, Any]]] = []

    def debug(self, event: str, /, **fields: Any) -> None:
        """Keep an event."""
        self.info(event, **fields)

    def info(self, event: str, /, **fields: Any) -> None:
        """Keep an event."""
        self.events.append((event, fields))


def kit_context(
    *, clock: Clock | None = None, log: KitLog | None = None, timeout: float = 10.0, trust_owner: bool = False
) -> PluginContext:
    """A context for one plugin, as the core makes it.

    `timeout` is the HTTP client's read time-out in seconds.
    """
    clock = clock or SystemClock()
    return PluginContext(
        helpdesk="kit",
        clock=clock,
        memo=MemoryMemo(),
        open_http=HttpClients(log or KitLog(), clock=clock).opener(default_timeout=timeout),
        webhook_url="http://127.0.0.1:9/webhooks/kit",
        trust_owner=trust_owner,
    )
