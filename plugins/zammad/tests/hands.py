"""Staff of the fake Zammad as the contract kit's hands, and the settings of a plugin before it."""

import hashlib
import hmac
import json
from datetime import timedelta

from pydantic import SecretStr

from connector.plugin_api import AdminAccess, Visibility, WebhookDelivery
from connector.testing import FakeClock, SeenByStaff, StaffFile, TicketOnScreen
from plugins.zammad.settings import ZammadSettings
from plugins.zammad.tests.fake import FakeZammad

HOOK_SECRET = "hook-secret-of-the-fake-77c0"
_DONE = ("closed", "merged")


def settings_for(zammad: FakeZammad, **more: object) -> ZammadSettings:
    """Settings of a plugin that works in the group of tips with the least rights."""
    return ZammadSettings.model_validate(
        {
            "url": zammad.url,
            "token": zammad.connector.token,
            "group": "Hinweise",
            "webhook_secret": HOOK_SECRET,
            **more,
        }
    )


class ZammadHands:
    """`connector.testing.StaffHands`: the agent at the desk, and the administrator where only they can."""

    def __init__(self, zammad: FakeZammad, clock: FakeClock) -> None:
        self._zammad, self._clock = zammad, clock
        self.secrets = (zammad.connector.token, HOOK_SECRET)
        self.admin = AdminAccess(SecretStr(zammad.admin.token))

    def look(self, ticket_id: str) -> TicketOnScreen:
        """What an agent sees."""
        row = self._zammad.ticket(int(ticket_id))
        articles = tuple(
            SeenByStaff(
                str(article["id"]),
                article["body"],
                Visibility.INTERNAL if article["internal"] else Visibility.PUBLIC,
                {file["filename"]: self._zammad.file(file["id"]) for file in article["attachments"]},
            )
            for article in self._zammad.articles(int(ticket_id))
        )
        tags = frozenset(self._zammad.tags(int(ticket_id)))
        return TicketOnScreen(row["number"], row["title"], row["state"] in _DONE, tags, articles)

    def tickets_with(self, reference: str) -> list[str]:
        """All tickets of this number."""
        return [str(row["id"]) for row in self._zammad.tickets() if row["number"] == reference]

    def answer(self, ticket_id: str, text: str, files: tuple[StaffFile, ...] = ()) -> str:
        """A note set to public."""
        attached = {file.name: file.data for file in files}
        return str(self._zammad.agent.reply_note(int(ticket_id), text, files=attached)["id"])

    def note(self, ticket_id: str, text: str) -> str:
        """A note as Zammad makes it by default: internal."""
        return str(self._zammad.agent.reply_note(int(ticket_id), text, public=False)["id"])

    def write_elsewhere(self, ticket_id: str, text: str) -> str:
        """An e-mail from the ticket."""
        if self._zammad.world.groups[3]["email_address_id"] is None:
            self._zammad.group_sends_from("safety@school.example.org")
        mail = self._zammad.agent.email(int(ticket_id), to="parent@example.org", body=text)
        return str(mail["id"])

    def close(self, ticket_id: str) -> None:
        """Close it."""
        self._zammad.agent.set_state(int(ticket_id), "closed")

    def take(self, ticket_id: str) -> None:
        """Become its owner."""
        self._zammad.agent.set_owner(int(ticket_id), self._zammad.agent)

    def merge(self, source: str, target: str) -> None:
        """Merge two tickets."""
        self._zammad.agent.merge(int(source), int(target))

    def delete(self, ticket_id: str) -> None:
        """Delete a ticket, as only an administrator can."""
        self._zammad.admin.delete(int(ticket_id))

    def flip(self, ticket_id: str, article_id: str, visibility: Visibility) -> None:
        """Set an article to internal, or back."""
        self._zammad.agent.flip(int(article_id), internal=visibility is Visibility.INTERNAL)

    def let_time_pass(self) -> None:
        """A second."""
        self._clock.advance(timedelta(seconds=1))

    def webhook(self, ticket_id: str) -> WebhookDelivery:
        """A delivery about a ticket, in the default payload's shape."""
        row = self._zammad.ticket(int(ticket_id))
        ticket = {
            "id": row["id"],
            "number": row["number"],
            "state": row["state"],
            "group": {"name": row["group"]},
        }
        return self.sign(json.dumps({"ticket": ticket, "article": {}}).encode())

    def sign(self, body: bytes) -> WebhookDelivery:
        """Any bytes with a valid signature."""
        proof = hmac.new(HOOK_SECRET.encode(), body, hashlib.sha1).hexdigest()
        return WebhookDelivery({"x-hub-signature": f"sha1={proof}"}, body)

    def withdraw_access(self) -> None:
        """Deactivate our account."""
        with self._zammad.world.transaction(self._zammad.admin.id) as changes:
            changes.change(self._zammad.world.users[self._zammad.connector.id], active=False)

    def go_down(self) -> None:
        """Refuse connections."""
        self._zammad.down()
