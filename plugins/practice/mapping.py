"""Between the practice helpdesk's words and ours."""

from typing import Any

from connector.plugin_api import (
    Article,
    Audience,
    Author,
    Base64File,
    Merge,
    NewArticle,
    NewTicket,
    RemoteFile,
    Ticket,
    TicketState,
    Urgency,
    Visibility,
)
from plugins.practice.models import ArticleRow, WholeTicket

_PRIORITY = {Urgency.EMERGENCY: "high", Urgency.URGENT: "high", Urgency.ROUTINE: "normal"}
_STATES = {state.value: state for state in TicketState}
_AUTHORS = {
    "reporter": Author.CONNECTOR,
    "connector": Author.CONNECTOR,
    "staff": Author.PERSON,
    "system": Author.AUTOMATION,
}


def ticket_to_write(ticket: NewTicket) -> dict[str, Any]:
    """The body of `POST /api/tickets`."""
    return {
        "reference": ticket.reference,
        "title": ticket.subject,
        "priority": _PRIORITY[ticket.urgency],
        "tags": list(ticket.tags),
        "article": article_to_write(ticket.first),
    }


def article_to_write(article: NewArticle) -> dict[str, Any]:
    """An article in a body."""
    return {
        "body": article.body,
        "visibility": article.visibility.value,
        "author": "reporter" if article.from_reporter else "connector",
        "reference": article.reference,
        "files": [
            {"name": file.name, "type": file.media_type, "content": Base64File(file)}
            for file in article.files
        ],
    }


def ticket_as_read(row: WholeTicket) -> Ticket:
    """A whole ticket."""
    return Ticket(
        ticket_id=str(row.id),
        reference=row.reference or "",
        state=_STATES.get(row.status, TicketState.UNKNOWN),
        version=str(row.version),
        owned=row.owner is not None,
        state_set_by_person=row.status_by == "staff",
        merged_into=None if row.merged_into is None else str(row.merged_into),
        merges=tuple(Merge(str(merge.source), merge.at) for merge in row.merges),
        articles=tuple(_article_as_read(article) for article in row.articles),
    )


def _article_as_read(row: ArticleRow) -> Article:
    author = _AUTHORS[row.author]
    return Article(
        article_id=str(row.id),
        written_on=str(row.origin_ticket),
        author=author,
        visibility=Visibility(row.visibility),
        audience=_audience(row),
        created_at=row.created_at,
        body=row.body,
        # Staff cannot set one; what they see of ours they might copy into an article of their own.
        reference=row.reference if author is Author.CONNECTOR else None,
        files=tuple(
            RemoteFile(locator=str(file.id), name=file.name, media_type=file.type, size=file.size)
            for file in row.files
        ),
    )


def _audience(row: ArticleRow) -> Audience:
    if row.to is not None:
        return Audience.ELSEWHERE
    return Audience.STAFF if row.visibility == "internal" else Audience.REPORTER
