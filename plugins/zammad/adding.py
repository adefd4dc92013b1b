"""Adding to a ticket: articles, the quiet mark that an answer left, the end of a twin."""

from connector.plugin_api import NewArticle, PermanentFailure, TicketRef, TicketState, Visibility
from plugins.zammad.answers import Unprocessable
from plugins.zammad.client import ZammadClient
from plugins.zammad.directory import Directory
from plugins.zammad.models import ANYTHING, ARTICLE, ARTICLES, TAGS, TICKET
from plugins.zammad.requester import Requester
from plugins.zammad.settings import ZammadSettings
from plugins.zammad.writing import article_to_write, message_id

_TRIES = 2


class Adding:
    """Writes to tickets that exist. Raises NotAllowed where our rights do not reach."""

    def __init__(
        self, client: ZammadClient, directory: Directory, requester: Requester, settings: ZammadSettings
    ) -> None:
        self._client = client
        self._directory = directory
        self._requester = requester
        self._settings = settings

    def add(self, ticket_id: str, article: NewArticle) -> str:
        """The article's id. A 422 may be a deadlock, which Zammad has rolled back: one more try costs nothing."""
        refused: Unprocessable | None = None
        for _ in range(_TRIES):
            try:
                return self._write(ticket_id, article)
            except Unprocessable as failure:
                refused = failure
            if (known := self.find(ticket_id, article.reference)) is not None:
                return known
        raise PermanentFailure(
            "Zammad refused the article twice (422); look the request id up in Zammad's log",
            request_id=None if refused is None else refused.request_id,
        )

    def find(self, ticket_id: str, reference: str) -> str | None:
        """The id of our article with this reference in this ticket."""
        wanted = message_id(reference)
        articles = self._client.get(f"/ticket_articles/by_ticket/{ticket_id}", ARTICLES)
        return next((str(row.id) for row in articles if row.message_id == wanted), None)

    def tag(self, ticket_id: str, tag: str) -> None:
        """Set a tag, once: Zammad would take a tag twice from two at the same time."""
        of_ticket = {"object": "Ticket", "o_id": ticket_id}
        if tag not in self._client.ask("GET", "/tags", TAGS, query=of_ticket).tags:
            self._client.ask(
                "POST", "/tags/add", ANYTHING, json={**of_ticket, "o_id": int(ticket_id), "item": tag}
            )

    def close_twin(self, ticket_id: str, original: TicketRef) -> None:
        """Close a ticket, with an internal note that names the one in which the case is handled."""
        note = NewArticle(
            reference=f"twin/{original.ticket_id}",
            visibility=Visibility.INTERNAL,
            body=f"The same tip is handled in ticket {original.reference}.",
        )
        if self.find(ticket_id, note.reference) is None:
            self._with_state(ticket_id, note, self._directory.closed_state())

    def _write(self, ticket_id: str, article: NewArticle) -> str:
        if article.reopen and self._is_closed(ticket_id):
            return self._with_state(ticket_id, article, self._directory.open_state())
        body = {"ticket_id": int(ticket_id), **self._body(article)}
        return str(
            self._client.ask("POST", "/ticket_articles", ARTICLE, query={"expand": "true"}, json=body).id
        )

    def _with_state(self, ticket_id: str, article: NewArticle, state: int) -> str:
        """Article and state in one request: a customer's article alone does not open a closed ticket."""
        body = {"state_id": state, "article": self._body(article)}
        self._client.ask("PUT", f"/tickets/{ticket_id}", TICKET, query={"expand": "true"}, json=body)
        return self.find(ticket_id, article.reference) or ""

    def _is_closed(self, ticket_id: str) -> bool:
        return self._directory.state(self._client.ticket(ticket_id).state_id) is TicketState.CLOSED

    def _body(self, article: NewArticle) -> dict[str, object]:
        return article_to_write(article, self._settings, customer=self._requester.id())
