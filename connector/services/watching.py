"""What is wrong now, read from the database, so that a dead worker shows too."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from connector.clock import Clock
from connector.services.helpdesk import Helpdesk
from connector.store import Store
from connector.store.heartbeats import Heartbeat

NO_WORKER = timedelta(seconds=30)
"""Without a worker's sign of life for so long, nothing is being delivered."""
NO_TICK = timedelta(seconds=30)
"""Without a tick for so long, nobody is called."""
OVERDUE_TIMER = timedelta(seconds=60)
"""A decision or a notification that is so long overdue is nobody's any more."""
OVERDUE = timedelta(minutes=15)
"""A tip that has waited so long for its helpdesk is a problem, whatever the reason."""
FORGOTTEN = timedelta(hours=1)
"""A process that has been silent for so long has been taken down on purpose."""


@dataclass(frozen=True, slots=True)
class Problem:
    """`problem` is a stable id with its subject, `since` when it began."""

    problem: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers for metrics: no content, no identity."""

    outbox: Mapping[tuple[str, str], int] = field(default_factory=dict)
    oldest: Mapping[str, float] = field(default_factory=dict)
    hints: int = 0
    cases: int = 0
    heartbeat_age: Mapping[tuple[str, str], float] = field(default_factory=dict)
    alarms: Mapping[str, int] = field(default_factory=dict)


class Watching:
    """Looks at the database and says what is wrong."""

    def __init__(
        self, store: Store, clock: Clock, helpdesks: Mapping[str, Helpdesk], *, escalates: bool = False
    ) -> None:
        """`escalates` says that some school has a contact chain, so that somebody must be ticking."""
        self._store = store
        self._clock = clock
        self._helpdesks = helpdesks
        self._escalates = escalates

    def can_store(self) -> bool:
        """Whether this process can record a tip now: the write lock can be had and a row can be written."""
        with self._store.write() as tx:
            tx.heartbeats.beat(Heartbeat("readiness", "probe", self._clock.now()))
        return True

    def problems(self) -> list[Problem]:
        """Everything that is wrong, oldest first."""
        now = self._clock.now()
        with self._store.read() as tx:
            found = [Problem(f"{alarm.alarm} {alarm.subject}", alarm.since) for alarm in tx.alarms.all_open()]
            every = tx.heartbeats.all()
            beats = [beat for beat in every if beat.kind == "worker"]
            oldest = tx.outbox.oldest_owed()
            timers = {"decision": tx.escalations.oldest_due(), "notification": tx.attempts.oldest_due()}
        ticks = [beat.at for beat in every if beat.kind == "engine"]
        if self._escalates and all(now - at >= NO_TICK for at in ticks):
            found.append(Problem("no-tick", max(ticks, default=now)))
        found += [
            Problem(f"overdue-{what}", due)
            for what, due in timers.items()
            if due is not None and now - due > OVERDUE_TIMER
        ]
        alive = [beat for beat in beats if now - beat.at < NO_WORKER]
        if not alive:
            found.append(Problem("no-worker", max((beat.at for beat in beats), default=now)))
        found += [
            Problem(f"stale-worker {beat.process}", beat.at)
            for beat in beats
            if alive and NO_WORKER <= now - beat.at < FORGOTTEN
        ]
        found += [
            Problem(f"delivery-overdue {helpdesk}", since)
            for helpdesk, since in oldest.items()
            if now - since > OVERDUE
        ]
        return sorted(found, key=lambda problem: problem.since)

    def figures(self) -> Figures:
        """The numbers behind `/metrics`."""
        now = self._clock.now()
        with self._store.read() as tx:
            alarms: dict[str, int] = {}
            for alarm in tx.alarms.all_open():
                alarms[alarm.alarm] = alarms.get(alarm.alarm, 0) + 1
            return Figures(
                outbox=tx.outbox.counts(),
                oldest={
                    name: (now - since).total_seconds() for name, since in tx.outbox.oldest_owed().items()
                },
                hints=tx.hints.count(),
                cases=tx.cases.count(),
                heartbeat_age={
                    (beat.kind, beat.process): (now - beat.at).total_seconds()
                    for beat in tx.heartbeats.all()
                    if beat.kind != "probe"
                },
                alarms=alarms,
            )
