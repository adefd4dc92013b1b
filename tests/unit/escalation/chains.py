"""The chain of these tests: principal, deputy, security, then the police desk; a school in Denver; a hand for situations."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from connector.domain.chain import AgencyContact, LiveRoster, PoliceRules, Policy, StaffContact, Step, Via
from connector.domain.escalating import (
    Attempt,
    Escalation,
    Evidence,
    EvidenceKind,
    Outcome,
    Progress,
    Purpose,
    State,
)
from connector.domain.urgency import Urgency
from escalation.planner import decide
from escalation.situation import Decision, Situation
from escalation.weekday_hours import WeekdayHours

DENVER = ZoneInfo("America/Denver")
SATURDAY_NIGHT = datetime(2026, 11, 28, 2, tzinfo=DENVER).astimezone(UTC)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
EVERYTHING = frozenset(Via)

ROSTER = LiveRoster(
    {
        "principal": StaffContact("principal", "A. Principal", "+15055550101", "principal@example.org"),
        "deputy": StaffContact("deputy", "B. Deputy", "+15055550102"),
        "security": StaffContact("security", "C. Security", "+15055550103", "security@example.org"),
    },
    {
        "police-desk": AgencyContact(
            "police-desk",
            "Dispatch",
            "+15055550111",
            "desk@pd.example.org",
            "Los Lunas PD",
            "MoU 2026-03",
            date(2026, 10, 1),
        )
    },
)
BOTH = (Via.VOICE, Via.SMS)
POLICY = Policy(
    "standard",
    (
        Step("principal", BOTH),
        Step("deputy", BOTH),
        Step("security", (Via.VOICE, Via.SMS, Via.EMAIL)),
        Step("police-desk", (Via.VOICE, Via.EMAIL), police=True),
    ),
)


def wanted(urgency: Urgency = Urgency.EMERGENCY, at: datetime = SATURDAY_NIGHT) -> Escalation:
    return Escalation("esc", "case", "north", urgency, at, due_at=at)


class Course:
    """One escalation in memory: what is planned is accepted (unless told otherwise), time is what a test says."""

    def __init__(self, escalation: Escalation | None = None, **situation: Any) -> None:
        escalation = escalation or wanted()
        self.now = escalation.wanted_at
        fields = {"policy": POLICY, "rules": PoliceRules(), "roster": ROSTER, "hours": WeekdayHours(DENVER)}
        self.situation = Situation(escalation, usable=EVERYTHING, **{**fields, **situation})
        self.log: list[tuple[datetime, Decision]] = []
        self.accepting = True
        self.outcome: Outcome | None = Outcome.NO_ANSWER

    @property
    def it(self) -> Escalation:
        return self.situation.escalation

    def decide(self, *seen: Evidence) -> Decision:
        """Ask the planner now."""
        self.situation = replace(self.situation, evidence=seen)
        decision = decide(self.situation, self.now)
        self.log.append((self.now, decision))
        attempts = [self._dropped(a, decision.cancelled) for a in self.situation.attempts]
        attempts += [self._made(decision, number) for number in range(len(decision.planned))]
        self.situation = replace(
            self.situation, escalation=decision.after, attempts=tuple(attempts), evidence=()
        )
        if decision.planned and self.accepting and self.it.due_at is not None:
            self.situation = replace(self.situation, escalation=replace(self.it, due_at=self.now))
        return decision

    def run(self, until: datetime | None = None, most: int = 200) -> None:
        """Follow every deadline up to a moment, or to the end of the chain."""
        for _ in range(most):
            due = self.it.due_at
            if due is None or (until is not None and due > until) or self._at_the_end(until):
                break
            self.now = max(self.now, due)
            self.decide()
        if until is not None:
            self.now = until

    def _at_the_end(self, until: datetime | None) -> bool:
        return until is None and self.it.state is State.EXHAUSTED

    def told(self, *purposes: Purpose) -> list[tuple[float, str, str]]:
        """Minutes since the start, whom, by what."""
        return [
            ((at - self.it.wanted_at) / MINUTE, planned.contact, planned.via.value)
            for at, decision in self.log
            for planned in decision.planned
            if planned.purpose in (purposes or (Purpose.STEP, Purpose.POLICE))
        ]

    def called(self) -> list[str]:
        """The contacts that steps have reached, in order."""
        return list(dict.fromkeys(contact for _, contact, _ in self.told()))

    def notes(self) -> str:
        return "\n".join(note for _, decision in self.log for note in decision.notes)

    def alarms(self) -> set[tuple[str, str | None]]:
        return {alarm for _, decision in self.log for alarm in decision.raised}

    def end(self, outcome: Outcome, contacts: Iterable[str] | None = None, via: Via = Via.VOICE) -> None:
        """The provider tells the end of calls."""

        def ended(attempt: Attempt) -> Attempt:
            if attempt.via is not via or (contacts is not None and attempt.contact not in contacts):
                return attempt
            if attempt.progress is Progress.ENDED:
                return attempt
            return replace(attempt, progress=Progress.ENDED, outcome=outcome, ended_at=self.now)

        attempts = tuple(ended(attempt) for attempt in self.situation.attempts)
        self.situation = replace(
            self.situation, attempts=attempts, escalation=replace(self.it, due_at=self.now)
        )

    def _dropped(self, attempt: Attempt, cancelled: tuple[str, ...]) -> Attempt:
        if attempt.attempt_id not in cancelled:
            return attempt
        return replace(attempt, progress=Progress.ENDED, outcome=Outcome.CANCELLED, ended_at=self.now)

    def _made(self, decision: Decision, number: int) -> Attempt:
        planned = decision.planned[number]
        accepted = {"sends": 1, "sent_at": self.now, "accepted_at": self.now, "progress": Progress.ACCEPTED}
        if self.outcome is not None:
            outcome = self.outcome if planned.via is Via.VOICE else Outcome.SENT
            accepted |= {"progress": Progress.ENDED, "outcome": outcome, "ended_at": self.now}
        fields: dict[str, Any] = accepted if self.accepting else {}
        return Attempt(
            f"a{len(self.situation.attempts) + number}",
            "esc",
            "case",
            planned.entry,
            planned.step,
            planned.contact,
            planned.via,
            planned.purpose,
            planned.tried,
            self.now,
            planned.expires_at,
            planned.to,
            **fields,
        )


def seen(kind: EvidenceKind, contact: str | None = None, urgency: Urgency | None = None) -> Evidence:
    return Evidence("case", kind, f"{kind.value}/{contact}", SATURDAY_NIGHT, contact, urgency, 1)
