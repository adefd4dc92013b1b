"""E-mail articles: what Zammad fills in, and what leaves once the background worker has sent it."""

import hashlib
import re
import uuid
from dataclasses import dataclass, field
from email.utils import getaddresses

from plugins.zammad.tests.fake import contact
from plugins.zammad.tests.fake.errors import Broken, Unprocessable
from plugins.zammad.tests.fake.people import full_name
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.world import World

_REPLY_PREFIX = re.compile(r"\A(?:(?:re|aw|fwd?)(?:\[\d+\])?:\s*)+", re.IGNORECASE)
_ADDRESS = re.compile(r"\A[^@\s]+@[^@\s]+\Z")


@dataclass(frozen=True, slots=True)
class SentMail:
    """A mail that left the server."""

    article_id: int
    sender: str
    recipients: tuple[str, ...]
    subject: str
    body: str = field(repr=False)


def addresses(*fields: str | None) -> tuple[str, ...]:
    """The valid addresses in header fields."""
    return tuple(
        address for _, address in getaddresses([field or "" for field in fields]) if _ADDRESS.match(address)
    )


def recipients(article: Row) -> tuple[str, ...]:
    """Whom an article goes to."""
    return addresses(article["to"], article["cc"])


def outgoing_columns(world: World, ticket: Row, article: Row) -> Row:
    """From, subject, message id and preferences of an e-mail article that Zammad is to send.

    Raises Broken (500) where the group has no address, and from 6.5 on Unprocessable without a recipient.
    """
    if world.version.mail_needs_a_recipient and not recipients(article):
        raise Unprocessable("Sending an email without a valid recipient is not possible.")
    address = world.email_addresses.get(world.groups[ticket["group_id"]]["email_address_id"])
    if address is None:
        raise Broken("No email address found for this group.")
    desk = address.get("realname") or address.get("name")
    name = (
        f"{full_name(world.users[article['created_by_id']])} via {desk}"
        if article["sender_id"] == contact.AGENT
        else desk
    )
    stamp = article["created_at"].strftime("%Y%m%d%H%M%S")
    message_id = f"<{stamp}.{ticket['id']}.{uuid.uuid4()}@{world.url.partition('://')[2]}>"
    return {
        "from": f"{name} <{address['email']}>",
        "subject": _REPLY_PREFIX.sub("", article["subject"] or ticket["title"]),
        "message_id": message_id,
        "message_id_md5": hashlib.md5(message_id.encode(), usedforsecurity=False).hexdigest(),
        "preferences": {**article["preferences"], "email_address_id": address["id"]},
    }


class Post:
    """The mail server behind Zammad: keeps what was sent, or refuses all while `failing_with` is set."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.sent: list[SentMail] = []
        self.failing_with: str | None = None

    def deliver(self, article_id: int) -> None:
        """Send one article and note the outcome in its preferences, as the background worker does."""
        with self._world.lock:
            article = self._world.articles.get(article_id)
            if article is None:
                return
            failure = self.failing_with if recipients(article) else "Net::SMTPSyntaxError"
            if failure is None:
                self.sent.append(
                    SentMail(
                        article_id,
                        article["from"],
                        recipients(article),
                        article["subject"] or "",
                        article["body"],
                    )
                )
            status = {
                "delivery_retry": 1,
                "delivery_channel_id": 3,
                "delivery_status_message": failure,
                "delivery_status": "fail" if failure else "success",
                "delivery_status_date": self._world.now(),
            }
            article["preferences"] = {**article["preferences"], **status}
            article["updated_at"] = self._world.now()
