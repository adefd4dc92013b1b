"""The writing half of the plugin for the helpdesk in memory."""

from connector.plugin_api import NewArticle, NewTicket, TicketRef, Visibility
from tests.kit.settings import Connected, ref
from tests.kit.world import StoredTicket


class ReferenceWriting(Connected):
    """Opens tickets and adds to them."""

    def open_ticket(self, ticket: NewTicket) -> TicketRef:
        """As `HelpdeskPlugin.open_ticket`."""
        with self._asking():
            known = self._world.with_reference(ticket.reference)
            return ref(known[0]) if known else self._create(ticket)

    def _create(self, ticket: NewTicket) -> TicketRef:
        stored = StoredTicket(
            ticket_id=self._world.number(),
            reference=ticket.reference,
            subject=ticket.subject,
            tags=set(ticket.tags),
            changed_at=self._world.clock.now(),
        )
        self._world.tickets[stored.ticket_id] = stored
        self._world.write(stored, self._world.ours(stored, ticket.first))
        return ref(stored)

    def add_article(self, ticket_id: str, article: NewArticle) -> str:
        """As `HelpdeskPlugin.add_article`."""
        with self._asking():
            stored = self._world.ticket(ticket_id)
            if article.reopen and stored.status == "closed":
                stored.status, stored.closed_by_person = "open", False
            return self._world.write(stored, self._world.ours(stored, article))

    def confirm_relayed(self, ticket_id: str) -> None:
        """As `HelpdeskPlugin.confirm_relayed`."""
        with self._asking():
            stored = self._world.ticket(ticket_id)
            stored.tags.add("tip-answered")
            self._world.touch(stored)

    def close_twin(self, ticket_id: str, original: TicketRef) -> None:
        """As `HelpdeskPlugin.close_twin`."""
        note = NewArticle(
            reference=f"twin/{original.ticket_id}",
            visibility=Visibility.INTERNAL,
            body=f"This is handled in ticket {original.ticket_id}.",
        )
        self.add_article(ticket_id, note)
        with self._asking():
            self._world.ticket(ticket_id).status = "closed"
