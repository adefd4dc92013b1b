"""What the engine knows of schools, contacts and channels: handed in by bootstrap, never read from the config here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from connector.domain.chain import LiveRoster, PoliceRules, Policy, PracticeRoster, Roster, Via
from connector.domain.escalating import Escalation
from escalation.school_time import SchoolTime


@dataclass(frozen=True, slots=True)
class SchoolChain:
    """A school: its name, its hours, and its policy, if it has one."""

    name: str
    hours: SchoolTime
    policy: Policy | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything that does not change while the service runs.

    `live` is None in the demo: then every escalation has the practice roster. A drill has it always.
    """

    schools: Mapping[str, SchoolChain]
    categories: Mapping[str, str]
    rules: PoliceRules
    practice: PracticeRoster
    live: LiveRoster | None = None
    usable: frozenset[Via] = field(default_factory=lambda: frozenset(Via))
    tick: timedelta = timedelta(seconds=1)

    def roster_for(self, escalation: Escalation) -> Roster:
        """The contacts that an escalation may reach. Law enforcement is in no roster of a drill."""
        if self.live is None or escalation.drill:
            return self.practice
        return self.live
