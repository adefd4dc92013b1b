"""Many cases at once, and everything that can go wrong, from a seed: to be judged afterwards by what must never be."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from connector.domain.case import CaseNumber
from connector.domain.chain import (
    AgencyContact,
    LiveRoster,
    PoliceRules,
    Policy,
    PracticeRoster,
    StaffContact,
    Step,
    Via,
)
from connector.domain.escalating import (
    Attempt,
    Escalation,
    Evidence,
    EvidenceKind,
    How,
    Outcome,
    Purpose,
    State,
)
from connector.domain.urgency import Urgency
from connector.log import LogCapture
from connector.services.alarms import Alarms
from connector.services.noting import Noting
from connector.services.owing import Owing
from connector.store import Store, open_store
from connector.store.cases import Case, MailboxRecord
from connector.testing import FakeClock
from connector.vault.key_files import create_key_file
from connector.vault.keyring import ServiceKeys
from escalation.acknowledging import Acknowledging
from escalation.claiming import Claiming
from escalation.deciding import Deciding
from escalation.providers import Providers
from escalation.results import Results
from escalation.sending import Sending
from escalation.setting import SchoolChain, Setting
from escalation.tokens import Tokens
from escalation.weekday_hours import WeekdayHours
from tests.telephone import Exchange, Phone

BEGIN = datetime(2026, 11, 28, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
POLICY = Policy(
    "standard",
    (
        Step("first", (Via.VOICE, Via.SMS), 3 * MINUTE, tries=2, gap=30 * timedelta(seconds=1)),
        Step("second", (Via.VOICE,), 3 * MINUTE),
        Step("third", (Via.VOICE, Via.EMAIL), 3 * MINUTE),
        Step("desk", (Via.VOICE,), 3 * MINUTE, police=True),
    ),
    loop_after=10 * MINUTE,
    max_age=timedelta(hours=4),
)
OUTCOMES = (Outcome.NO_ANSWER, Outcome.BUSY, Outcome.UNCONFIRMED, Outcome.FAILED)


class Killed(BaseException):
    """The process is gone."""


def number(contact: str) -> str:
    return f"+1505555010{('first', 'second', 'third', 'desk').index(contact)}"


ROSTER = LiveRoster(
    {
        name: StaffContact(name, name.title(), number(name), f"{name}@example.org")
        for name in ("first", "second", "third")
    },
    {"desk": AgencyContact("desk", "Dispatch", number("desk"), None, "PD", "MoU", date(2026, 10, 1))},
)


class Node:
    """One process: its own connections, its own hands."""

    def __init__(self, url: str, clock: FakeClock, exchange: Exchange, keys: Path) -> None:
        self.store = open_store(url)
        self.logs = LogCapture(clock)
        log = self.logs.log
        setting = Setting(
            schools={"north": SchoolChain("North", WeekdayHours(ZoneInfo("America/Denver")), POLICY)},
            categories={},
            rules=PoliceRules(),
            practice=PracticeRoster(),
            live=ROSTER,
        )
        tokens = Tokens(b"k" * 32)
        providers = Providers(exchange.channels(), clock)
        self.deciding = Deciding(
            store=self.store,
            clock=clock,
            log=log,
            noting=Noting(Owing(ServiceKeys.load(keys))),
            setting=setting,
            tokens=tokens,
        )
        self.sending = Sending(
            store=self.store,
            clock=clock,
            log=log,
            alarms=Alarms(self.store, clock, log),
            claiming=Claiming(
                store=self.store, clock=clock, setting=setting, providers=providers, tokens=tokens
            ),
            providers=providers,
            fresh=lambda _case: True,
        )
        self.results = Results(self.store, clock)
        self.acknowledging = Acknowledging(
            store=self.store, clock=clock, setting=setting, deciding=self.deciding
        )

    def settle(self) -> None:
        while self.deciding.decide_one() or self.sending.send_one():
            pass


@dataclass
class Simulation:
    """A run. `kills` counts processes that died in or right after a request."""

    url: str
    directory: Path
    seed: int
    cases: int
    clock: FakeClock = field(default_factory=lambda: FakeClock(BEGIN))
    kills: int = 0
    outages: list[tuple[datetime, datetime]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)
        self.exchange = Exchange(self.clock)
        keys = self.directory / "service.key"
        if not keys.exists():
            create_key_file(keys, "service", date(2026, 11, 24))
        self.nodes = [Node(self.url, self.clock, self.exchange, keys) for _ in range(2)]
        self.exchange.report = self._report
        self._prepare()

    @property
    def store(self) -> Store:
        return self.nodes[0].store

    def run(self, length: timedelta) -> None:
        """Let it all happen."""
        ends = self.clock.now() + length
        while self.clock.now() < ends:
            self._settle()
            moment = min([ends, *self._moments()])
            self.clock.advance(max(moment - self.clock.now(), timedelta(0)))
            self.exchange.fire()
        self._settle()

    def close(self) -> None:
        for node in self.nodes:
            node.store.close()

    def escalations(self) -> list[Escalation]:
        with self.store.read() as tx:
            return tx.escalations.open_of([f"c{n}" for n in range(self.cases)])

    def attempts(self, escalation: Escalation) -> tuple[Attempt, ...]:
        with self.store.read() as tx:
            return tx.attempts.of_escalation(escalation.escalation_id)

    def _prepare(self) -> None:
        chance = self.chance
        with self.store.write() as tx:
            for n in range(self.cases):
                at = BEGIN + timedelta(seconds=chance.randrange(1800))
                case = Case(f"c{n}", CaseNumber(f"0000-{n:04d}"), "north", "weapon", Urgency.EMERGENCY, at)
                tx.cases.add(case, MailboxRecord(case.case_id, str(n).encode().ljust(32), b"key"))
                tx.escalations.add([Escalation(f"e{n}", f"c{n}", "north", Urgency.EMERGENCY, at, due_at=at)])
        for n in range(self.cases):
            if chance.random() < 0.5:
                moment = BEGIN + timedelta(seconds=chance.randrange(5400))
                self.exchange.at(moment, partial(self._somebody_writes, n))
        for name in ("first", "second", "third", "desk"):
            self.exchange.phones[number(name)] = self._phone()
        for _ in range(chance.randrange(3)):
            begins = BEGIN + timedelta(seconds=chance.randrange(5400))
            self.outages.append((begins, begins + timedelta(seconds=chance.randrange(5, 900))))

    def _phone(self) -> Phone:
        chance = self.chance
        does = self._take if chance.random() < 0.15 else None
        return Phone(
            chance.choice(OUTCOMES),
            timedelta(seconds=chance.randrange(2, 60)),
            machine=chance.random() < 0.2,
            does=does,
            tells=chance.random() < 0.8,
            doubled=chance.random() < 0.3,
        )

    def _take(self, attempt_id: str) -> None:
        for offer in self.nodes[0].acknowledging.offers(attempt_id):
            self.nodes[0].acknowledging.take(offer.attempt_id, How.KEY)

    def _somebody_writes(self, n: int) -> None:
        now = self.clock.now()
        with self.store.write() as tx:
            tx.evidence.put(Evidence(f"c{n}", EvidenceKind.ARTICLE, f"article/{n}", now), now)

    def _report(self, attempt_id: str, report: Any) -> None:
        self.nodes[self.chance.randrange(2)].results.report(attempt_id, report)

    def _settle(self) -> None:
        if any(begins <= self.clock.now() < ends for begins, ends in self.outages):
            return
        node = self.nodes[self.chance.randrange(2)]
        with self._dangers(node):
            try:
                node.settle()
            except Killed:
                self.kills += 1

    @contextmanager
    def _dangers(self, node: Node) -> Iterator[None]:
        """Sometimes the process dies, before a request, in it, or before it could be recorded; sometimes the provider does."""
        chance = self.chance
        if chance.random() < 0.25:
            self.exchange.faults["twilio"] = [chance.choice(["temporary", "hang", "lose", "misconfigured"])]
        undo: Callable[[], None] = lambda: None  # noqa: E731
        if chance.random() < 0.15:
            undo = self._deadly(node, chance.choice(["_accepted", "_unknown", "_found"]))
        try:
            yield
        finally:
            undo()

    @staticmethod
    def _deadly(node: Node, method: str) -> Callable[[], None]:
        def die(*_: object) -> None:
            raise Killed

        setattr(node.sending, method, die)
        return lambda: delattr(node.sending, method)

    def _moments(self) -> list[datetime]:
        with self.store.read() as tx:
            found = [tx.escalations.oldest_due(), tx.attempts.oldest_due(), self.exchange.next_event()]
        now = self.clock.now()
        known = [moment for moment in found if moment is not None]
        if any(moment <= now for moment in known):
            # Somebody died, or nobody is there: the next tick looks again, or the end of the outage.
            back = [ends for begins, ends in self.outages if begins <= now < ends]
            known.append(max(back, default=now + timedelta(seconds=1)))
        return [moment for moment in known if moment > now]


def judge(simulation: Simulation) -> None:
    """What must never be, whatever happened."""
    exchange = simulation.exchange
    assert exchange.twice_at_once == [], "two live calls to one number"
    times = Counter(request.notification.attempt_id for request in exchange.requests)
    assert [attempt for attempt, count in times.items() if count > 1] == [], "a notification was sent twice"
    for escalation in simulation.escalations():
        _judge_one(simulation, escalation)


def _judge_one(simulation: Simulation, escalation: Escalation) -> None:
    attempts = [a for a in simulation.attempts(escalation) if a.purpose in (Purpose.STEP, Purpose.POLICE)]
    begun: dict[int, tuple[int, datetime]] = {}
    for attempt in attempts:
        begun.setdefault(attempt.entry, (attempt.step or 0, attempt.created_at))
    order = [begun[entry] for entry in sorted(begun)]
    if not order:
        assert escalation.state is State.ACKNOWLEDGED, "nobody was ever told"
        return
    assert order[0][0] == 0
    for (step, at), (following, then) in itertools.pairwise(order):
        # The chain may have gone from its end to its beginning; a reminder is no entry here.
        assert following in {step, (step + 1) % 4, 0}, f"step {step} was followed by {following}"
        if following == step + 1 and not any(at <= ends for _, ends in simulation.outages):
            gate = timedelta(minutes=13) if following == 3 else timedelta(0)
            assert then - at <= 3 * MINUTE + POLICY.step_cap + gate + timedelta(seconds=90)
    if (
        escalation.state is State.ACKNOWLEDGED
        and escalation.acknowledged_at is not None
        and escalation.active
    ):
        late = [
            request
            for request in simulation.exchange.sent(Via.VOICE)
            if request.at > escalation.acknowledged_at
            and request.notification.attempt_id in {attempt.attempt_id for attempt in attempts}
        ]
        assert late == [], "a call after the acknowledgement"
