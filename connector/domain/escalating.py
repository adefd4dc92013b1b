"""One case on its way along the contact chain: the states, and what is on record. Rules are in `escalation.planner`."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from connector.domain.chain import Via
from connector.domain.urgency import Urgency


class State(StrEnum):
    """Where an escalation stands. docs/architecture.md draws the ways between them."""

    WANTED = "wanted"
    """Written by intake; nothing has been planned yet."""
    WAITING = "waiting"
    """For the school to open."""
    NOTICED = "noticed"
    """Routine: the first contact was told by mail or text."""
    RUNNING = "running"
    """A step has begun."""
    EXHAUSTED = "exhausted"
    """The last step's time has run out: an alarm, and the chain begins again after a pause."""
    ACKNOWLEDGED = "acknowledged"
    """A person has it."""
    REVIEW = "review"
    """Too old to call anybody without a person's look: an alarm."""
    ENDED = "ended"
    """Closed in the helpdesk, or replaced by a later episode."""


class How(StrEnum):
    """By what somebody acknowledged."""

    ARTICLE = "article"
    STATE = "state"
    OWNER = "owner"
    KEY = "key"
    LINK = "link"
    SMS = "sms"


class EvidenceKind(StrEnum):
    """What was seen to happen to a case. The first six acknowledge."""

    ARTICLE = "article"
    STATE = "state"
    OWNER = "owner"
    KEY = "key"
    LINK = "link"
    SMS = "sms"
    CLOSED = "closed"
    URGENCY = "urgency"
    """The priority was changed; `urgency` is the new one."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that happened to a case, seen once: `key` is unique within the case. `contact` is who did it, if known."""

    case_id: str
    kind: EvidenceKind
    key: str
    at: datetime
    contact: str | None = None
    urgency: Urgency | None = None
    evidence_id: int | None = None


@dataclass(frozen=True, slots=True)
class Escalation:
    """An episode of a case. Everything that decides what is owed next is in here or in its attempts.

    `entry` counts the steps that were begun: a step that starts anew after an outage has a new one. `lap` counts the
    ways through the chain. `plan` is the policy as it was when the chain began (JSON). `chain_from` is when the chain was
    due to begin, from which its age counts. `due_at` is when to look again; None where nothing is owed.
    """

    escalation_id: str
    case_id: str
    school: str
    urgency: Urgency
    wanted_at: datetime
    episode: int = 1
    state: State = State.WANTED
    due_at: datetime | None = None
    version: int = 0
    drill: bool = False
    left_out: tuple[str, ...] = ()
    plan: str | None = field(default=None, repr=False)
    chain_from: datetime | None = None
    entry: int = 0
    lap: int = 0
    step: int | None = None
    began_at: datetime | None = None
    reminding: bool = False
    warned: bool = False
    extra_until: datetime | None = None
    held_since: datetime | None = None
    police_laps: int = 0
    noticed_at: datetime | None = None
    reminded: bool = False
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    acknowledged_how: How | None = None
    active: bool = False
    notes: int = 0


class Purpose(StrEnum):
    """What a notification is about."""

    STEP = "step"
    """Please take this tip."""
    REMINDER = "reminder"
    """You took it; are you still on it?"""
    WARNING = "warning"
    """Law enforcement will be called at a given time."""
    POLICE = "police"
    """Nobody at the school has answered."""
    UPDATE = "update"
    """To law enforcement: the school has responded."""
    INFORM = "inform"
    """Somebody else has taken it."""
    ROUTINE = "routine"
    """A tip without hurry waits in the helpdesk."""


ASKS = (Purpose.STEP, Purpose.REMINDER, Purpose.POLICE)
"""What can be acknowledged by key, link or text, and may be spoken on the phone."""


class Progress(IntEnum):
    """How far an attempt has come. It only ever grows: what arrives late or twice changes nothing."""

    PLANNED = 0
    SENDING = 10
    """The intent is written; the provider is being called, or was when its sender died."""
    ACCEPTED = 20
    """The provider has it. A text or mail may end here."""
    RINGING = 30
    ANSWERED = 40
    ENDED = 90


class Outcome(StrEnum):
    """What came of an attempt that has ended."""

    ACKNOWLEDGED = "acknowledged"
    PASSED_ON = "passed-on"
    UNCONFIRMED = "unconfirmed"
    """Somebody or something answered and nobody pressed a key."""
    MACHINE = "machine"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    DELIVERED = "delivered"
    SENT = "sent"
    """Accepted, and the channel can tell no more."""
    FAILED = "failed"
    """The provider tried and could not."""
    REFUSED = "refused"
    """For good: a wrong number, an opt-out."""
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    """Too old to be sent: decided anew instead."""


FINAL_AT_PROVIDER = frozenset(
    {
        Outcome.ACKNOWLEDGED,
        Outcome.PASSED_ON,
        Outcome.UNCONFIRMED,
        Outcome.MACHINE,
        Outcome.BUSY,
        Outcome.NO_ANSWER,
        Outcome.DELIVERED,
        Outcome.SENT,
        Outcome.FAILED,
        Outcome.REFUSED,
    }
)
"""Outcomes that a provider has told us, as against those that we decided."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One notification, one try: the intent to reach a contact, and what is known of it.

    `destination` is a hash of the number or address. `joined` is the attempt on whose call this one is spoken of, where a
    call to the same number was ringing already. `doubtful` says that an earlier request may have got through.
    """

    attempt_id: str
    escalation_id: str
    case_id: str
    entry: int
    step: int | None
    contact: str
    via: Via
    purpose: Purpose
    tried: int
    created_at: datetime
    expires_at: datetime
    destination: str = field(repr=False)
    token_hash: str = field(default="", repr=False)
    about: str | None = None
    progress: Progress = Progress.PLANNED
    outcome: Outcome | None = None
    due_at: datetime | None = None
    version: int = 0
    sends: int = 0
    provider: str | None = None
    provider_id: str | None = field(default=None, repr=False)
    joined: str | None = None
    doubtful: bool = False
    stop: bool = False
    machine: bool = False
    sent_at: datetime | None = None
    accepted_at: datetime | None = None
    ended_at: datetime | None = None
