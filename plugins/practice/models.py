"""The practice helpdesk's JSON (demo/practice/API.md) as models. Unknown fields are let be."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class FileRow(_Read):
    """A file of an article, without its bytes."""

    id: int
    name: str
    type: str
    size: int


class ArticleRow(_Read):
    """An article. `to` is set where it went to somebody outside by e-mail."""

    id: int
    origin_ticket: int
    author: Literal["reporter", "connector", "staff", "system"]
    visibility: Literal["public", "internal"]
    to: str | None
    body: str
    reference: str | None
    created_at: AwareDatetime
    files: tuple[FileRow, ...]


class MergeRow(_Read):
    """A ticket that was merged into this one."""

    source: int
    at: datetime


class TicketRow(_Read):
    """A ticket in a list."""

    id: int
    reference: str | None
    priority: str
    status: str
    status_by: str | None
    owner: str | None
    merged_into: int | None
    merges: tuple[MergeRow, ...]
    version: int
    updated_at: AwareDatetime


class WholeTicket(TicketRow):
    """A ticket with its articles."""

    articles: tuple[ArticleRow, ...]


class OneTicket(_Read):
    """`GET /api/tickets/ID`."""

    ticket: WholeTicket


class Opened(_Read):
    """`POST /api/tickets`."""

    ticket: TicketRow


class Taken(_Read):
    """`POST /api/tickets` where the reference exists already."""

    ticket: int


class TicketList(_Read):
    """`GET /api/tickets`."""

    tickets: tuple[TicketRow, ...]


class ArticleId(_Read):
    """The id of an article, None where there is none."""

    article: int | None


class Announcement(_Read):
    """A webhook's body."""

    ticket: int
