"""The hands by which the kit acts as staff, on the platform's own side and past the plugin under test.

The kit must not ask a plugin whether the plugin was right. Whatever staff do, and whatever staff see, goes
through these: calls to a fake's own methods, or to a live server with an agent's own account.
"""

from dataclasses import dataclass, field
from typing import Protocol

from connector.plugin_api import AdminAccess, Visibility, WebhookDelivery


@dataclass(frozen=True, slots=True)
class StaffFile:
    """A file that staff attach to an answer."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SeenByStaff:
    """One article as staff see it. `text` is what they read, `files` the bytes of each file by its name."""

    article_id: str
    text: str
    visibility: Visibility
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TicketOnScreen:
    """A ticket as staff see it. `closed` covers every state that counts as done."""

    reference: str
    subject: str
    closed: bool
    tags: frozenset[str]
    articles: tuple[SeenByStaff, ...]


class StaffHands(Protocol):
    """What staff can do and see. All ids are the platform's own.

    `secrets` are the values that must never be shown: the token and the webhook secret that the plugin under
    test was given. A method that the platform has no counterpart for may raise NotImplementedError, where the
    promises that need it are in `kit_exempt` or excluded by the manifest's capabilities.
    """

    @property
    def secrets(self) -> tuple[str, ...]:
        """The secrets in the settings of the plugin under test, in clear."""
        ...

    @property
    def admin(self) -> AdminAccess:
        """An administrator's access, for `provision`."""
        ...

    def look(self, ticket_id: str) -> TicketOnScreen:
        """The ticket as it stands on the platform now, articles oldest first."""
        ...

    def tickets_with(self, reference: str) -> list[str]:
        """The ids of all tickets that carry exactly this reference, deleted ones left out."""
        ...

    def answer(self, ticket_id: str, text: str, files: tuple[StaffFile, ...] = ()) -> str:
        """Answer the reporter by the platform's own means, with files; return the article's id."""
        ...

    def note(self, ticket_id: str, text: str) -> str:
        """Write an internal note; return the article's id."""
        ...

    def write_elsewhere(self, ticket_id: str, text: str) -> str:
        """Write from the ticket to a third party, as by an e-mail to a parent; return the article's id."""
        ...

    def close(self, ticket_id: str) -> None:
        """Close the ticket."""
        ...

    def take(self, ticket_id: str) -> None:
        """Become the ticket's owner."""
        ...

    def merge(self, source: str, target: str) -> None:
        """Merge ticket `source` into ticket `target`."""
        ...

    def delete(self, ticket_id: str) -> None:
        """Delete the ticket, as thoroughly as the platform lets staff do it."""
        ...

    def flip(self, ticket_id: str, article_id: str, visibility: Visibility) -> None:
        """Turn an article internal or public."""
        ...

    def let_time_pass(self) -> None:
        """See to it that the platform's clock shows a later time than before: move a fake's, await a live
        one's.
        """
        ...

    def webhook(self, ticket_id: str) -> WebhookDelivery:
        """A delivery as the platform sends it for a change in this ticket, with a valid proof."""
        ...

    def sign(self, body: bytes) -> WebhookDelivery:
        """A delivery of these bytes with a valid proof, as if the platform had sent them."""
        ...

    def withdraw_access(self) -> None:
        """Make the plugin's token invalid, for the rest of the test."""
        ...

    def go_down(self) -> None:
        """Make the platform unreachable, for the rest of the test."""
        ...
