"""The part of bootstrap that puts escalation together."""

import os
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

from connector.clock import Clock, SystemClock
from connector.config import Config
from connector.domain.chain import LiveRoster, PracticeRoster, StandIn
from connector.log import Log
from connector.services.alarms import Alarms
from connector.services.helpdesk import Helpdesks
from connector.services.looking import Looking
from connector.services.noting import Noting
from connector.services.reachability import Reachability
from connector.services.reading import Reading
from connector.store import Store
from connector.vault.derivation import derived
from connector.vault.keyring import PepperRing
from escalation.acknowledging import Acknowledging
from escalation.channels.base import AlarmSender, Channels
from escalation.claiming import Claiming
from escalation.clock_check import ClockCheck
from escalation.deciding import Deciding
from escalation.engine import Engine
from escalation.providers import Providers
from escalation.results import Results
from escalation.sending import Sending
from escalation.setting import SchoolChain, Setting
from escalation.telling import Telling
from escalation.tokens import Tokens
from escalation.weekday_hours import WeekdayHours

LOOKERS = 8
"""Tickets that are looked at at once before calls."""


def school_chains(config: Config) -> dict[str, SchoolChain]:
    """The schools with their hours and policies; needs neither keys nor a database."""
    return {
        name: SchoolChain(
            school.name,
            WeekdayHours(school.timezone),
            None if school.escalation is None else config.policies[school.escalation],
        )
        for name, school in config.schools.items()
    }


@dataclass(frozen=True)
class Escalating:
    """Escalation as configured, nothing of it running yet. Everything is made on first use and then kept."""

    config: Config
    store: Store
    clock: Clock
    log: Log
    alarms: Alarms
    noting: Noting
    helpdesks: Helpdesks
    reachability: Reachability
    reading: Reading
    peppers: PepperRing
    channels: Channels
    alarm_senders: Sequence[AlarmSender] = ()
    practice: bool = False

    @cached_property
    def setting(self) -> Setting:
        """Schools, contacts, rules."""
        config = self.config
        return Setting(
            schools=school_chains(config),
            categories={name: category.name for name, category in config.categories.items()},
            rules=config.police,
            practice=self._practice_roster,
            live=None if self.practice else LiveRoster(config.staff, config.agencies),
            usable=frozenset(via for via, providers in self.channels.items() if providers),
            tick=config.tick,
        )

    @cached_property
    def _practice_roster(self) -> PracticeRoster:
        """In the demo whoever is law enforcement in the config has a stand-in; in a drill there is none."""
        agencies = self.config.agencies if self.practice else {}
        stand_ins = {
            name: StandIn(name, "police (practice)", known.phone, known.email)
            for name, known in agencies.items()
        }
        return PracticeRoster(self.config.staff, stand_ins)

    @cached_property
    def tokens(self) -> Tokens:
        """The links' tokens; their key comes from the pepper, which is not in the database."""
        return Tokens(derived(self.peppers.all()[0].reveal(), b"escalation/tokens"))

    @cached_property
    def deciding(self) -> Deciding:
        """Decides."""
        return Deciding(
            store=self.store,
            clock=self.clock,
            log=self.log,
            noting=self.noting,
            setting=self.setting,
            tokens=self.tokens,
        )

    @cached_property
    def results(self) -> Results:
        """The door for providers' callbacks."""
        return Results(self.store, self.clock)

    @cached_property
    def acknowledging(self) -> Acknowledging:
        """The door for keys, links and texts."""
        return Acknowledging(store=self.store, clock=self.clock, setting=self.setting, deciding=self.deciding)

    @cached_property
    def sending(self) -> Sending:
        """Sends."""
        providers = Providers(self.channels, self.clock)
        looking = Looking(
            store=self.store,
            clock=self.clock,
            log=self.log,
            helpdesks=self.helpdesks,
            reachability=self.reachability,
            read=self.reading.read,
            executor=ThreadPoolExecutor(LOOKERS, thread_name_prefix="look"),
        )
        return Sending(
            store=self.store,
            clock=self.clock,
            log=self.log,
            alarms=self.alarms,
            claiming=Claiming(
                store=self.store,
                clock=self.clock,
                setting=self.setting,
                providers=providers,
                tokens=self.tokens,
            ),
            providers=providers,
            fresh=looking.look,
        )

    @cached_property
    def engine(self) -> Engine:
        """The tick."""
        process = f"engine-{socket.gethostname()}-{os.getpid()}"[:60]
        # A test's clock has nothing to do with the database's.
        read = self.store.database_time if isinstance(self.clock, SystemClock) else lambda: None
        return Engine(
            process=process,
            store=self.store,
            clock=self.clock,
            log=self.log,
            deciding=self.deciding,
            sending=self.sending,
            telling=Telling(self.store, self.clock, self.log, self.alarm_senders),
            clock_check=ClockCheck(read=read, clock=self.clock, alarms=self.alarms, process=process),
            tick=self.config.tick,
        )
