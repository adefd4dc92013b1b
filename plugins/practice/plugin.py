"""The practice helpdesk behind the plugin protocol. What each method owes is told at `HelpdeskPlugin`."""

from collections.abc import Iterator
from datetime import UTC, datetime

from pydantic import BaseModel, ValidationError

from connector.plugin_api import (
    AdminAccess,
    Finding,
    HelpdeskFailure,
    HelpdeskMisconfigured,
    Level,
    NewArticle,
    NewTicket,
    PermanentFailure,
    PluginContext,
    RejectedWebhook,
    RemoteFile,
    Ticket,
    TicketChange,
    TicketRef,
    UnreadableWebhook,
    Visibility,
    WebhookDelivery,
    has_valid_hmac,
)
from plugins.practice.client import PracticeClient, as_model, judged
from plugins.practice.mapping import article_to_write, ticket_as_read, ticket_to_write
from plugins.practice.models import (
    Announcement,
    ArticleId,
    OneTicket,
    Opened,
    Taken,
    TicketList,
    TicketRow,
)
from plugins.practice.settings import PracticeSettings

_PAGE = 100
_SIGNATURE = "x-practice-signature"


class PracticePlugin:
    """One practice helpdesk."""

    def __init__(self, settings: PracticeSettings, context: PluginContext) -> None:
        self._client = PracticeClient(settings, context)
        self._url = (settings.url or "").rstrip("/")
        self._webhook_url = context.webhook_url
        self._secrets = settings.webhook_secret

    def open_ticket(self, ticket: NewTicket) -> TicketRef:
        """As `HelpdeskPlugin.open_ticket`; 409 names the ticket that has the reference already."""
        answer = self._client.send("POST", "/api/tickets", json=ticket_to_write(ticket))
        if answer.status == 409:
            return self._ref(as_model(answer, Taken).ticket, ticket.reference)
        return self._ref(as_model(judged(answer), Opened).ticket.id, ticket.reference)

    def find_ticket(self, reference: str) -> TicketRef | None:
        """As `HelpdeskPlugin.find_ticket`."""
        listed = self._client.ask("GET", "/api/tickets", TicketList, query={"reference": reference})
        found = [row.id for row in listed.tickets if row.reference == reference]
        return self._ref(found[0], reference) if found else None

    def add_article(self, ticket_id: str, article: NewArticle) -> str:
        """As `HelpdeskPlugin.add_article`."""
        body = {**article_to_write(article), "reopen": article.reopen}
        added = self._client.ask("POST", f"{_path(ticket_id)}/articles", ArticleId, json=body)
        return str(added.article)

    def find_article(self, ticket_id: str, reference: str) -> str | None:
        """As `HelpdeskPlugin.find_article`."""
        query = {"reference": reference}
        found = self._client.ask("GET", f"{_path(ticket_id)}/articles", ArticleId, query=query).article
        return None if found is None else str(found)

    def read_ticket(self, ticket_id: str) -> Ticket:
        """As `HelpdeskPlugin.read_ticket`."""
        return ticket_as_read(self._client.ask("GET", _path(ticket_id), OneTicket).ticket)

    def changes_since(self, moment: datetime) -> Iterator[TicketChange]:
        """As `HelpdeskPlugin.changes_since`, page by page."""
        since = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
        offset, full = 0, True
        while full:
            query = {"changed_since": since, "limit": str(_PAGE), "offset": str(offset)}
            rows = self._client.ask("GET", "/api/tickets", TicketList, query=query).tickets
            yield from (_change(row) for row in rows)
            offset, full = offset + len(rows), len(rows) == _PAGE

    def download(self, file: RemoteFile, *, limit: int) -> bytes:
        """As `HelpdeskPlugin.download`."""
        return self._client.download(f"/api/files/{_number(file.locator)}", limit=limit)

    def confirm_relayed(self, ticket_id: str) -> None:
        """As `HelpdeskPlugin.confirm_relayed`: a tag."""
        self._client.ask("PATCH", _path(ticket_id), OneTicket, json={"tags": ["tip-answered"]})

    def close_twin(self, ticket_id: str, original: TicketRef) -> None:
        """As `HelpdeskPlugin.close_twin`. No twin can arise here, but a person may have made a second ticket."""
        note = NewArticle(
            reference=f"twin/{original.ticket_id}",
            visibility=Visibility.INTERNAL,
            body=f"The same tip is handled in ticket {original.reference} (number {original.ticket_id}).",
        )
        if self.find_article(ticket_id, note.reference) is None:
            self.add_article(ticket_id, note)
        self._client.ask("PATCH", _path(ticket_id), OneTicket, json={"status": "closed"})

    def read_webhook(self, delivery: WebhookDelivery) -> tuple[str, ...]:
        """As `HelpdeskPlugin.read_webhook`: `sha256=` and the HMAC of the raw body."""
        claimed = (delivery.header(_SIGNATURE) or "").removeprefix("sha256=")
        secrets = [secret.get_secret_value() for secret in self._secrets]
        if not has_valid_hmac(delivery.body, claimed, secrets, "sha256"):
            raise RejectedWebhook("the signature is missing or wrong")
        try:
            return (str(Announcement.model_validate_json(delivery.body).ticket),)
        except ValidationError:
            raise UnreadableWebhook("not a delivery of the practice helpdesk") from None

    def check(self, admin: AdminAccess | None) -> list[Finding]:  # noqa: ARG002  nothing here needs one
        """As `HelpdeskPlugin.check`: whether it answers to our token."""
        try:
            self._client.ask("GET", "/api/tickets", TicketList, query={"reference": "TIP-0000-0000"})
        except HelpdeskMisconfigured as problem:
            return [Finding(problem.error_id, Level.ERROR, problem.what, problem.remedy)]
        except HelpdeskFailure as problem:
            return [
                Finding("PRC-E003", Level.ERROR, problem.what, "start `tipbridge run`, or look at its url")
            ]
        return [Finding("PRC-I001", Level.OK, "the practice helpdesk answers and knows our token")]

    def provision(self, admin: AdminAccess) -> list[Finding]:  # noqa: ARG002
        """As `HelpdeskPlugin.provision`: tells it where its webhooks go. Any token of it may."""
        self._client.ask("PUT", "/api/webhook", _Anything, json={"url": self._webhook_url})
        return [Finding("PRC-I002", Level.OK, "the practice helpdesk sends its webhooks to us")]

    def _ref(self, ticket: int, reference: str) -> TicketRef:
        return TicketRef(str(ticket), reference, f"{self._url}/tickets/{ticket}")


class _Anything(BaseModel):
    """An answer of which only the status matters."""


def _change(row: TicketRow) -> TicketChange:
    return TicketChange(str(row.id), str(row.version), row.updated_at, row.reference)


def _path(ticket_id: str) -> str:
    return f"/api/tickets/{_number(ticket_id)}"


def _number(written: str) -> str:
    """An id as it may stand in a path. Raises PermanentFailure for anything but a number."""
    if not (written.isascii() and written.isdecimal()):
        raise PermanentFailure("this is no id of the practice helpdesk")
    return written
