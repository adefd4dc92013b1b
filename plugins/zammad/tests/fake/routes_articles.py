"""Articles and their files."""

from typing import Any

from flask import Response

from plugins.zammad.tests.fake import article_changes, articles, attachments, render
from plugins.zammad.tests.fake.access import Caller, has_right, may_read, require_right
from plugins.zammad.tests.fake.api import Api
from plugins.zammad.tests.fake.errors import Forbidden, NotFound
from plugins.zammad.tests.fake.routes_tickets import found_ticket
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.values import as_bool, record_id
from plugins.zammad.tests.fake.world import World

_MERGED_STATE = 5


def register(api: Api) -> None:
    """Add the routes."""
    views = _Views(api.world)
    api.add("GET", "/ticket_articles", views.index)
    api.add("POST", "/ticket_articles", views.create, status=201)
    api.add("GET", "/ticket_articles/by_ticket/<row_id>", views.by_ticket)
    api.add("GET", "/ticket_articles/<row_id>", views.show)
    api.add("PUT", "/ticket_articles/<row_id>", views.update)
    api.add("DELETE", "/ticket_articles/<row_id>", views.delete)
    api.add("GET", "/ticket_article_plain/<row_id>", views.plain)
    api.add("GET", "/ticket_attachment/<ticket_id>/<article_id>/<row_id>", views.attachment)


class _Views:
    def __init__(self, world: World) -> None:
        self._world = world

    def index(self, caller: Caller, given: Row) -> Any:
        caller.require("admin")
        return [render.article_with_names(self._world, article) for article in self._world.articles]

    def create(self, caller: Caller, given: Row) -> Any:
        ticket = found_ticket(self._world, given.get("ticket_id"))
        require_right(caller, ticket, self._world.version.article_right)
        with self._world.transaction(caller.id) as changes:
            article = articles.add(self._world, changes, caller, ticket, given)
        return render.article_with_names(self._world, article)

    def by_ticket(self, caller: Caller, given: Row, row_id: str) -> Any:
        ticket = found_ticket(self._world, row_id)
        if not may_read(caller, ticket):
            raise Forbidden
        shown = (
            article
            for article in self._world.articles_of(ticket["id"])
            if self._may_see(caller, ticket, article)
        )
        return [render.article_with_names(self._world, article) for article in shown]

    def show(self, caller: Caller, given: Row, row_id: str) -> Any:
        return render.article_with_names(self._world, self._readable(caller, row_id))

    def update(self, caller: Caller, given: Row, row_id: str) -> Any:
        article = self._readable(caller, row_id)
        caller.require("ticket.agent")
        require_right(caller, self._world.tickets[article["ticket_id"]], "change")
        if "internal" in given:
            with self._world.transaction(caller.id) as changes:
                article_changes.set_internal(self._world, changes, article, as_bool(given["internal"]))
        return render.article_with_names(self._world, article)

    def delete(self, caller: Caller, given: Row, row_id: str) -> Any:
        article = self._readable(caller, row_id)
        with self._world.transaction(caller.id) as changes:
            article_changes.delete(self._world, changes, caller, article)
        return {}

    def plain(self, caller: Caller, given: Row, row_id: str) -> Any:
        self._readable(caller, row_id)
        return Response(b"", 204)

    def attachment(self, caller: Caller, given: Row, ticket_id: str, article_id: str, row_id: str) -> Any:
        ticket, article = found_ticket(self._world, ticket_id), self._found(article_id)
        if not may_read(caller, ticket):
            raise Forbidden
        if article["ticket_id"] != ticket["id"]:
            if ticket["state_id"] != _MERGED_STATE:
                raise Forbidden("The article does not belong to the specified ticket.")
            if not may_read(caller, self._world.tickets[article["ticket_id"]]):
                raise Forbidden
        file = self._world.attachments.get(record_id(row_id))
        if file is None or file["article_id"] != article["id"]:
            raise Forbidden("The file does not belong to the specified article.")
        disposition = str(given.get("disposition", "attachment"))
        answer = Response(file["content"], 200, attachments.download_headers(file, disposition))
        answer.add_etag(weak=True)
        return answer

    def _found(self, row_id: str) -> Row:
        article = self._world.articles.get(record_id(row_id))
        if article is None:
            raise NotFound.record("Ticket::Article", row_id)
        return article

    def _readable(self, caller: Caller, row_id: str) -> Row:
        article = self._found(row_id)
        ticket = self._world.tickets[article["ticket_id"]]
        if not may_read(caller, ticket) or not self._may_see(caller, ticket, article):
            raise Forbidden
        return article

    def _may_see(self, caller: Caller, ticket: Row, article: Row) -> bool:
        as_staff = caller.is_agent and has_right(caller.user, ticket["group_id"], "read")
        return as_staff or not article["internal"]
