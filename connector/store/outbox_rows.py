"""The rows of the outbox, as the services see them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from connector.domain.urgency import Urgency


class RowState(StrEnum):
    """PENDING waits its turn; SENDING is leased; DELIVERED is done and shredded; SET_ASIDE needs a person."""

    PENDING = "pending"
    SENDING = "sending"
    DELIVERED = "delivered"
    SET_ASIDE = "set-aside"


class RowKind(StrEnum):
    """TICKET opens one, ARTICLE is the reporter's, NOTE is ours to staff, CONFIRM marks, TWIN closes a double."""

    TICKET = "ticket"
    ARTICLE = "article"
    NOTE = "note"
    CONFIRM = "confirm"
    TWIN = "twin"


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to be owed. `ticket_id` names a ticket other than the case's own one; `files` the held files it needs."""

    helpdesk: str
    case_id: str
    kind: RowKind
    reference: str
    urgency: Urgency
    content: bytes = field(repr=False)
    wrapped_key: bytes = field(repr=False)
    ticket_id: str | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimedRow:
    """A row that is ours until the lease ends. `attempts` counts this one too."""

    row_id: int
    helpdesk: str
    case_id: str
    kind: RowKind
    reference: str
    ticket_id: str | None
    attempts: int
    lease: str = field(repr=False)
    content: bytes = field(repr=False)
    wrapped_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class RowOverview:
    """A row as the operator may see it: no content."""

    row_id: int
    helpdesk: str
    case_id: str
    kind: str
    state: str
    urgency: Urgency
    attempts: int
    created_at: datetime
    due_at: datetime
    problem: str | None


def lease_length(timeout: timedelta) -> timedelta:
    """How long a claim lasts without renewal: longer than the request's own time-out.

    Renewed every third of it, so that a request begun just before a worker died has had at least two thirds, that is
    more than its time-out, before anybody else looks and repeats.
    """
    return 2 * timeout
