"""Zammad's JSON as models. They hold only what we read; all other keys, of any version, are let be."""

from collections.abc import Mapping
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class TicketRow(_Read):
    """A ticket, with or without `expand=true`."""

    id: int
    number: str
    state_id: int
    priority_id: int
    owner_id: int
    created_by_id: int
    updated_at: AwareDatetime
    article_ids: tuple[int, ...] = ()

    @property
    def version(self) -> str:
        """Changes with whatever staff do: Zammad touches `updated_at` for articles and their visibility too."""
        return f"{self.updated_at.isoformat()}/{len(self.article_ids)}"


class AttachmentRow(_Read):
    """A file of an article; its size is a number written as text."""

    id: int
    filename: str
    size: str | int | None = None
    preferences: Mapping[str, Any] = {}


class ArticleRow(_Read):
    """An article with the names of its type and sender."""

    id: int
    ticket_id: int
    type: str
    sender: str
    internal: bool
    created_by_id: int
    created_at: AwareDatetime
    content_type: str | None = None
    body: str | None = None
    to: str | None = None
    cc: str | None = None
    message_id: str | None = None
    attachments: tuple[AttachmentRow, ...] = ()


class StateRow(_Read):
    """A state and what kind of state it is (1 new, 2 open, 3 and 4 pending, 5 closed, 6 merged, 7 removed)."""

    id: int
    name: str
    state_type_id: int
    active: bool = True
    default_follow_up: bool = False


class PriorityRow(_Read):
    """A priority."""

    id: int
    name: str
    active: bool = True
    default_create: bool = False


class HistoryRow(_Read):
    """One entry of a ticket's history."""

    object: str
    type: str
    attribute: str | None = None
    o_id: int
    id_from: int | None = None
    id_to: int | None = None
    created_by_id: int
    created_at: AwareDatetime


class History(_Read):
    """All entries, oldest first."""

    history: tuple[HistoryRow, ...]


class UserRow(_Read):
    """A person or, among them, our customer; `groups` only with `expand=true`."""

    id: int
    firstname: str | None = None
    lastname: str | None = None
    email: str | None = None
    active: bool = True
    role_ids: tuple[int, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = {}


class _Named(_Read):
    id: int


class WebhookBody(_Read):
    """The default payload, as far as it matters to us."""

    ticket: _Named


class TagList(_Read):
    """The tags of a ticket."""

    tags: tuple[str, ...]


TICKET = TypeAdapter(TicketRow)
TICKETS = TypeAdapter(tuple[TicketRow, ...])
ARTICLE = TypeAdapter(ArticleRow)
ARTICLES = TypeAdapter(tuple[ArticleRow, ...])
STATES = TypeAdapter(tuple[StateRow, ...])
PRIORITIES = TypeAdapter(tuple[PriorityRow, ...])
HISTORY = TypeAdapter(History)
USER = TypeAdapter(UserRow)
USERS = TypeAdapter(tuple[UserRow, ...])
TAGS = TypeAdapter(TagList)
ANYTHING: TypeAdapter[Any] = TypeAdapter(Any)
