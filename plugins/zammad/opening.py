"""Opening a ticket exactly once, whatever Zammad answers."""

from connector.plugin_api import HelpdeskMisconfigured, NewTicket, PermanentFailure
from plugins.zammad.answers import NotAllowed, Unprocessable, lost_rights
from plugins.zammad.client import ZammadClient
from plugins.zammad.directory import Directory
from plugins.zammad.models import TICKET, TicketRow
from plugins.zammad.requester import Requester
from plugins.zammad.settings import ZammadSettings
from plugins.zammad.writing import ticket_to_write

_TRIES = 3


class Opening:
    """`POST /tickets` with our own number.

    A number that is taken, a deadlock, a customer that is gone and a mandatory field all come back as the same 422,
    whose reason an agent's token may not read. So after each one we look for our number, and for the customer.
    """

    def __init__(
        self, client: ZammadClient, directory: Directory, requester: Requester, settings: ZammadSettings
    ) -> None:
        self._client = client
        self._directory = directory
        self._requester = requester
        self._settings = settings

    def open(self, ticket: NewTicket) -> TicketRow:
        """The ticket: made now, or by an earlier try."""
        refused: Unprocessable | None = None
        for _ in range(_TRIES):
            try:
                return self._create(ticket)
            except NotAllowed:
                raise lost_rights() from None
            except Unprocessable as failure:
                refused = failure
            if refused.about_names:
                raise HelpdeskMisconfigured(
                    "ZMD-E004",
                    f"Zammad knows no group of the name {self._settings.group!r}, or another name we use",
                    "enter the group's exact name: Admin > Manage > Groups; nested groups as Parent::Child",
                )
            if (known := self._client.numbered(ticket.reference)) is not None:
                return known
            self._requester.is_lost()
        raise PermanentFailure(
            "Zammad refused the ticket several times (422); most often a ticket attribute is mandatory for agents, or a "
            "workflow forbids a value: look the request id up in Zammad's log, mend it, then `tipbridge outbox retry`",
            request_id=None if refused is None else refused.request_id,
        )

    def _create(self, ticket: NewTicket) -> TicketRow:
        body = ticket_to_write(
            ticket,
            self._settings,
            customer=self._requester.id(),
            priority=self._directory.priority_for(ticket.urgency),
        )
        return self._client.ask("POST", "/tickets", TICKET, query={"expand": "true"}, json=body)
