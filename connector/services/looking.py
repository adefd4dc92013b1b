"""A fresh look at a case's tickets, right before somebody is called about it; it may not take long."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures import TimeoutError as TooSlow
from datetime import timedelta

from connector.clock import Clock
from connector.log import Log
from connector.services.helpdesk import Helpdesk, Helpdesks
from connector.services.reachability import Reachability
from connector.store import Store

LOOK_FOR = timedelta(seconds=2)
"""So long a call waits for the helpdesk. After that it is made: an emergency does not wait for a slow server."""


class Looking:
    """Reads the tickets of one case. Whatever is found is written down as any reading does it."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        log: Log,
        helpdesks: Helpdesks,
        reachability: Reachability,
        read: Callable[[Helpdesk, str], None],
        executor: Executor,
        look_for: timedelta = LOOK_FOR,
    ) -> None:
        self._store = store
        self._clock = clock
        self._log = log
        self._helpdesks = helpdesks
        self._reachability = reachability
        self._read = read
        self._executor = executor
        self._look_for = look_for

    def look(self, case_id: str) -> bool:
        """Read the tickets of a case; False where that did not succeed in time. Raises nothing but StoreUnavailable."""
        now = self._clock.now()
        with self._store.read() as tx:
            places = [
                (self._helpdesks[ticket.helpdesk], ticket.ticket_id)
                for ticket in tx.tickets.of_case(case_id)
                if ticket.ticket_id is not None and not ticket.gone and ticket.helpdesk in self._helpdesks
            ]
            paused = any(self._reachability.paused(tx, desk.helpdesk_id, now) for desk, _ in places)
        if paused or not places:
            return False
        readings = [self._executor.submit(self._read, desk, ticket_id) for desk, ticket_id in places]
        done = [self._done(reading) for reading in readings]
        return all(done)

    def _done(self, reading: "Future[None]") -> bool:
        try:
            reading.result(timeout=self._look_for.total_seconds())
        except TooSlow:
            reading.cancel()
            return False
        except Exception as failure:  # noqa: BLE001  whatever went wrong, the call is made
            self._log.warning("fresh_look_failed", error=type(failure).__name__)
            return False
        return True
