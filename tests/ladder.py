"""A whole service with a contact chain, phones in memory and a clock that runs from deadline to deadline."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from connector.domain.chain import Via
from connector.domain.escalating import Attempt, Escalation, How, State
from escalation.acknowledging import Acknowledging
from tests.harness import Harness
from tests.reporter import Reporter
from tests.telephone import Exchange, Request

PRINCIPAL, DEPUTY, SECURITY, POLICE = (f"+150555501{number}" for number in ("01", "02", "03", "11"))

CHAIN: dict[str, Any] = {
    "contacts": {
        "principal": {"name": "A. Principal", "phone": PRINCIPAL, "email": "principal@example.org"},
        "deputy": {"name": "B. Deputy", "phone": DEPUTY},
        "security": {"name": "C. Security", "phone": SECURITY, "email": "security@example.org"},
        "police-desk": {
            "name": "Dispatch",
            "role": "law-enforcement",
            "phone": POLICE,
            "email": "desk@pd.example.org",
            "agency": "Los Lunas PD",
            "agreement": "MoU",
            "verified": "2026-10-01",
        },
    },
    "channels": {
        "twilio": {"account_sid": "AC1", "auth_token": "not-a-real-token", "from": "+15055550100"},
        "email": {"host": "127.0.0.1", "from": "tips@example.org"},
    },
}
STEPS: list[dict[str, Any]] = [
    {"contact": "principal", "via": ["voice", "sms"], "wait": "5m"},
    {"contact": "deputy", "via": ["voice", "sms"], "wait": "5m"},
    {"contact": "security", "via": ["voice", "sms", "email"], "wait": "5m"},
    {"contact": "police-desk", "via": ["voice", "email"]},
]


def sections(steps: list[dict[str, Any]] | None = None, **policy: Any) -> dict[str, Any]:
    """The config's sections for a school with this chain."""
    return {
        **CHAIN,
        "escalation": {"policies": {"standard": {"steps": steps or STEPS, **policy}}},
        "schools": {
            "north-high": {
                "name": "North High School",
                "helpdesk": "desk",
                "timezone": "America/Denver",
                "escalation": "standard",
            }
        },
    }


@dataclass
class Ladder:
    """The service, its phones, and time."""

    harness: Harness
    exchange: Exchange

    def __post_init__(self) -> None:
        self.exchange.report = self.harness.app.escalation.results.report
        self.began = self.now

    @property
    def now(self) -> datetime:
        """The hour."""
        return self.harness.clock.now()

    @property
    def acknowledging(self) -> Acknowledging:
        """The door for contacts."""
        return self.harness.app.escalation.acknowledging

    def tip(self, category: str = "weapon", text: str | None = None, **fields: Any) -> Reporter:
        """A reporter sends a tip."""
        reporter = self.harness.reporter()
        reporter.send(text, category=category, **fields)
        return reporter

    def settle(self) -> None:
        """Everything that is due now."""
        self.harness.app.escalation.engine.settle()

    def run(self, **by: float) -> None:
        """Let time go by, from one deadline to the next."""
        until = self.now + timedelta(**by)
        while True:
            self.settle()
            moment = self._next()
            if moment is None or moment > until:
                break
            self._to(moment)
            self.exchange.fire()
        self._to(until)
        self.settle()

    def outage(self, **by: float) -> None:
        """Time goes by and nobody works; the phones go on."""
        self._to(self.now + timedelta(**by))
        self.exchange.fire()

    def _to(self, moment: datetime) -> None:
        self.harness.clock.advance(max(moment - self.now, timedelta(0)))

    def _next(self) -> datetime | None:
        with self.harness.app.store.read() as tx:
            moments = [tx.escalations.oldest_due(), tx.attempts.oldest_due(), self.exchange.next_event()]
        return min((moment for moment in moments if moment is not None), default=None)

    def calls(self) -> list[tuple[float, str]]:
        """Minutes since the beginning, and the number, of every call that a provider accepted."""
        return [
            (round((request.at - self.began) / timedelta(minutes=1), 2), request.notification.to)
            for request in self.exchange.sent(Via.VOICE)
        ]

    def called(self) -> list[str]:
        """The numbers that were called, in order."""
        return [number for _, number in self.calls()]

    def request_to(self, to: str, via: Via = Via.VOICE) -> Request:
        """The last notification to a number or address."""
        return next(request for request in reversed(self.exchange.sent(via)) if request.notification.to == to)

    def press_one(self, attempt_id: str) -> None:
        """The contact on the phone takes all that is offered."""
        for offer in self.acknowledging.offers(attempt_id):
            self.acknowledging.take(offer.attempt_id, How.KEY)

    def escalation(self, reporter: Reporter) -> Escalation:
        """The last episode of a reporter's case."""
        with self.harness.app.store.read() as tx:
            case = next(case for case in [tx.cases.by_number(reporter.case)] if case is not None)  # type: ignore[arg-type]
            found = tx.escalations.latest_of(case.case_id)
        assert found is not None
        return found

    def state(self, reporter: Reporter) -> State:
        """Where it stands."""
        return self.escalation(reporter).state

    def attempts(self, reporter: Reporter) -> tuple[Attempt, ...]:
        """All attempts of the last episode."""
        with self.harness.app.store.read() as tx:
            return tx.attempts.of_escalation(self.escalation(reporter).escalation_id)

    def notes(self, reporter: Reporter) -> list[str]:
        """What escalation has written into the ticket, in order."""
        self.harness.deliver()
        ticket = self.harness.staff.look(self.harness.ticket_of(reporter))
        return [article.text for article in ticket.articles if article.text.startswith("Escalation")]

    def check(self) -> None:
        """What must never be, whatever happened."""
        assert self.exchange.twice_at_once == []
