"""Staff of a practice helpdesk: what its pages do, done without a browser."""

import json
from datetime import timedelta
from pathlib import Path

from flask import request
from pydantic import SecretStr

from connector.plugin_api import AdminAccess, Clock, Visibility, WebhookDelivery
from connector.testing import FakeClock, SeenByStaff, StaffFile, TicketOnScreen
from demo.practice.helpdesk import PracticeHelpdesk
from demo.practice.tickets import File, NewArticle, Tickets


class PracticeServer:
    """A practice helpdesk that can be stopped and started again at the same address."""

    def __init__(self, directory: Path, clock: Clock) -> None:
        self._directory, self._clock = directory, clock
        self.requests: list[bytes] = []
        self._running = False
        self.helpdesk = self._started(0)

    def _started(self, port: int) -> PracticeHelpdesk:
        helpdesk = PracticeHelpdesk(self._directory, port=port, clock=self._clock.now)
        helpdesk.app.before_request(self._record)
        helpdesk.start()
        self._running = True
        return helpdesk

    def _record(self) -> None:
        if request.path.startswith("/api/"):
            head = f"{request.method} {request.full_path}\n{request.headers}".encode()
            self.requests.append(head + request.get_data())

    def stop(self) -> None:
        """Answer nothing from now on; where webhooks go is forgotten, as the real one forgets it."""
        if not self._running:
            return
        self._running = False
        self.helpdesk.stop()

    def start_again(self) -> None:
        """The same helpdesk, at the same address."""
        webhooks_to = self.helpdesk.webhooks.url
        self.helpdesk = self._started(int(self.helpdesk.url.rsplit(":", 1)[1]))
        self.helpdesk.webhooks.url = webhooks_to

    def change_token(self) -> None:
        """Another token from now on."""
        self.stop()
        file = self._directory / "practice.json"
        file.write_text(json.dumps({**json.loads(file.read_text()), "token": "another-token-2f90"}))
        self.start_again()


class PracticeHands:
    """`connector.testing.StaffHands`. Whatever is done takes a second."""

    def __init__(self, server: PracticeServer, clock: Clock) -> None:
        self._server, self._clock = server, clock
        self.secrets = (server.helpdesk.token, server.helpdesk.webhook_secret)
        self.admin = AdminAccess(SecretStr("none is needed"))

    def look(self, ticket_id: str) -> TicketOnScreen:
        """The ticket on the staff page."""
        row = self._tickets.one(int(ticket_id))
        articles = tuple(
            SeenByStaff(
                str(article["id"]),
                article["body"],
                Visibility(article["visibility"]),
                {file["name"]: self._tickets.file(file["id"]).content for file in article["files"]},
            )
            for article in row["articles"]
        )
        closed = row["status"] in ("closed", "merged")
        return TicketOnScreen(row["reference"], row["title"], closed, frozenset(row["tags"]), articles)

    def tickets_with(self, reference: str) -> list[str]:
        """The ticket with this reference."""
        return [str(row["id"]) for row in self._tickets.by_reference(reference)]

    def answer(self, ticket_id: str, text: str, files: tuple[StaffFile, ...] = ()) -> str:
        """A public answer."""
        attached = tuple(File(file.name, file.media_type, file.data) for file in files)
        return self._add(ticket_id, NewArticle(text, visibility="public", files=attached))

    def note(self, ticket_id: str, text: str) -> str:
        """An internal note."""
        return self._add(ticket_id, NewArticle(text))

    def write_elsewhere(self, ticket_id: str, text: str) -> str:
        """An e-mail to somebody outside."""
        return self._add(ticket_id, NewArticle(text, visibility="public", to="parent@example.org"))

    def close(self, ticket_id: str) -> None:
        """Close it."""
        self._tickets.update(int(ticket_id), "staff", status="closed")

    def take(self, ticket_id: str) -> None:
        """Take it."""
        self._tickets.update(int(ticket_id), "staff", owner="dana")

    def merge(self, source: str, target: str) -> None:
        """Merge two tickets."""
        self._tickets.merge(int(source), int(target))

    def delete(self, ticket_id: str) -> None:
        """Delete a ticket."""
        self._tickets.delete(int(ticket_id))

    def flip(self, ticket_id: str, article_id: str, visibility: Visibility) -> None:
        """Turn an article public or internal."""
        self._tickets.show(int(ticket_id), int(article_id), visibility.value)

    def let_time_pass(self) -> None:
        """A second, on a clock that can be moved."""
        assert isinstance(self._clock, FakeClock)
        self._clock.advance(timedelta(seconds=1))

    def webhook(self, ticket_id: str) -> WebhookDelivery:
        """A delivery about a ticket."""
        return self.sign(json.dumps({"event": "article.created", "ticket": int(ticket_id)}).encode())

    def sign(self, body: bytes) -> WebhookDelivery:
        """A delivery with its proof."""
        headers = self._server.helpdesk.webhooks.signed(body)
        return WebhookDelivery({name.lower(): value for name, value in headers.items()}, body)

    def withdraw_access(self) -> None:
        """The token is worth nothing any more."""
        self._server.change_token()

    def go_down(self) -> None:
        """Nobody answers."""
        self._server.stop()

    def _add(self, ticket_id: str, article: NewArticle) -> str:
        return str(self._tickets.add(int(ticket_id), article))

    @property
    def _tickets(self) -> Tickets:
        return self._server.helpdesk.tickets
