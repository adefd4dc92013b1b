"""One node's part in escalation: the tick wakes hands that decide and hands that send. Any number of nodes may run."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from connector.clock import Clock
from connector.errors import StoreUnavailable
from connector.log import Log
from connector.services.crew import Crew
from connector.services.working import Tick
from connector.store import Store
from connector.store.heartbeats import Heartbeat
from escalation.clock_check import ClockCheck
from escalation.deciding import Deciding
from escalation.sending import Sending
from escalation.telling import Telling

DECIDERS, SENDERS = 2, 8
BEAT_EVERY = timedelta(seconds=5)
TELL_EVERY = timedelta(seconds=5)


class Engine:
    """The tick and its hands. It decides nothing itself."""

    def __init__(
        self,
        *,
        process: str,
        store: Store,
        clock: Clock,
        log: Log,
        deciding: Deciding,
        sending: Sending,
        telling: Telling,
        clock_check: ClockCheck,
        tick: timedelta,
    ) -> None:
        self._process = process
        self._store = store
        self._clock = clock
        self._log = log
        self._deciding = deciding
        self._sending = sending
        self._telling = telling
        self._clock_check = clock_check
        self._tick = tick
        self._beaten: datetime | None = None
        self._executor = ThreadPoolExecutor(DECIDERS + SENDERS, thread_name_prefix="escalation")
        self._deciders = Crew(DECIDERS, self._decide, deciding.due, self._executor, log)
        self._senders = Crew(SENDERS, self._send, sending.due, self._executor, log)

    def ticks(self) -> list[Tick]:
        """What the scheduler is to call."""
        return [
            Tick("escalate", self._tick, self.tick),
            Tick("tell", TELL_EVERY, self._telling.tell),
        ]

    def tick(self) -> None:
        """See to what is due. Returns at once; the work is done by the hands."""
        try:
            if not self._clock_check.is_right():
                return
            self._beat()
        except StoreUnavailable as error:
            self._log.warning("store_unavailable", error=type(error).__name__)
            return
        self._deciders.wake()
        self._senders.wake()

    def settle(self) -> int:
        """Do all that is due in the caller's thread; how much that was. For tests and for one-off commands."""
        if not self._clock_check.is_right():
            return 0
        done = 0
        while self._deciding.decide_one() or self._sending.send_one():
            done += 1
        return done

    def end(self) -> None:
        """Finish what is being sent, begin nothing new, and say goodbye."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        with self._store.write() as tx:
            tx.heartbeats.leave(self._process)

    def _decide(self) -> bool:
        done = self._deciding.decide_one()
        if done:
            # What was decided may be due at once; nobody waits for the next tick.
            self._senders.wake()
        return done

    def _send(self) -> bool:
        done = self._sending.send_one()
        if done:
            self._deciders.wake()
        return done

    def _beat(self) -> None:
        """A sign of life, by which `/watchz` tells that nobody ticks."""
        now = self._clock.now()
        if self._beaten is not None and self._beaten <= now < self._beaten + BEAT_EVERY:
            return
        with self._store.write() as tx:
            tx.heartbeats.beat(Heartbeat(self._process, "engine", now))
        self._beaten = now
