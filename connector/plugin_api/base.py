"""The protocol of a helpdesk plugin: what each method is asked for, and what it owes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pydantic import SecretStr

from connector.clock import Clock
from connector.domain.ticket import (
    NewArticle,
    NewTicket,
    RemoteFile,
    Ticket,
    TicketChange,
    TicketRef,
)
from connector.plugin_api.findings import Finding
from connector.plugin_api.http_types import HttpClient
from connector.plugin_api.webhook import WebhookDelivery


class Memo(Protocol):
    """A few words that a plugin remembers for its helpdesk, across restarts and processes."""

    def once(self, key: str, create: Callable[[], str]) -> str:
        """The remembered value of `key`; where there is none, the result of `create`, run by one process at a time.

        Raises TemporaryFailure while another process is creating it.
        """
        ...

    def forget(self, key: str) -> None:
        """Remove a value that has turned out wrong."""
        ...


@dataclass(frozen=True, slots=True)
class PluginContext:
    """What a plugin is handed: nothing in it leads to a reporter.

    `open_http(base_url, headers)` makes a client held to that origin, sending these headers with every request; the
    values may hold credentials and are never logged. `webhook_url` is where the helpdesk should call us.
    """

    helpdesk: str
    clock: Clock
    memo: Memo
    open_http: "OpenHttp"
    webhook_url: str
    trust_owner: bool = False


class OpenHttp(Protocol):
    """Makes the HTTP client for one origin."""

    def __call__(
        self,
        base_url: str,
        headers: Mapping[str, str],
        *,
        per_second: float | None = None,
        timeout: float = 30.0,
    ) -> HttpClient:
        """A client for `base_url`; at most `per_second` requests a second, all threads together; read time-out in s."""
        ...


@dataclass(frozen=True, slots=True)
class AdminAccess:
    """An administrator's token, used once for `check` or `--provision` and never stored."""

    token: SecretStr


class HelpdeskPlugin(Protocol):
    """One configured helpdesk. Called from several threads at once.

    Every method raises only: TemporaryFailure (and OutcomeUnknown), PermanentFailure (and TicketGone), or
    HelpdeskMisconfigured. Messages hold nothing of a response body.
    """

    def open_ticket(self, ticket: NewTicket) -> TicketRef:
        """Open a ticket with its first article and files; return where it is.

        Obligations: no mail, text or auto-reply leaves because of it; nothing is stored that could reach a reporter;
        all or nothing, as far as the platform allows. With `unique_reference`: if the reference exists already (an
        earlier try that got through), that ticket is returned and nothing is added.
        """
        ...

    def find_ticket(self, reference: str) -> TicketRef | None:
        """The ticket with exactly this reference, opened by us; None where there is none. Not an eventual index."""
        ...

    def add_article(self, ticket_id: str, article: NewArticle) -> str:
        """Add an article and return its id. `from_reporter` articles must not look like staff's own answers.

        With `reopen`, a closed ticket is opened again. Raises TicketGone for a deleted ticket.
        """
        ...

    def find_article(self, ticket_id: str, reference: str) -> str | None:
        """The id of our article with this reference in this ticket, or None."""
        ...

    def read_ticket(self, ticket_id: str) -> Ticket:
        """The ticket with all its articles, oldest first. Raises TicketGone."""
        ...

    def changes_since(self, moment: datetime) -> Iterator[TicketChange]:
        """Tickets changed at or after `moment`, oldest change first; may name tickets that are not ours."""
        ...

    def download(self, file: RemoteFile, *, limit: int) -> bytes:
        """The bytes of a staff file. Raises PermanentFailure where it is larger than `limit` or gone."""
        ...

    def confirm_relayed(self, ticket_id: str) -> None:
        """Mark quietly in the ticket that an answer has reached the reporter's inbox. Safe to repeat."""
        ...

    def close_twin(self, ticket_id: str, original: TicketRef) -> None:
        """Close a second ticket that arose for the same reference, with an internal note naming the original."""
        ...

    def read_webhook(self, delivery: WebhookDelivery) -> tuple[str, ...]:
        """The ids of the tickets that this delivery is about. A hint: the core reads them again through the API.

        The proof comes first, over the raw bytes, in constant time. Raises RejectedWebhook without a valid proof (also
        when no secret is configured), UnreadableWebhook for a genuine delivery in an unknown shape.
        """
        ...

    def check(self, admin: AdminAccess | None) -> list[Finding]:
        """Look at the helpdesk and say what is wrong, without changing anything and without writing to anybody."""
        ...

    def provision(self, admin: AdminAccess) -> list[Finding]:
        """Create what the set-up needs (requester, fields, tags, webhook, trigger). Safe to repeat; says what it did."""
        ...
