"""A helpdesk in memory, as small as one can be that still has all that the kit asks about."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from connector.plugin_api import (
    Author,
    CleanFile,
    HelpdeskMisconfigured,
    Merge,
    NewArticle,
    TemporaryFailure,
    TicketGone,
    Visibility,
)
from connector.testing import FakeClock, StaffFile


@dataclass
class StoredArticle:
    """An article; `mine` says that it was written through the plugin's token."""

    article_id: str
    written_on: str
    author: Author
    visibility: Visibility
    text: str
    created_at: datetime
    reference: str | None = None
    elsewhere: bool = False
    files: tuple[CleanFile | StaffFile, ...] = ()


@dataclass
class StoredTicket:
    """A ticket; `changes` counts up with every change."""

    ticket_id: str
    reference: str
    subject: str
    tags: set[str]
    changed_at: datetime
    changes: int = 0
    status: str = "new"
    owner: str | None = None
    closed_by_person: bool = False
    merged_into: str | None = None
    merges: list[Merge] = field(default_factory=list)
    articles: list[StoredArticle] = field(default_factory=list)


class World:
    """The platform: tickets, a clock, a token that can be withdrawn, a plug that can be pulled."""

    def __init__(self) -> None:
        self.clock = FakeClock(datetime(2026, 3, 2, 8, tzinfo=UTC))
        self.tickets: dict[str, StoredTicket] = {}
        self.up = True
        self.token: str | None = "token-of-the-kit-9b1c"
        self._numbers = itertools.count(1)
        self._lock = threading.RLock()

    @contextmanager
    def asked_with(self, token: str) -> Iterator[None]:
        """A call to the platform's API: one at a time, if it is up and knows the token."""
        if not self.up:
            raise TemporaryFailure("the world is down")
        if token != self.token:
            raise HelpdeskMisconfigured("KIT-E001", "the token is refused", "enter it again")
        with self._lock:
            yield

    def number(self) -> str:
        """A number never used before."""
        return str(next(self._numbers))

    def ticket(self, ticket_id: str) -> StoredTicket:
        """The ticket with this id. Raises TicketGone."""
        if ticket_id not in self.tickets:
            raise TicketGone("no such ticket")
        return self.tickets[ticket_id]

    def with_reference(self, reference: str) -> list[StoredTicket]:
        """All tickets with exactly this reference."""
        return [ticket for ticket in self.tickets.values() if ticket.reference == reference]

    def write(self, ticket: StoredTicket, article: StoredArticle) -> str:
        """Add an article to a ticket."""
        ticket.articles.append(article)
        self.touch(ticket)
        return article.article_id

    def ours(self, ticket: StoredTicket, new: NewArticle) -> StoredArticle:
        """An article of the plugin's, ready to be written."""
        return StoredArticle(
            article_id=self.number(),
            written_on=ticket.ticket_id,
            author=Author.CONNECTOR,
            visibility=new.visibility,
            text=new.body,
            created_at=self.clock.now(),
            reference=new.reference,
            files=new.files,
        )

    def touch(self, ticket: StoredTicket) -> None:
        """Note that a ticket has changed just now."""
        ticket.changes += 1
        ticket.changed_at = self.clock.now()

    def let_time_pass(self) -> None:
        """Move the clock."""
        self.clock.advance(timedelta(seconds=1))
