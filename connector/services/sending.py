"""Carrying out one row of the outbox at its helpdesk: look first where it may have been done already."""

from dataclasses import dataclass
from datetime import timedelta

from connector.clock import Clock
from connector.domain.merging import ticket_at
from connector.domain.ticket import NewArticle, NewTicket, TicketRef
from connector.errors import TipbridgeError
from connector.services.content import Content
from connector.services.helpdesk import Helpdesk
from connector.store import Store
from connector.store.outbox_rows import ClaimedRow, RowKind

NOT_YET = timedelta(seconds=2)
"""How soon to look again for a ticket that is still being opened."""


class TicketNotYetOpen(TipbridgeError):
    """The case's ticket is still to be opened: the row waits."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of it: `opened` for a new ticket."""

    opened: TicketRef | None = None


class Sending:
    """Turns a claimed row into plugin calls. Safe to repeat after any crash."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def send(self, helpdesk: Helpdesk, row: ClaimedRow, content: Content) -> Sent:
        """Carry a row out. Raises what the plugin raises, and TicketNotYetOpen.

        `row.attempts` above 1 means that an earlier try may have got through although we never heard of it (a crash,
        a time-out): then we look before we repeat. The claim's lease outlives the request's own time-out, so the look
        does not come before the earlier request has ended.
        """
        plugin = helpdesk.plugin
        match row.kind, content:
            case RowKind.TICKET, NewTicket():
                found = plugin.find_ticket(content.reference) if row.attempts > 1 else None
                return Sent(opened=found or plugin.open_ticket(content))
            case RowKind.ARTICLE | RowKind.NOTE, NewArticle():
                ticket_id = self.ticket_id(row)
                if row.attempts == 1 or plugin.find_article(ticket_id, content.reference) is None:
                    plugin.add_article(ticket_id, content)
            case RowKind.CONFIRM, None:
                plugin.confirm_relayed(self.ticket_id(row))
            case RowKind.TWIN, TicketRef():
                plugin.close_twin(row.ticket_id or "", content)
            case _:
                raise ValueError(f"an outbox row of kind {row.kind.value} holds something else")
        return Sent()

    def ticket_id(self, row: ClaimedRow) -> str:
        """The ticket to write to: the row's own or the case's, followed through merges."""
        with self._store.read() as tx:
            home = row.ticket_id
            if home is None:
                ticket = tx.tickets.current(row.case_id, row.helpdesk)
                home = None if ticket is None else ticket.ticket_id
            if home is None:
                raise TicketNotYetOpen("the case's ticket is still to be opened")
            merges = tx.merges.around(row.helpdesk, home)
        return ticket_at(home, merges, self._clock.now())
