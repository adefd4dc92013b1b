"""The settings of each section, as written in the file: names, kinds, defaults, bounds.

The bounds only keep out what cannot work. Every field is shown in config.example.yaml and in
docs/configuration.md.
"""

from datetime import timedelta
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StrictBool,
    StrictInt,
    model_validator,
)

from connector.config.database import DatabaseUrl, sqlite_in
from connector.config.escalation_sections import AlarmKeys, ChannelKeys, EscalationKeys
from connector.config.kinds import (
    Duration,
    Language,
    Listen,
    ListenAddress,
    MarkerWord,
    Name,
    PathFromConfig,
    PublicFilePath,
    Size,
    Zone,
    between,
)
from connector.config.problems import wrong
from connector.config.urls import Origin

Role = Literal["school", "law-enforcement"]
"""All that a reporter learns of the helpdesk that answers."""

_Moment = Annotated[Duration, between("1ms", "1d")]
_Age = Annotated[Duration, between("1d", "3660d")]


class Section(BaseModel):
    """Base of all sections: frozen, unknown keys refused, values kept out of messages."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def _loopback_port(known: dict[str, Any]) -> str:
    return f"http://127.0.0.1:{known['listen'].port}"


def _own_database(known: dict[str, Any]) -> SecretStr:
    return sqlite_in(known["data_dir"])


class Service(Section):
    """Where Tipbridge listens, what it is called from outside, and where it keeps its things."""

    listen: Listen = ListenAddress("127.0.0.1", 8080)
    public_url: Origin = Field(default_factory=_loopback_port)
    admin_listen: Listen = ListenAddress("127.0.0.1", 8081)
    data_dir: PathFromConfig = Field(default="./data", validate_default=True)
    database_url: DatabaseUrl = Field(default_factory=_own_database)
    trusted_proxies: Annotated[StrictInt, Field(ge=0, le=10)] = 0


class Identity(Section):
    """What is sealed about a reporter. By default nothing."""

    capture: tuple[Literal["ip", "phone", "device", "contact"], ...] = ()


class Vault(Section):
    """Who can open an identity together. `custodians` are the public files that they have handed in."""

    quorum: Annotated[StrictInt, Field(ge=1, le=20)]
    custodians: Annotated[dict[str, PublicFilePath], Field(min_length=1, max_length=20)]
    request_ttl: Annotated[Duration, between("1m", "90d")] = timedelta(hours=72)

    @model_validator(mode="after")
    def _within(self) -> Self:
        if self.quorum > len(self.custodians):
            raise wrong(
                "CFG-E037", "has a larger quorum than custodians", "lower quorum, or name more custodians"
            )
        return self


class Retention(Section):
    """How long things are kept."""

    identity: _Age = timedelta(days=30)
    mailbox: _Age = timedelta(days=180)


class Mailbox(Section):
    """Whether a reporter finds their own words in the inbox again, sealed to their code."""

    keep_own: StrictBool = True


class Limits(Section):
    """How much one tip or message may bring: number of files, bytes of one."""

    files: Annotated[StrictInt, Field(ge=0, le=100)] = 10
    file_bytes: Annotated[Size, Field(ge=1_000, le=2_000_000_000)] = 200_000_000


def _each_once(value: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(value)) != len(value):
        raise wrong("CFG-E017", "names a language twice", "name each once")
    return value


class PlainSections(Section):
    """The sections that lean on nothing else in the file. Their context is the file's directory."""

    service: Service = Field(default={}, validate_default=True)
    identity: Identity = Identity()
    vault: Vault | None = None
    retention: Retention = Retention()
    mailbox: Mailbox = Mailbox()
    limits: Limits = Limits()
    escalation: EscalationKeys = EscalationKeys()
    channels: ChannelKeys = ChannelKeys()
    alarms: AlarmKeys = AlarmKeys()
    languages: Annotated[tuple[Language, ...], Field(min_length=1), AfterValidator(_each_once)] = ("en", "es")


class HelpdeskKeys(Section):
    """What the core needs of a helpdesk; all other keys belong to the platform's plugin."""

    platform: str
    role: Role = "school"
    poll_every: _Moment = timedelta(seconds=30)
    timeout: Annotated[Duration, between("1ms", "10m")] = timedelta(seconds=30)
    concurrency: Annotated[StrictInt, Field(ge=1, le=32)] = 4
    marker: MarkerWord = "@reporter"
    trust_owner: StrictBool | None = None


class CategoryKeys(Section):
    """A change to a category, or a new one."""

    name: Name | None = None
    urgency: Literal["emergency", "urgent", "routine"] | None = None
    seal_files: StrictBool = False


class SchoolKeys(Section):
    """A campus."""

    name: Name
    timezone: Zone = ZoneInfo("UTC")
    helpdesk: str
    escalation: str = "none"
