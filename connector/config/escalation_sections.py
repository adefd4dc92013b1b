"""The settings of contacts, policies, channels and alarms, as written in the file."""

import re
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, SecretStr, StrictInt

from connector.config.kinds import Duration, Name, between, is_id
from connector.config.phones import Phone
from connector.config.problems import wrong
from connector.config.urls import web_url
from connector.domain.chain import Absence, Via

_MAIL = re.compile(r"[^\s@<>,;\"]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_Wait = Annotated[Duration, between("1ms", "1d")]


class Section(BaseModel):
    """Base of these sections: frozen, unknown keys refused, values kept out of messages."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, populate_by_name=True)


def _mail(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 254 or _MAIL.fullmatch(value) is None:
        raise wrong("CFG-E053", "is no mail address", "write it plainly, as principal@example.org")
    return value


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise wrong("CFG-E054", "is no date", "write it as 2026-12-21") from None


def _absence(value: Any) -> Absence:
    first, _, last = value.partition("..") if isinstance(value, str) else (value, "", "")
    absence = Absence(_day(first), _day(last or first))
    if absence.last < absence.first:
        raise wrong("CFG-E054", "ends before it begins", "write the earlier day first")
    return absence


MailAddress = Annotated[str, PlainValidator(_mail)]
"""`name@example.org`, without a display name."""
Day = Annotated[date, PlainValidator(_day)]
"""`2026-12-21`."""
Days = Annotated[Absence, PlainValidator(_absence)]
"""`2026-12-21` or `2026-12-21..2027-01-02`, both days included."""
WebUrl = Annotated[str, PlainValidator(web_url)]
"""A web address; http only to this machine."""


class ContactKeys(Section):
    """Somebody who can be notified. The last three belong to law enforcement and are required there."""

    name: Name
    role: Literal["staff", "law-enforcement"] = "staff"
    phone: Phone | None = None
    email: MailAddress | None = None
    away: tuple[Days, ...] = ()
    agency: Name | None = None
    agreement: Name | None = None
    verified: Day | None = None


class StepKeys(Section):
    """One contact's turn."""

    contact: str
    via: Annotated[tuple[Via, ...], Field(min_length=1)]
    wait: _Wait = timedelta(minutes=5)
    tries: Annotated[StrictInt, Field(ge=1, le=10)] = 1
    gap: _Wait = timedelta(seconds=90)
    ring: Annotated[Duration, between("1s", "10m")] = timedelta(seconds=35)


class PolicyKeys(Section):
    """Steps and their rules."""

    steps: Annotated[tuple[StepKeys, ...], Field(min_length=1, max_length=20)]
    grace: Annotated[Duration, between("0s", "1d")] = timedelta(0)
    step_cap: _Wait = timedelta(minutes=3)
    max_age: Annotated[Duration, between("1s", "30d")] = timedelta(hours=12)
    urgent_outside_hours: Literal["escalate", "wait"] = "escalate"
    routine_reminder: Annotated[Duration, between("1ms", "30d")] = timedelta(hours=4)
    activity_within: _Wait = timedelta(minutes=30)
    loop_after: _Wait = timedelta(minutes=15)


class BrakeKeys(Section):
    """When many police steps begin at once."""

    count: Annotated[StrictInt, Field(ge=1, le=1000)] = 5
    within: _Wait = timedelta(minutes=15)
    hold: _Wait = timedelta(minutes=3)


class PoliceKeys(Section):
    """What happens before law enforcement is called."""

    warn_before: _Wait = timedelta(minutes=2)
    extra_wait: _Wait = timedelta(minutes=10)
    brake: BrakeKeys = BrakeKeys()


def _named(value: dict[str, PolicyKeys]) -> dict[str, PolicyKeys]:
    if not all(is_id(name) and name != "none" for name in value):
        raise wrong(
            "CFG-E014", "has a name that cannot be used", "use 1 to 40 of a to z, digits and -; not none"
        )
    return value


class EscalationKeys(Section):
    """Whom to call when nobody takes a tip."""

    tick: Annotated[Duration, between("100ms", "30s")] = timedelta(seconds=1)
    police: PoliceKeys = PoliceKeys()
    policies: Annotated[dict[str, PolicyKeys], AfterValidator(_named)] = Field(default_factory=dict)


class TwilioKeys(Section):
    """A provider of calls and texts that speaks Twilio's API."""

    account_sid: str
    auth_token: SecretStr
    sender: Phone = Field(alias="from")
    base_url: WebUrl = "https://api.twilio.com"


class EmailKeys(Section):
    """How mail leaves."""

    host: str
    port: Annotated[StrictInt, Field(ge=1, le=65535)] = 25
    sender: MailAddress = Field(alias="from")
    tls: Literal["none", "starttls", "tls"] = "none"
    user: str | None = None
    password: SecretStr | None = None


class ChannelKeys(Section):
    """By what contacts are notified."""

    twilio: TwilioKeys | None = None
    twilio_backup: TwilioKeys | None = None
    email: EmailKeys | None = None

    @property
    def usable(self) -> frozenset[Via]:
        """What can be used."""
        phone = {Via.VOICE, Via.SMS} if self.twilio or self.twilio_backup else set()
        return frozenset(phone | ({Via.EMAIL} if self.email else set()))


class AlarmKeys(Section):
    """Where the operator is told what is wrong."""

    email: MailAddress | None = None
    webhook: WebUrl | None = None
    webhook_secret: SecretStr | None = None
    heartbeat_url: WebUrl | None = None
