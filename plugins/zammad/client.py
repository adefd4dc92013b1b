"""Calls to one Zammad: paths, searches that can be trusted, and answers in their shape."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter

from connector.plugin_api import HttpClient, PermanentFailure
from plugins.zammad.answers import judged, shaped
from plugins.zammad.models import HISTORY, TICKET, TICKETS, HistoryRow, TicketRow

Shape = TypeVar("Shape")
_API = "/api/v1"
_EXPAND = {"expand": "true"}


class ZammadClient:
    """The API with one token."""

    def __init__(self, http: HttpClient) -> None:
        self._http = http

    def ask(
        self,
        method: str,
        path: str,
        shape: TypeAdapter[Shape],
        *,
        query: Mapping[str, str] | None = None,
        json: Any = None,
    ) -> Shape:
        """One request below `/api/v1`. Raises as `judged` and `shaped`."""
        return shaped(judged(self._http.request(method, _API + path, query=query, json=json)), shape)

    def get(self, path: str, shape: TypeAdapter[Shape], **query: str) -> Shape:
        """Read something, with the names beside the ids."""
        return self.ask("GET", path, shape, query={**_EXPAND, **query})

    def ticket(self, ticket_id: str) -> TicketRow:
        """A ticket by its id."""
        return self.get(f"/tickets/{number(ticket_id)}", TICKET)

    def numbered(self, reference: str) -> TicketRow | None:
        """The ticket with exactly this number.

        A condition is answered by the database itself; a query would be answered by a search index that lags. What
        comes back is looked at again, for Zammad takes a condition it does not understand for none at all.
        """
        found = self._search({"ticket.number": ("is", reference)}, limit=2)
        return next((row for row in found if row.number == reference), None)

    def sees_any(self, prefix: str) -> bool:
        """Whether our account can see any ticket whose number begins so."""
        return any(row.number.startswith(prefix) for row in self._search(_begins(prefix), limit=5))

    def changed(self, prefix: str, since: datetime, *, page: int, limit: int) -> tuple[TicketRow, ...]:
        """A page of the tickets of this prefix that changed at or after `since`, oldest change first."""
        condition = {**_begins(prefix), "ticket.updated_at": ("after (absolute)", stamp(since))}
        return self._search(condition, limit=limit, page=page, sort_by="updated_at", order_by="asc")

    def history(self, ticket_id: int) -> tuple[HistoryRow, ...]:
        """What has happened to a ticket, oldest first."""
        return self.ask("GET", f"/ticket_history/{ticket_id}", HISTORY).history

    def download(self, path: str, *, limit: int) -> bytes:
        """The bytes of a file."""
        return self._http.download(_API + path, limit=limit)

    def _search(
        self, condition: Mapping[str, tuple[str, str]], *, limit: int, page: int = 1, **order: str
    ) -> tuple[TicketRow, ...]:
        query = {**_EXPAND, "limit": str(limit), "page": str(page), **order}
        for attribute, (operator, value) in condition.items():
            query[f"condition[{attribute}][operator]"] = operator
            query[f"condition[{attribute}][value]"] = value
        return self.ask("GET", "/tickets/search", TICKETS, query=query)


def stamp(moment: datetime) -> str:
    """A moment as Zammad writes it: UTC, milliseconds, Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def number(written: str) -> str:
    """An id as it may stand in a path. Raises PermanentFailure for anything but a number.

    Zammad itself would take `1abc` for ticket 1.
    """
    if not (written.isascii() and written.isdecimal()):
        raise PermanentFailure("this is no id of Zammad's")
    return written


def _begins(prefix: str) -> dict[str, tuple[str, str]]:
    # `starts with` came with 6.x; `contains` is understood by all.
    return {"ticket.number": ("contains", prefix)}
