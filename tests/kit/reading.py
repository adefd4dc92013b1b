"""The reading half of the plugin for the helpdesk in memory."""

from collections.abc import Iterator
from datetime import datetime

from connector.plugin_api import (
    Article,
    Audience,
    PermanentFailure,
    RemoteFile,
    Ticket,
    TicketChange,
    TicketRef,
    TicketState,
    Visibility,
)
from tests.kit.settings import Connected, ref
from tests.kit.world import StoredArticle

_STATES = {"new": TicketState.NEW, "open": TicketState.OPEN, "closed": TicketState.CLOSED}


class ReferenceReading(Connected):
    """Finds and reads tickets."""

    def find_ticket(self, reference: str) -> TicketRef | None:
        """As `HelpdeskPlugin.find_ticket`."""
        with self._asking():
            known = self._world.with_reference(reference)
            return ref(known[0]) if known else None

    def find_article(self, ticket_id: str, reference: str) -> str | None:
        """As `HelpdeskPlugin.find_article`."""
        with self._asking():
            articles = self._world.ticket(ticket_id).articles
            found = (article.article_id for article in articles if article.reference == reference)
            return next(found, None)

    def read_ticket(self, ticket_id: str) -> Ticket:
        """As `HelpdeskPlugin.read_ticket`."""
        with self._asking():
            stored = self._world.ticket(ticket_id)
            return Ticket(
                ticket_id=ticket_id,
                reference=stored.reference,
                state=_STATES[stored.status] if stored.merged_into is None else TicketState.MERGED,
                version=str(stored.changes),
                owned=stored.owner is not None,
                state_set_by_person=stored.closed_by_person,
                merged_into=stored.merged_into,
                merges=tuple(stored.merges),
                articles=tuple(self.as_read(article) for article in stored.articles),
            )

    def as_read(self, article: StoredArticle) -> Article:
        """How a stored article reads."""
        internal = article.visibility is Visibility.INTERNAL
        audience = Audience.STAFF if internal else Audience.REPORTER
        return Article(
            article_id=article.article_id,
            written_on=article.written_on,
            author=article.author,
            visibility=article.visibility,
            audience=Audience.ELSEWHERE if article.elsewhere else audience,
            created_at=article.created_at,
            body=article.text,
            reference=article.reference,
            files=tuple(
                RemoteFile(f"{article.article_id}/{index}", file.name, file.media_type, len(file.data))
                for index, file in enumerate(article.files)
            ),
        )

    def changes_since(self, moment: datetime) -> Iterator[TicketChange]:
        """As `HelpdeskPlugin.changes_since`."""
        with self._asking():
            tickets = sorted(self._world.tickets.values(), key=lambda ticket: ticket.changed_at)
        for ticket in tickets:
            if ticket.changed_at >= moment:
                yield TicketChange(ticket.ticket_id, str(ticket.changes), ticket.changed_at, ticket.reference)

    def download(self, file: RemoteFile, *, limit: int) -> bytes:
        """As `HelpdeskPlugin.download`."""
        article_id, _, index = file.locator.partition("/")
        with self._asking():
            articles = [article for ticket in self._world.tickets.values() for article in ticket.articles]
        data = next(
            article.files[int(index)].data for article in articles if article.article_id == article_id
        )
        if len(data) > limit:
            raise PermanentFailure("the file is too large")
        return data
