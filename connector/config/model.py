"""The configuration as the rest of Tipbridge sees it: whole, consistent, unchangeable."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from connector.config.escalation_sections import AlarmKeys, ChannelKeys
from connector.config.sections import (
    Identity,
    Limits,
    Mailbox,
    Retention,
    Role,
    Service,
    Vault,
)
from connector.domain.chain import AgencyContact, PoliceRules, Policy, StaffContact
from connector.domain.urgency import Urgency
from connector.plugin_api import Finding, HelpdeskSettings, Manifest


@dataclass(frozen=True, slots=True)
class HelpdeskConfig:
    """One configured helpdesk. `settings` is the plugin's own model; `trust_owner` is decided already."""

    id: str
    platform: str
    role: Role
    poll_every: timedelta
    timeout: timedelta
    concurrency: int
    marker: str
    trust_owner: bool
    settings: HelpdeskSettings
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Category:
    """What a tip can be about. `urgency` None says nothing either way; with `seal_files` staff never get its files."""

    id: str
    name: str
    urgency: Urgency | None
    seal_files: bool = False


@dataclass(frozen=True, slots=True)
class School:
    """A campus; `helpdesk` is the id of one in `Config.helpdesks`, `escalation` the name of a policy or None."""

    id: str
    name: str
    timezone: ZoneInfo
    helpdesk: str
    escalation: str | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the operator has set, and the defaults of the rest. All paths are absolute.

    `warnings` are what `tipbridge check` shows besides: nothing in them keeps the service from starting. Neither do
    `contact_findings`, although a contact of law enforcement that lacks something is an error there.
    """

    path: Path
    service: Service
    identity: Identity
    vault: Vault | None
    retention: Retention
    helpdesks: Mapping[str, HelpdeskConfig]
    categories: Mapping[str, Category]
    schools: Mapping[str, School]
    mailbox: Mailbox
    limits: Limits
    languages: tuple[str, ...]
    channels: ChannelKeys
    alarms: AlarmKeys
    staff: Mapping[str, StaffContact]
    agencies: Mapping[str, AgencyContact]
    policies: Mapping[str, Policy]
    police: PoliceRules
    tick: timedelta
    contact_findings: tuple[Finding, ...] = field(default=())
    warnings: tuple[Finding, ...] = field(default=())

    @property
    def data_dir(self) -> Path:
        """Where the key files, the practice tickets and, unless it is elsewhere, the database are."""
        return self.service.data_dir

    @property
    def keys_dir(self) -> Path:
        """Where `service.key` and `pepper.key` are."""
        return self.service.data_dir / "keys"

    @property
    def database_url(self) -> SecretStr:
        """The SQLAlchemy URL of the database; it may hold a password."""
        return self.service.database_url
