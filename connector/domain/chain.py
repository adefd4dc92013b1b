"""The contact chain: who is told, by what, in which order, and how long each of them has. No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class Via(StrEnum):
    """By what a contact is notified."""

    VOICE = "voice"
    SMS = "sms"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which a contact is away, both included, by the school's calendar."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether the contact is away on this day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who can be notified. `phone` is E.164 (`+15055550101`)."""

    contact_id: str
    name: str
    phone: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)

    def address(self, via: Via) -> str | None:
        """Where this contact is reached by these means; None where they are not."""
        return self.email if via is Via.EMAIL else self.phone


@dataclass(frozen=True, slots=True)
class StaffContact(Contact):
    """A person of the school or the district."""

    away: tuple[Absence, ...] = ()

    def is_away(self, day: date) -> bool:
        """Whether they are away on a day of the school's calendar."""
        return any(absence.covers(day) for absence in self.away)


@dataclass(frozen=True, slots=True)
class AgencyContact(Contact):
    """Local law enforcement. Everything is there: a contact with a missing field never becomes one of these."""

    agency: str = ""
    agreement: str = ""
    verified: date = date.min


@dataclass(frozen=True, slots=True)
class StandIn(Contact):
    """Plays law enforcement in the demo: another type, so that nobody real can be put in its place."""


@dataclass(frozen=True, slots=True)
class LiveRoster:
    """The contacts of a running service."""

    staff: Mapping[str, StaffContact] = field(default_factory=dict)
    agencies: Mapping[str, AgencyContact] = field(default_factory=dict)

    def find(self, contact_id: str) -> Contact | None:
        """The contact with this id, as they are reached now."""
        return self.staff.get(contact_id) or self.agencies.get(contact_id)


@dataclass(frozen=True, slots=True)
class PracticeRoster:
    """The contacts of a drill or the demo. It cannot hold law enforcement: there is no field for it, and what is put
    into the others is looked at. Raises TypeError for anybody else.
    """

    staff: Mapping[str, StaffContact] = field(default_factory=dict)
    stand_ins: Mapping[str, StandIn] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for known, kind in ((self.staff, StaffContact), (self.stand_ins, StandIn)):
            if not all(type(contact) is kind for contact in known.values()):
                raise TypeError("a practice roster holds staff and stand-ins, nobody else")

    def find(self, contact_id: str) -> Contact | None:
        """The contact with this id."""
        return self.staff.get(contact_id) or self.stand_ins.get(contact_id)


Roster = LiveRoster | PracticeRoster


@dataclass(frozen=True, slots=True)
class Step:
    """One contact's turn. `wait` counts from the first notification that a provider has accepted.

    A call that nobody took is repeated `gap` after it ended, up to `tries` calls; each rings for `ring`. `police` says
    that the contact is law enforcement.
    """

    contact: str
    via: tuple[Via, ...]
    wait: timedelta = timedelta(minutes=5)
    tries: int = 1
    gap: timedelta = timedelta(seconds=90)
    ring: timedelta = timedelta(seconds=35)
    police: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """The steps and their rules. Times are real time, except `routine_reminder`, which is school time.

    `step_cap` is how long a step may wait for a provider to accept anything, `max_age` the age at which a chain is a
    person's business, `activity_within` how long whoever took a tip by phone or link has to do something in the ticket,
    `loop_after` the pause after the last step before the chain begins again.
    """

    name: str
    steps: tuple[Step, ...]
    grace: timedelta = timedelta(0)
    step_cap: timedelta = timedelta(minutes=3)
    max_age: timedelta = timedelta(hours=12)
    urgent_waits: bool = False
    routine_reminder: timedelta = timedelta(hours=4)
    activity_within: timedelta = timedelta(minutes=30)
    loop_after: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Brake:
    """When `count` police steps have begun `within` this time, across all schools, a further one is held for `hold`."""

    count: int = 5
    within: timedelta = timedelta(minutes=15)
    hold: timedelta = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class PoliceRules:
    """What happens before law enforcement is called, whatever the policy."""

    warn_before: timedelta = timedelta(minutes=2)
    extra_wait: timedelta = timedelta(minutes=10)
    brake: Brake = Brake()
