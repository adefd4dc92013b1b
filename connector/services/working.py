"""The worker half: what is to be done at which interval. Something outside only calls it (see escalation.scheduler)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from connector.clock import Clock
from connector.log import Log
from connector.services.crew import Crew
from connector.services.delivery import Delivery
from connector.services.finishing import Finishing
from connector.services.helpdesk import Helpdesks
from connector.services.holding import Holding
from connector.services.polling import Polling
from connector.services.retaining import Retaining
from connector.services.submissions import Submissions
from connector.store import Store
from connector.store.heartbeats import Heartbeat
from connector.store.outbox_rows import lease_length

READERS = 4
"""Tickets of one helpdesk that are read at once."""

CLEANERS = 2
"""Postponed files that one worker cleans at once."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to be called again and again. Calls never overlap and never raise."""

    name: str
    every: timedelta
    call: Callable[[], object]


class Working:
    """One worker process. Any number may share a database."""

    def __init__(
        self,
        *,
        process: str,
        store: Store,
        clock: Clock,
        log: Log,
        helpdesks: Helpdesks,
        delivery: Delivery,
        polling: Polling,
        submissions: Submissions,
        retaining: Retaining,
        holding: Holding,
        finishing: Finishing,
    ) -> None:
        self._process = process
        self._store = store
        self._clock = clock
        self._helpdesks = helpdesks
        self._delivery = delivery
        self._polling = polling
        self._submissions = submissions
        self._retaining = retaining
        self._holding = holding
        self._log = log
        hands = sum(helpdesk.concurrency + READERS + 1 for helpdesk in helpdesks.values()) + CLEANERS
        self._executor = ThreadPoolExecutor(max_workers=hands, thread_name_prefix="worker")
        self._senders = [self._crew_of_senders(name, log) for name in helpdesks]
        self._readers = [self._crew_of_readers(name, log) for name in helpdesks]
        self._cleaners = [Crew(CLEANERS, finishing.finish_one, finishing.waiting, self._executor, log)]
        self._pollers = [self._crew_of_one_poller(name, log) for name in helpdesks]

    def ticks(self) -> list[Tick]:
        """What the scheduler is to call."""
        lease = min(
            (lease_length(known.timeout) for known in self._helpdesks.values()), default=timedelta(minutes=1)
        )
        return [
            Tick("deliver", timedelta(milliseconds=200), lambda: _wake(self._senders)),
            Tick("read", timedelta(milliseconds=200), lambda: _wake(self._readers)),
            Tick("poll", timedelta(milliseconds=500), lambda: _wake(self._pollers)),
            Tick("clean", timedelta(seconds=1), lambda: _wake(self._cleaners)),
            Tick("renew", lease / 3, self._delivery.renew_leases),
            Tick("beat", timedelta(seconds=5), self.beat),
            Tick("tidy", timedelta(minutes=10), self._submissions.forget_expired),
            Tick("let-go", timedelta(hours=1), self._holding.forget),
            Tick("retain", timedelta(hours=1), self.retain),
        ]

    def begin(self) -> None:
        """Make the helpdesks known to the database and give the first sign of life."""
        with self._store.write() as tx:
            for name in self._helpdesks:
                tx.helpdesks.ensure(name)
        self.beat()

    def retain(self) -> None:
        """Take away what has reached its age."""
        purged = self._retaining.purge()
        for kind in ("identities", "mailboxes", "orphans"):
            count = getattr(purged, kind)
            if count:
                self._log.info("purged", kind=kind, count=count)

    def beat(self) -> None:
        """A sign of life, by which `/watchz` tells a dead worker."""
        with self._store.write() as tx:
            tx.heartbeats.beat(Heartbeat(self._process, "worker", self._clock.now()))

    def end(self) -> None:
        """Finish what is being sent, start nothing new, and say goodbye."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        with self._store.write() as tx:
            tx.heartbeats.leave(self._process)

    def _crew_of_senders(self, name: str, log: Log) -> Crew:
        return Crew(
            self._helpdesks[name].concurrency,
            lambda: self._delivery.deliver_one(name),
            lambda: self._delivery.owed(name),
            self._executor,
            log,
        )

    def _crew_of_readers(self, name: str, log: Log) -> Crew:
        return Crew(
            READERS,
            lambda: self._polling.read_one(name),
            lambda: self._polling.waiting(name),
            self._executor,
            log,
        )

    def _crew_of_one_poller(self, name: str, log: Log) -> Crew:
        return Crew(1, lambda: self._polling.poll(name), lambda: self._polling.due(name), self._executor, log)


def _wake(crews: list[Crew]) -> None:
    for crew in crews:
        crew.wake()
