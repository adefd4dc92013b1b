"""What a channel is: something that can carry a notification to a contact, and be asked about it afterwards.

The engine's side of the bargain: before every `send` the intent is committed, so a crash leaves evidence. After an
outcome that is unknown (no answer, a crash) it calls `find` before it calls `send` again for the same attempt, and never
earlier than `patience` after the first request. It calls from several threads at once.

The channel's side: `send` makes one request, or as many as it is certain have not got through; it never repeats a POST
on its own. It takes no longer than `patience`. Nothing of a provider's response gets into an error's text.

What a provider tells later (callbacks) reaches the engine through `escalation.results.Results.report`, in whatever order
and however often it comes: an attempt's progress only grows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from connector.domain.case import CaseNumber
from connector.domain.chain import Via
from connector.domain.escalating import Outcome, Progress, Purpose
from connector.domain.urgency import Urgency
from connector.errors import TipbridgeError


class ChannelTrouble(TipbridgeError):
    """Base of what a channel raises. `what` may be logged and shown: nothing of a contact or of a tip is in it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Temporary(ChannelTrouble):
    """Certainly not sent, and worth another try (429, busy, refused connection). `retry_after` if the provider asks."""

    def __init__(self, what: str, retry_after: timedelta | None = None) -> None:
        super().__init__(what)
        self.retry_after = retry_after


class Misconfigured(ChannelTrouble):
    """Certainly not sent, and the operator has to mend it (credentials, permissions): the next provider is taken."""


class Refused(ChannelTrouble):
    """Certainly not sent, and never will be to this address (no such number, opted out): the contact's alarm."""


class OutcomeUnknown(ChannelTrouble):
    """The request may have taken effect: a time-out, a connection that broke, a 5xx."""


@dataclass(frozen=True, slots=True)
class Notification:
    """Everything that a channel may say. There is no field for a tip's words.

    `attempt_id` is unique to this attempt and the same for every request made for it: it belongs into callback URLs and
    into a mail's Message-ID. `cases` is how many open cases one call is about at the time of sending; what it says is
    asked for when it is answered, so that is the truth then.
    """

    attempt_id: str
    via: Via
    purpose: Purpose
    to: str = field(repr=False)
    name: str
    case_number: CaseNumber
    school: str
    urgency: Urgency
    category: str
    created_at: datetime
    token: str = field(repr=False)
    ring: timedelta = timedelta(seconds=35)
    about: str | None = None
    """What else is to be said: by whom it was taken, at what time the police is called. Words of ours."""
    ticket_url: str | None = None
    drill: bool = False
    cases: int = 1


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider has accepted. `final` where the channel can tell nothing more (a mail handed over)."""

    provider_id: str = field(repr=False)
    final: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a provider says about an attempt: from a callback, or from a look-up.

    `key` is the same for the same report sent twice. `outcome` only with `Progress.ENDED`. `machine` is what the
    provider thinks of who answered: informative, never an acknowledgement and never the lack of one.
    """

    key: str
    progress: Progress
    at: datetime
    provider_id: str | None = field(default=None, repr=False)
    outcome: Outcome | None = None
    machine: bool = False


class Channel(Protocol):
    """One provider for one kind of notification. Safe from several threads."""

    @property
    def name(self) -> str:
        """The provider, as configured (`twilio`, `twilio_backup`, `email`): stored with the attempt."""
        ...

    @property
    def patience(self) -> timedelta:
        """The longest that one call of `send`, `find` or `stop` takes."""
        ...

    def send(self, notification: Notification) -> Sent:
        """Hand it to the provider. Raises Temporary, Misconfigured, Refused, OutcomeUnknown."""
        ...

    def find(self, notification: Notification, provider_id: str | None) -> Report | None:
        """What became of an earlier request, asked from the provider; None where there is no trace of it.

        With `provider_id` the look-up is by it, else by destination and time. A channel without look-up returns None:
        its notification is then sent a second time (with the same Message-ID). Raises Temporary where the provider
        does not answer; Misconfigured.
        """
        ...

    def stop(self, provider_id: str) -> None:
        """Take back what has not been answered. What cannot be taken back is let be. Raises Temporary, Misconfigured."""
        ...


Channels = Mapping[Via, Sequence[Channel]]
"""The providers for each kind, the preferred one first."""


class AlarmSender(Protocol):
    """Tells the operator (`alarms.*`). Safe from several threads."""

    def send(self, alarm: str, subject: str, since: datetime) -> None:
        """Tell that an alarm has opened. Raises ChannelTrouble: it is tried again."""
        ...
