"""Staff of the helpdesk in memory."""

import hashlib
import hmac
import json

from pydantic import SecretStr

from connector.plugin_api import AdminAccess, Author, Merge, Visibility, WebhookDelivery
from connector.testing import SeenByStaff, StaffFile, TicketOnScreen
from tests.kit.reference import SIGNATURE
from tests.kit.world import StoredArticle, World

HOOK_SECRET = "hook-secret-of-the-kit-41aa"


class ReferenceHands:
    """`connector.testing.StaffHands` for the helpdesk in memory."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.secrets = ("token-of-the-kit-9b1c", HOOK_SECRET)
        self.admin = AdminAccess(SecretStr("admin"))

    def look(self, ticket_id: str) -> TicketOnScreen:
        """What stands in the ticket."""
        ticket = self._world.ticket(ticket_id)
        articles = tuple(
            SeenByStaff(
                article.article_id,
                article.text,
                article.visibility,
                {file.name: file.data for file in article.files},
            )
            for article in ticket.articles
        )
        closed = ticket.status == "closed"
        return TicketOnScreen(ticket.reference, ticket.subject, closed, frozenset(ticket.tags), articles)

    def tickets_with(self, reference: str) -> list[str]:
        """The tickets with this reference."""
        return [ticket.ticket_id for ticket in self._world.with_reference(reference)]

    def answer(self, ticket_id: str, text: str, files: tuple[StaffFile, ...] = ()) -> str:
        """A public answer."""
        return self._write(ticket_id, text, Visibility.PUBLIC, files=files)

    def note(self, ticket_id: str, text: str) -> str:
        """An internal note."""
        return self._write(ticket_id, text, Visibility.INTERNAL)

    def write_elsewhere(self, ticket_id: str, text: str) -> str:
        """A letter to somebody."""
        return self._write(ticket_id, text, Visibility.PUBLIC, elsewhere=True)

    def _write(
        self,
        ticket_id: str,
        text: str,
        visibility: Visibility,
        *,
        elsewhere: bool = False,
        files: tuple[StaffFile, ...] = (),
    ) -> str:
        article = StoredArticle(
            article_id=self._world.number(),
            written_on=ticket_id,
            author=Author.PERSON,
            visibility=visibility,
            text=text,
            created_at=self._world.clock.now(),
            elsewhere=elsewhere,
            files=files,
        )
        return self._world.write(self._world.ticket(ticket_id), article)

    def close(self, ticket_id: str) -> None:
        """Close a ticket."""
        ticket = self._world.ticket(ticket_id)
        ticket.status, ticket.closed_by_person = "closed", True
        self._world.touch(ticket)

    def take(self, ticket_id: str) -> None:
        """Become its owner."""
        ticket = self._world.ticket(ticket_id)
        ticket.owner = "Dana"
        self._world.touch(ticket)

    def merge(self, source: str, target: str) -> None:
        """Move everything from one ticket into another."""
        left, stays = self._world.ticket(source), self._world.ticket(target)
        left.merged_into = target
        stays.merges.append(Merge(source, self._world.clock.now()))
        stays.articles = sorted([*stays.articles, *left.articles], key=lambda article: article.created_at)
        left.articles = []
        self._world.touch(left)
        self._world.touch(stays)

    def delete(self, ticket_id: str) -> None:
        """Delete a ticket."""
        del self._world.tickets[ticket_id]

    def flip(self, ticket_id: str, article_id: str, visibility: Visibility) -> None:
        """Change who may read an article."""
        ticket = self._world.ticket(ticket_id)
        for article in ticket.articles:
            if article.article_id == article_id:
                article.visibility = visibility
        self._world.touch(ticket)

    def let_time_pass(self) -> None:
        """Move the world's clock."""
        self._world.let_time_pass()

    def webhook(self, ticket_id: str) -> WebhookDelivery:
        """A delivery about a ticket."""
        return self.sign(json.dumps({"ticket": {"id": ticket_id}}).encode())

    def sign(self, body: bytes) -> WebhookDelivery:
        """A delivery with a valid proof."""
        proof = hmac.new(HOOK_SECRET.encode(), body, hashlib.sha256).hexdigest()
        return WebhookDelivery({SIGNATURE: proof}, body)

    def withdraw_access(self) -> None:
        """Withdraw the token."""
        self._world.token = None

    def go_down(self) -> None:
        """Pull the plug."""
        self._world.up = False
