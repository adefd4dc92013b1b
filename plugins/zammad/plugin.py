"""Zammad behind the plugin protocol. What each method owes is told at `HelpdeskPlugin`."""

from collections.abc import Iterator
from datetime import datetime

from connector.plugin_api import (
    AdminAccess,
    Finding,
    NewArticle,
    NewTicket,
    PluginContext,
    RemoteFile,
    Ticket,
    TicketChange,
    TicketGone,
    TicketRef,
    TicketState,
    WebhookDelivery,
)
from plugins.zammad.adding import Adding
from plugins.zammad.admin import Installation
from plugins.zammad.answers import NotAllowed, lost_rights
from plugins.zammad.checking import Check
from plugins.zammad.client import ZammadClient, number
from plugins.zammad.directory import Directory
from plugins.zammad.merges import told
from plugins.zammad.models import ARTICLES, TicketRow
from plugins.zammad.opening import Opening
from plugins.zammad.provisioning import Provisioning
from plugins.zammad.reading import Reader
from plugins.zammad.requester import Requester
from plugins.zammad.settings import ZammadSettings
from plugins.zammad.webhook import tickets_in

_OURS = "TIP-"
_PAGE = 200
_NOBODY = 1


class ZammadPlugin:
    """One Zammad, through one agent's token."""

    def __init__(self, settings: ZammadSettings, context: PluginContext) -> None:
        self._settings = settings
        self._context = context
        self._client = self._client_with(settings.token.get_secret_value())
        self._directory = Directory(self._client)
        self._requester = Requester(self._client, context.memo, settings)
        self._opening = Opening(self._client, self._directory, self._requester, settings)
        self._adding = Adding(self._client, self._directory, self._requester, settings)

    def open_ticket(self, ticket: NewTicket) -> TicketRef:
        """As `HelpdeskPlugin.open_ticket`: our own `number` is unique in Zammad."""
        return self._ref(self._opening.open(ticket))

    def find_ticket(self, reference: str) -> TicketRef | None:
        """As `HelpdeskPlugin.find_ticket`."""
        found = self._client.numbered(reference)
        return None if found is None else self._ref(found)

    def add_article(self, ticket_id: str, article: NewArticle) -> str:
        """As `HelpdeskPlugin.add_article`."""
        try:
            return self._adding.add(number(ticket_id), article)
        except NotAllowed as refused:
            raise self._what_it_means() from refused

    def find_article(self, ticket_id: str, reference: str) -> str | None:
        """As `HelpdeskPlugin.find_article`."""
        try:
            return self._adding.find(number(ticket_id), reference)
        except NotAllowed as refused:
            raise self._what_it_means() from refused

    def read_ticket(self, ticket_id: str) -> Ticket:
        """As `HelpdeskPlugin.read_ticket`.

        The ticket is read before its articles: what comes in between is read again, for the version is the older one.
        """
        try:
            row = self._client.ticket(ticket_id)
            articles = self._client.get(f"/ticket_articles/by_ticket/{row.id}", ARTICLES)
            story = told(row.id, self._client.history)
        except NotAllowed as refused:
            raise self._what_it_means() from refused
        me = self._directory.me()
        state = self._directory.state(row.state_id)
        reader = Reader(me, self._settings.reply_address, story)
        merged_into = story.merged_into if state is TicketState.MERGED else None
        return Ticket(
            ticket_id=str(row.id),
            reference=row.number,
            state=state,
            version=row.version,
            owned=row.owner_id != _NOBODY,
            state_set_by_person=story.state_set_by_person(me),
            urgency=self._directory.urgency_of(row.priority_id),
            merged_into=None if merged_into is None else str(merged_into),
            merges=story.merges,
            articles=tuple(reader.article(article) for article in articles),
        )

    def changes_since(self, moment: datetime) -> Iterator[TicketChange]:
        """As `HelpdeskPlugin.changes_since`.

        The list moves while it is read. So each page begins at the last change seen; only where a whole page changed
        in the same millisecond is the next one asked for by its number.
        """
        since, page = moment, 1
        listed: set[tuple[int, str]] = set()
        while True:
            rows = self._client.changed(_OURS, since, page=page, limit=_PAGE)
            for row in rows:
                if (row.id, row.version) not in listed and row.number.startswith(_OURS):
                    listed.add((row.id, row.version))
                    yield TicketChange(str(row.id), row.version, row.updated_at, row.number)
            if len(rows) < _PAGE:
                return
            last = rows[-1].updated_at
            since, page = (since, page + 1) if last <= since else (last, 1)

    def download(self, file: RemoteFile, *, limit: int) -> bytes:
        """As `HelpdeskPlugin.download`."""
        ids = "/".join(number(part) for part in file.locator.split("/"))
        return self._client.download(f"/ticket_attachment/{ids}", limit=limit)

    def confirm_relayed(self, ticket_id: str) -> None:
        """As `HelpdeskPlugin.confirm_relayed`: a tag, which fires no trigger."""
        try:
            self._adding.tag(number(ticket_id), "tip-answered")
        except NotAllowed as refused:
            raise self._what_it_means() from refused

    def close_twin(self, ticket_id: str, original: TicketRef) -> None:
        """As `HelpdeskPlugin.close_twin`."""
        self._adding.close_twin(number(ticket_id), original)

    def read_webhook(self, delivery: WebhookDelivery) -> tuple[str, ...]:
        """As `HelpdeskPlugin.read_webhook`."""
        return tickets_in(delivery, self._settings.webhook_secret)

    def check(self, admin: AdminAccess | None) -> list[Finding]:
        """As `HelpdeskPlugin.check`."""
        installation = self._installation(admin)
        return Check(self._client, self._settings, installation, self._context.webhook_url).findings()

    def provision(self, admin: AdminAccess) -> list[Finding]:
        """As `HelpdeskPlugin.provision`."""
        installation = Installation(self._client_with(admin.token.get_secret_value()))
        return Provisioning(
            installation, self._directory, self._requester, self._settings, self._context.webhook_url
        ).done()

    def _installation(self, admin: AdminAccess | None) -> Installation | None:
        return None if admin is None else Installation(self._client_with(admin.token.get_secret_value()))

    def _client_with(self, token: str) -> ZammadClient:
        headers = {"Authorization": f"Token token={token}", "Accept": "application/json"}
        return ZammadClient(self._context.open_http(self._settings.url, headers))

    def _ref(self, row: TicketRow) -> TicketRef:
        return TicketRef(str(row.id), row.number, f"{self._settings.url.rstrip('/')}/#ticket/zoom/{row.id}")

    def _what_it_means(self) -> Exception:
        """403 for one ticket: it was moved out of our sight, unless we have lost sight of all of them."""
        if self._client.sees_any(_OURS):
            return TicketGone("the ticket was moved to a group where our account may not look")
        return lost_rights()
