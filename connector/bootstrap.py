"""The one place that puts everything together. No logic: who gets what."""

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from flask import Flask

from connector.cleaning import Cleaner, CleaningLimits, network_wall
from connector.clock import Clock, SystemClock
from connector.config import Config
from connector.domain.code import Code
from connector.domain.relay import Marker
from connector.errors import ConfigError
from connector.escalating import Escalating
from connector.log import Log, get_log
from connector.plugin_api import HelpdeskPlugin, PluginContext
from connector.plugin_api.http import HttpClients
from connector.practice import settings_of
from connector.services.alarms import Alarms
from connector.services.asking import Asking
from connector.services.auditing import Auditing
from connector.services.backing_up import BackingUp
from connector.services.continuing import Continuing
from connector.services.delivery import Delivery
from connector.services.door import Door
from connector.services.entrance import Entrance
from connector.services.handing_over import HandingOver
from connector.services.helpdesk import Helpdesk
from connector.services.installing import code_salt
from connector.services.intake import Intake
from connector.services.mailbox import Mailboxes
from connector.services.memo import StoreMemo
from connector.services.noting import Noting
from connector.services.opening import Opening
from connector.services.owing import Owing
from connector.services.polling import Polling
from connector.services.programme import Category, Programme, School
from connector.services.promise import Keeping, promise
from connector.services.reachability import Reachability
from connector.services.reading import Reading
from connector.services.relaying import Relaying
from connector.services.restoring import Restoring
from connector.services.retaining import Retaining
from connector.services.sealing import Sealing
from connector.services.sending import Sending
from connector.services.shredding_list import ShreddingList
from connector.services.submissions import Submissions
from connector.services.telling_staff import TellingStaff
from connector.services.uploads import FileCleaner
from connector.services.wanting import Wanting
from connector.services.watching import Watching
from connector.services.working import Working
from connector.store import Store, open_store
from connector.store.recording import Recorder
from connector.vault.codes import Argon2Cost, CodeDeriver, CodeKeys
from connector.vault.custodian_set import CustodianSet
from connector.vault.keyring import PepperRing, ServiceKeys
from connector.vault.lanes import AddressKeys, DerivationLanes
from connector.vault.passphrase import PassphraseCost
from connector.vault.sessions import SessionSealer
from escalation.channels.base import Channels
from escalation.scheduler import Scheduler
from webhook_server.app import create_app
from webhook_server.health import create_admin_app
from webhook_server.parts import Limits, WebParts


@dataclass(frozen=True)
class Application:
    """A configured Tipbridge, nothing of it running yet. Everything is made on first use and then kept."""

    config: Config
    clock: Clock
    log: Log
    cost: Argon2Cost
    cleaner_override: FileCleaner | None = None
    channels_override: Channels | None = None
    practice: bool = False

    @cached_property
    def store(self) -> Store:
        """The database."""
        return open_store(self.config.database_url.get_secret_value())

    @cached_property
    def service_keys(self) -> ServiceKeys:
        """The keys of what waits for delivery. Raises ConfigError where the file is missing or open to others."""
        return ServiceKeys.load(self.config.keys_dir / "service.key")

    @cached_property
    def peppers(self) -> PepperRing:
        """The peppers of the codes."""
        return PepperRing.load(self.config.keys_dir / "pepper.key")

    @cached_property
    def lanes(self) -> DerivationLanes:
        """Turns codes into keys, fairly."""
        deriver = CodeDeriver(code_salt(self.store, self.clock), self.peppers, self.cost)
        return DerivationLanes(deriver, cores=os.cpu_count() or 1)

    @cached_property
    def alarms(self) -> Alarms:
        """Opens and closes alarms."""
        return Alarms(self.store, self.clock, self.log)

    @cached_property
    def owing(self) -> Owing:
        """Makes outbox rows."""
        return Owing(self.service_keys)

    @cached_property
    def programme(self) -> Programme:
        """Schools and categories."""
        config = self.config
        return Programme(
            schools={
                key: School(key, known.name, known.helpdesk, known.escalation is not None)
                for key, known in config.schools.items()
            },
            categories={
                key: Category(key, known.name, known.urgency, known.seal_files)
                for key, known in config.categories.items()
            },
            languages=tuple(config.languages),
            keep_own=config.mailbox.keep_own,
            contacts={key: contact.name for key, contact in config.staff.items()},
        )

    @cached_property
    def plugins(self) -> dict[str, HelpdeskPlugin]:
        """A plugin for each configured helpdesk."""
        return {name: self._plugin(name) for name in self.config.helpdesks}

    def _plugin(self, name: str) -> HelpdeskPlugin:
        configured = self.config.helpdesks[name]
        clients = HttpClients(self.log)
        context = PluginContext(
            helpdesk=name,
            clock=self.clock,
            memo=StoreMemo(self.store, self.clock, name),
            open_http=clients.opener(default_timeout=configured.timeout.total_seconds()),
            webhook_url=f"{self.config.service.public_url}/webhooks/{name}",
            trust_owner=configured.trust_owner,
        )
        return configured.manifest.build(settings_of(self.config, name), context)

    @cached_property
    def helpdesks(self) -> dict[str, Helpdesk]:
        """The helpdesks with their settings."""
        return {
            name: Helpdesk(
                helpdesk_id=name,
                plugin=self.plugins[name],
                capabilities=configured.manifest.capabilities,
                role=configured.role,
                marker=Marker(configured.marker),
                poll_every=configured.poll_every,
                timeout=configured.timeout,
                concurrency=configured.concurrency,
                trust_owner=configured.trust_owner,
                reply_button=getattr(configured.settings, "reply_address", None) is not None,
            )
            for name, configured in self.config.helpdesks.items()
        }

    @cached_property
    def cleaner(self) -> FileCleaner:
        """Cleans files in child processes."""
        return self.cleaner_override or Cleaner(CleaningLimits())

    def network_wall(self) -> str:
        """How the cleaning of files is kept from the network, in words for `check`."""
        return network_wall()

    def forget_plugins(self) -> None:
        """Make the plugins anew at next use: our own practice helpdesk has another address now."""
        for name in ("plugins", "helpdesks"):
            self.__dict__.pop(name, None)

    @cached_property
    def custodians(self) -> CustodianSet | None:
        """Who opens identities together; None without a vault. Raises ConfigError."""
        vault = self.config.vault
        return None if vault is None else CustodianSet.load(vault.quorum, vault.custodians)

    @cached_property
    def sealing(self) -> Sealing:
        """Seals what may be known of reporters."""
        return Sealing(self.custodians, self.peppers)

    @cached_property
    def auditing(self) -> Auditing:
        """The audit log."""
        return Auditing(self.store, self.clock)

    @cached_property
    def shredding_list(self) -> ShreddingList:
        """What was shredded."""
        return ShreddingList(self.config.data_dir / "shredded.list")

    @cached_property
    def retaining(self) -> Retaining:
        """Takes away what has reached its age."""
        return Retaining(
            store=self.store,
            clock=self.clock,
            sealing=self.sealing,
            auditing=self.auditing,
            shredding_list=self.shredding_list,
            identity=self.config.retention.identity,
            mailbox=self.config.retention.mailbox,
        )

    @cached_property
    def backing_up(self) -> BackingUp:
        """Writes backups."""
        return BackingUp(
            store=self.store,
            clock=self.clock,
            auditing=self.auditing,
            identity=self.config.retention.identity,
        )

    @cached_property
    def restoring(self) -> Restoring:
        """Brings backups back."""
        return Restoring(
            store=self.store,
            auditing=self.auditing,
            retaining=self.retaining,
            sealing=self.sealing,
            own_list=self.shredding_list,
        )

    @cached_property
    def opening(self) -> Opening:
        """Opens what custodians have approved."""
        return Opening(store=self.store, clock=self.clock, sealing=self.sealing, auditing=self.auditing)

    @cached_property
    def handing_over(self) -> HandingOver:
        """Brings successors in."""
        return HandingOver(store=self.store, sealing=self.sealing, auditing=self.auditing)

    def asking(self, cost: PassphraseCost | None = None) -> Asking:
        """Writes requests. Raises ConfigError without a vault."""
        vault, custodians = self.config.vault, self.custodians
        if vault is None or custodians is None:
            raise ConfigError(
                "VLT-E014", "there is no vault", "name custodians under vault; docs/custodians.md says how"
            )
        return Asking(
            store=self.store,
            clock=self.clock,
            sealing=self.sealing,
            auditing=self.auditing,
            custodians=custodians,
            ttl=vault.request_ttl,
            cost=cost or PassphraseCost(),
        )

    def _keeping(self) -> Keeping | None:
        vault = self.config.vault
        if vault is None:
            return None
        return Keeping(vault.quorum, list(vault.custodians), self.config.retention.identity)

    @cached_property
    def submissions(self) -> Submissions:
        """Knows what was sent before."""
        return Submissions(self.store, self.clock, self.peppers)

    @cached_property
    def continuing(self) -> Continuing:
        """Finds where a follow-up goes."""
        return Continuing(
            store=self.store,
            clock=self.clock,
            programme=self.programme,
            helpdesks=self.helpdesks,
            owing=self.owing,
            alarms=self.alarms,
        )

    @cached_property
    def intake(self) -> Intake:
        """Takes tips."""
        return Intake(
            recorder=Recorder(self.store),
            clock=self.clock,
            programme=self.programme,
            helpdesks=self.helpdesks,
            cleaner=self.cleaner,
            derive=self.lanes.intake,
            owing=self.owing,
            submissions=self.submissions,
            sealing=self.sealing,
            wanting=self.wanting,
        )

    @cached_property
    def wanting(self) -> Wanting:
        """Wants cases to be escalated."""
        return Wanting(self.programme)

    @cached_property
    def mailboxes(self) -> Mailboxes:
        """The reporters' inboxes."""
        return Mailboxes(
            store=self.store,
            clock=self.clock,
            programme=self.programme,
            helpdesks=self.helpdesks,
            cleaner=self.cleaner,
            submissions=self.submissions,
            continuing=self.continuing,
            wanting=self.wanting,
        )

    @cached_property
    def reachability(self) -> Reachability:
        """Which helpdesks are paused."""
        return Reachability(self.store, self.clock, self.alarms)

    @cached_property
    def delivery(self) -> Delivery:
        """Works the outbox off."""
        return Delivery(
            store=self.store,
            clock=self.clock,
            log=self.log,
            helpdesks=self.helpdesks,
            service_keys=self.service_keys,
            sending=Sending(self.store, self.clock),
            continuing=self.continuing,
            reachability=self.reachability,
            alarms=self.alarms,
        )

    @cached_property
    def reading(self) -> Reading:
        """Reads tickets."""
        return Reading(
            store=self.store,
            clock=self.clock,
            log=self.log,
            relaying=Relaying(self.store, self.clock, self.log),
            telling=TellingStaff(self.store, self.clock, self.owing),
            alarms=self.alarms,
        )

    @cached_property
    def polling(self) -> Polling:
        """Keeps what we know of the tickets up to date."""
        return Polling(
            store=self.store,
            clock=self.clock,
            log=self.log,
            helpdesks=self.helpdesks,
            reading=self.reading,
            reachability=self.reachability,
            owing=self.owing,
            alarms=self.alarms,
        )

    @cached_property
    def watching(self) -> Watching:
        """Says what is wrong."""
        escalates = any(school.escalation is not None for school in self.config.schools.values())
        return Watching(self.store, self.clock, self.helpdesks, escalates=escalates)

    @cached_property
    def working(self) -> Working:
        """The worker half."""
        return Working(
            process=f"worker-{socket.gethostname()}-{os.getpid()}"[:60],
            store=self.store,
            clock=self.clock,
            log=self.log,
            helpdesks=self.helpdesks,
            delivery=self.delivery,
            polling=self.polling,
            submissions=self.submissions,
            retaining=self.retaining,
        )

    @cached_property
    def escalation(self) -> Escalating:
        """Calls people when nobody takes a tip."""
        return Escalating(
            config=self.config,
            store=self.store,
            clock=self.clock,
            log=self.log,
            alarms=self.alarms,
            noting=Noting(self.owing),
            helpdesks=self.helpdesks,
            reachability=self.reachability,
            reading=self.reading,
            peppers=self.peppers,
            channels=self.channels_override or {},
            practice=self.practice,
        )

    @cached_property
    def limits(self) -> Limits:
        """How much one call may bring."""
        return Limits(self.config.limits.files, self.config.limits.file_bytes)

    def web_app(self) -> Flask:
        """The public application."""
        addresses = AddressKeys(self.clock)
        lanes = self.lanes

        def derive_for(code: Code, address: str) -> tuple[CodeKeys, ...]:
            return lanes.inbox(code, addresses.key_for(address))

        return create_app(
            WebParts(
                clock=self.clock,
                log=self.log,
                intake=self.intake,
                mailboxes=self.mailboxes,
                entrance=Entrance(self.mailboxes, derive_for),
                sessions=SessionSealer(self.service_keys),
                polling=self.polling,
                watching=self.watching,
                programme=self.programme,
                helpdesks=self.plugins,
                limits=self.limits,
                promise=promise(self.config.identity.capture, self._keeping()),
                door=Door(frozenset(self.config.identity.capture)),
                secure=self.config.service.public_url.startswith("https://"),
                trusted_proxies=self.config.service.trusted_proxies,
            )
        )

    def admin_app(self) -> Flask:
        """The operator's listener."""
        return create_admin_app(self.watching)

    def scheduler(self) -> Scheduler:
        """What drives the worker half."""
        return Scheduler([*self.working.ticks(), *self.escalation.engine.ticks()], self.log)


def build(
    config: Config,
    *,
    clock: Clock | None = None,
    log: Log | None = None,
    cost: Argon2Cost | None = None,
    cleaner: FileCleaner | None = None,
    channels: Channels | None = None,
    practice: bool = False,
) -> Application:
    """Tipbridge as configured. Tests hand in a clock, a log, a cheap cost, channels.

    With `practice` (the demo) no law enforcement is loaded: stand-ins of another type are in its place.
    """
    return Application(
        config,
        clock or SystemClock(),
        log or get_log("tipbridge"),
        cost or Argon2Cost(),
        cleaner,
        channels,
        practice,
    )


Build = Callable[[Config], Application]
