"""The plugins' memory, in the database."""

from collections.abc import Callable
from datetime import timedelta

from connector.clock import Clock
from connector.plugin_api import TemporaryFailure
from connector.store import Store

_CREATION = timedelta(minutes=2)
"""How long one process may take to create a value before another may try."""


class StoreMemo:
    """`connector.plugin_api.Memo` for one helpdesk."""

    def __init__(self, store: Store, clock: Clock, helpdesk: str) -> None:
        self._store = store
        self._clock = clock
        self._helpdesk = helpdesk

    def once(self, key: str, create: Callable[[], str]) -> str:
        """The remembered value; where there is none, created by one process at a time.

        Raises TemporaryFailure while another one is creating it, and whatever `create` raises (then nothing is
        remembered, and the next caller may try).
        """
        with self._store.read() as tx:
            value = tx.memos.get(self._helpdesk, key)
        if value is not None:
            return value
        now = self._clock.now()
        with self._store.write() as tx:
            mine = tx.memos.claim(self._helpdesk, key, now, now + _CREATION)
            value = tx.memos.get(self._helpdesk, key)
        if value is not None:
            return value
        if not mine:
            raise TemporaryFailure(f"another process is just creating the {key}", retry_after=2.0)
        try:
            value = create()
        except BaseException:
            self.forget(key)
            raise
        with self._store.write() as tx:
            tx.memos.put(self._helpdesk, key, value)
        return value

    def forget(self, key: str) -> None:
        """Remove a value that has turned out wrong."""
        with self._store.write() as tx:
            tx.memos.forget(self._helpdesk, key)
