"""The ticket as every platform can express it: what we write, and what we read back."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from connector.domain.tip import CleanFile
from connector.domain.urgency import Urgency


class Visibility(StrEnum):
    """Who is meant to read an article: PUBLIC goes to the reporter, INTERNAL stays with staff."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Author(StrEnum):
    """Who wrote an article, as far as it matters. Names are not read."""

    PERSON = "person"
    """A member of staff, by hand."""
    CONNECTOR = "connector"
    """We ourselves, with our own token."""
    AUTOMATION = "automation"
    """A trigger, a rule, an auto-reply, a merge marker."""
    OTHER = "other"
    """Anybody else: a customer portal, a mail from outside."""


class Audience(StrEnum):
    """To whom a platform's article is addressed, before our own marker is looked at."""

    REPORTER = "reporter"
    """Staff addressed it to the reporter by the platform's own means."""
    STAFF = "staff"
    """An internal note."""
    ELSEWHERE = "elsewhere"
    """An e-mail to others, a telephone memo: never relayed."""


class TicketState(StrEnum):
    """A platform's many states in five words, and one for those that we do not know."""

    NEW = "new"
    OPEN = "open"
    CLOSED = "closed"
    MERGED = "merged"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NewArticle:
    """Something we add to a ticket.

    `reference` is deterministic and unique to this article: it is stored where the platform lets us find it again, so
    that a repeat after an unknown outcome can look first. `reopen` asks for a closed ticket to be opened again.
    """

    reference: str
    visibility: Visibility
    body: str = field(repr=False)
    from_reporter: bool = False
    files: tuple[CleanFile, ...] = ()
    reopen: bool = False


@dataclass(frozen=True, slots=True)
class NewTicket:
    """A ticket to be opened. There is no field by which a helpdesk could reach the reporter, on purpose.

    `reference` (`TIP-1234-5678`) is deterministic; where the manifest says `unique_reference`, opening the same
    reference twice yields one ticket.
    """

    reference: str
    subject: str
    urgency: Urgency
    tags: tuple[str, ...]
    attributes: dict[str, str]
    first: NewArticle


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file that staff attached, still in the helpdesk. `locator` is the plugin's own way to fetch it."""

    locator: str = field(repr=False)
    name: str = field(repr=False)
    media_type: str = "application/octet-stream"
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read from the helpdesk.

    `article_id` is the platform's, stable for ever. `written_on` is the ticket it was first written on, None where a
    merge has moved it and its origin cannot be told. `reference` is ours, for our own articles.
    """

    article_id: str
    written_on: str | None
    author: Author
    visibility: Visibility
    audience: Audience
    created_at: datetime
    body: str = field(repr=False, default="")
    content_type: str = "text/plain"
    reference: str | None = None
    files: tuple[RemoteFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """At `at`, all that was in `source` moved into the ticket that was read."""

    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as read from the helpdesk, at one moment. `version` changes whenever anything in it has changed."""

    ticket_id: str
    reference: str
    state: TicketState
    version: str
    owned: bool = False
    state_set_by_person: bool = False
    urgency: Urgency | None = None
    merged_into: str | None = None
    merges: tuple[Merge, ...] = ()
    articles: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketRef:
    """Where a ticket that we opened is. `url` is where staff look at it."""

    ticket_id: str
    reference: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class TicketChange:
    """A line of the polling list: this ticket now has this version, changed at this time.

    `reference` is ours, where the ticket carries one: by it a twin is found on platforms without a unique reference.
    """

    ticket_id: str
    version: str
    changed_at: datetime
    reference: str | None = None
