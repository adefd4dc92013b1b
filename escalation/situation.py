"""What the planner is given, what it answers, and the draft in which an answer comes about. Pure."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from connector.domain.chain import AgencyContact, Contact, PoliceRules, Policy, Roster, StandIn, Via
from connector.domain.escalating import ASKS, Attempt, Escalation, Evidence, Progress, Purpose
from escalation.school_time import SchoolTime

EXHAUSTED = "escalation-exhausted"
REVIEW = "escalation-review"
LATE = "escalation-late"
POLICE_UNPROVEN = "police-unproven"
POLICE_HELD = "police-held"
OF_A_CASE = (EXHAUSTED, REVIEW, LATE, POLICE_UNPROVEN, POLICE_HELD)
"""Alarms about one case: over when somebody has it."""
CONTACT_AWAY = "contact-away"
CONTACT_UNREACHABLE = "contact-unreachable"


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that a decision rests on, besides the time.

    `policy` is the one that the chain began with, else the school's present one. `police_begun` is how many police
    steps of all schools have begun within the brake's time. `usable` are the channels that are set up.
    """

    escalation: Escalation
    policy: Policy
    rules: PoliceRules
    roster: Roster
    hours: SchoolTime
    usable: frozenset[Via]
    attempts: tuple[Attempt, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    police_begun: int = 0


@dataclass(frozen=True, slots=True)
class Planned:
    """A notification that is owed now: an attempt to be."""

    entry: int
    step: int | None
    contact: str
    via: Via
    purpose: Purpose
    expires_at: datetime
    to: str = field(repr=False)
    tried: int = 1
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows. `after.due_at` is when to ask again. `cancelled` are attempts that are not wanted any more.

    Alarms are ids; those in OF_A_CASE are about the case, the others carry their contact.
    """

    after: Escalation
    planned: tuple[Planned, ...] = ()
    cancelled: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    raised: tuple[tuple[str, str | None], ...] = ()
    calmed: bool = False


class Draft:
    """A decision in the making."""

    def __init__(self, situation: Situation, now: datetime) -> None:
        self.situation = situation
        self.policy = situation.policy
        self.now = now
        self.it = situation.escalation
        self.asked_for = False
        """Somebody has raised the priority: the chain begins whatever the hour."""
        self._planned: list[Planned] = []
        self._cancelled: list[str] = []
        self._notes: list[str] = []
        self._raised: list[tuple[str, str | None]] = []
        self._calmed = False

    def change(self, **values: Any) -> None:
        """Change the escalation."""
        self.it = replace(self.it, **values)

    def note(self, text: str) -> None:
        """Leave a note in the ticket."""
        self._notes.append(text)

    def alarm(self, alarm: str, contact: str | None = None) -> None:
        """Open an alarm about the case, or about a contact."""
        self._raised.append((alarm, contact))

    def calm(self) -> None:
        """The alarms about this case are over."""
        self._calmed = True

    def plan(
        self,
        contact: Contact,
        via: Via,
        purpose: Purpose,
        lasts: timedelta,
        *,
        tried: int = 1,
        about: str | None = None,
    ) -> None:
        """Owe a notification, if the contact has an address for it. The same one is not owed twice."""
        to = contact.address(via)
        if to is None or self._has(contact.contact_id, via, purpose, tried):
            return
        step = self.it.step if purpose in ASKS else None
        self._planned.append(
            Planned(
                self.it.entry,
                step,
                contact.contact_id,
                via,
                purpose,
                self.now + lasts,
                to,
                tried,
                about,
            )
        )

    def _has(self, contact: str, via: Via, purpose: Purpose, tried: int) -> bool:
        wanted = (self.it.entry, contact, via, purpose, tried)
        known = [(a.entry, a.contact, a.via, a.purpose, a.tried) for a in self.situation.attempts]
        known += [(p.entry, p.contact, p.via, p.purpose, p.tried) for p in self._planned]
        return wanted in known

    def cancel(self, attempt: Attempt) -> None:
        """This attempt is not wanted any more."""
        if attempt.progress < Progress.ENDED and attempt.attempt_id not in self._cancelled:
            self._cancelled.append(attempt.attempt_id)

    def drop_unsent(self) -> None:
        """What has not been sent of the step is not sent any more: it would come too late."""
        for attempt in self.situation.attempts:
            if attempt.progress is Progress.PLANNED and attempt.purpose in ASKS:
                self.cancel(attempt)

    def mine(self) -> list[Attempt]:
        """The attempts of the present step, as begun last."""
        return [a for a in self.situation.attempts if a.entry == self.it.entry and a.purpose in ASKS]

    def find(self, contact_id: str) -> Contact | None:
        """A contact as they are reached now."""
        return self.situation.roster.find(contact_id)

    def name(self, contact_id: str | None) -> str:
        """How a contact is called in notes."""
        contact = None if contact_id is None else self.find(contact_id)
        return contact.name if contact is not None else (contact_id or "somebody in the helpdesk")

    def clock(self, at: datetime) -> str:
        """A moment on the school's clock."""
        return self.situation.hours.local(at).strftime("%Y-%m-%d %H:%M:%S %Z").strip()

    def decision(self, due_at: datetime | None) -> Decision:
        """The answer."""
        return Decision(
            replace(self.it, due_at=due_at),
            tuple(self._planned),
            tuple(self._cancelled),
            tuple(self._notes),
            tuple(dict.fromkeys(self._raised)),
            self._calmed,
        )


def is_police(contact: Contact | None) -> bool:
    """Whether a contact is law enforcement, or plays it."""
    return isinstance(contact, AgencyContact | StandIn)
