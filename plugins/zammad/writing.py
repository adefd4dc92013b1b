"""Requests that write: a tip as a ticket, a follow-up, a note of ours."""

from collections.abc import Mapping
from typing import Any

from connector.plugin_api import Base64File, NewArticle, NewTicket, Visibility
from plugins.zammad.settings import ZammadSettings

_REFERENCE_HEAD, _REFERENCE_TAIL = "<", "@tipbridge.invalid>"
_LONGEST_TITLE = 250


def ticket_to_write(
    ticket: NewTicket, settings: ZammadSettings, *, customer: int, priority: int
) -> dict[str, Any]:
    """The body of `POST /tickets`.

    `number` is our own and unique in Zammad: a second ticket for the same tip cannot arise. Tags are one text with
    commas; an array is answered 500.
    """
    filled = {
        settings.attributes[fact]: ticket.attributes[fact]
        for fact in settings.attributes
        if fact in ticket.attributes
    }
    return {
        "title": ticket.subject[:_LONGEST_TITLE],
        "group": settings.group,
        "customer_id": customer,
        "number": ticket.reference,
        "priority_id": priority,
        "tags": ",".join(tag.replace(",", " ") for tag in ticket.tags if tag.strip()),
        **filled,
        "article": article_to_write(ticket.first, settings, customer=customer),
    }


def article_to_write(article: NewArticle, settings: ZammadSettings, *, customer: int) -> dict[str, Any]:
    """An article in a body.

    `internal` is always said, for Zammad takes silence for public. A reporter's article is a customer's (`sender`,
    `origin_by_id`), never an agent's answer. `send-auto-response` keeps every mail trigger from answering it. Type
    note triggers no mail at all; type web, with a reply address, gives agents their Reply button.
    """
    from_reporter = article.from_reporter
    by_whom: Mapping[str, Any] = (
        {"sender": "Customer", "origin_by_id": customer} if from_reporter else {"sender": "Agent"}
    )
    return {
        "type": "web" if from_reporter and settings.reply_address else "note",
        "internal": article.visibility is Visibility.INTERNAL,
        "content_type": "text/plain",
        "body": article.body,
        "message_id": message_id(article.reference),
        "preferences": {"send-auto-response": False},
        "attachments": [
            {
                "filename": file.name,
                "mime-type": file.media_type,
                "data": Base64File(file),
            }
            for file in article.files
        ],
        **by_whom,
    }


def message_id(reference: str) -> str:
    """Our reference of an article in the form that Zammad stores with it (RFC 5322, 3.6.4).

    Mails that agents send later quote it, so it holds nothing but the case number.
    """
    return f"{_REFERENCE_HEAD}{reference}{_REFERENCE_TAIL}"


def reference_in(written: str | None) -> str | None:
    """Our reference, where a message id is one of ours."""
    if written is None or not written.startswith(_REFERENCE_HEAD) or not written.endswith(_REFERENCE_TAIL):
        return None
    return written[len(_REFERENCE_HEAD) : -len(_REFERENCE_TAIL)]
