"""Tickets, their tags, links, history and merging."""

from typing import Any

from flask import Response

from plugins.zammad.tests.fake import history, merging, render, search, tickets
from plugins.zammad.tests.fake.access import Caller, may_read
from plugins.zammad.tests.fake.api import Api
from plugins.zammad.tests.fake.assets import Collector
from plugins.zammad.tests.fake.errors import Forbidden, NotFound
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.values import as_bool, record_id
from plugins.zammad.tests.fake.world import World


def found_ticket(world: World, row_id: object) -> Row:
    """The ticket a path or a parameter means. Raises NotFound."""
    ticket = world.tickets.get(record_id(str(row_id)))
    if ticket is None:
        raise NotFound.record("Ticket", row_id)
    return ticket


def register(api: Api) -> None:
    """Add the routes."""
    views = _Views(api.world)
    api.add("GET", "/tickets", views.index)
    api.add("POST", "/tickets", views.create, status=201)
    api.add("GET", "/tickets/search", views.search)
    api.add("POST", "/tickets/search", views.search)
    api.add("GET", "/tickets/<row_id>", views.show)
    api.add("PUT", "/tickets/<row_id>", views.update)
    api.add("DELETE", "/tickets/<row_id>", views.delete)
    api.add("PUT", "/ticket_merge/<row_id>/<number>", views.merge)
    api.add("GET", "/ticket_history/<row_id>", views.history)
    api.add("GET", "/ticket_states", views.states)
    api.add("GET", "/ticket_priorities", views.priorities)


class _Views:
    def __init__(self, world: World) -> None:
        self._world = world

    def index(self, caller: Caller, given: Row) -> Any:
        return search.listing(self._world, caller, given)

    def search(self, caller: Caller, given: Row) -> Any:
        return search.search(self._world, caller, given)

    def create(self, caller: Caller, given: Row) -> Any:
        with self._world.transaction(caller.id) as changes:
            ticket = tickets.create(self._world, changes, caller, given)
        return self._shown(caller, given, ticket)

    def show(self, caller: Caller, given: Row, row_id: str) -> Any:
        ticket = found_ticket(self._world, row_id)
        if not may_read(caller, ticket):
            raise Forbidden
        if as_bool(given.get("all")):
            raise NotImplementedError("all=true is the web UI's bundle")
        if as_bool(given.get("expand")) or as_bool(given.get("full")):
            return self._shown(caller, given, ticket)
        return render.ticket_columns(ticket)

    def update(self, caller: Caller, given: Row, row_id: str) -> Any:
        ticket = found_ticket(self._world, row_id)
        with self._world.transaction(caller.id) as changes:
            tickets.update(self._world, changes, caller, ticket, given)
        return self._shown(caller, given, ticket)

    def delete(self, caller: Caller, given: Row, row_id: str) -> Any:
        ticket = found_ticket(self._world, row_id)
        with self._world.transaction(caller.id) as changes:
            tickets.delete(self._world, changes, caller, ticket)
        return Response(b"", 200, {"Content-Type": "application/json"})

    def merge(self, caller: Caller, given: Row, row_id: str, number: str) -> Any:
        target = self._world.tickets.named(number, "number")
        if target is None:
            return {"result": "failed", "message": "The target ticket number could not be found."}
        source = self._world.tickets.get(record_id(row_id))
        if source is None:
            return {"result": "failed", "message": "The source ticket could not be found."}
        # Zammad answers with what it had in memory: the tickets as they were, but for what merging set.
        shown = {"target_ticket": dict(target), "source_ticket": dict(source)}
        with self._world.transaction(caller.id) as changes:
            merging.merge(self._world, changes, caller, source, target)
        set_by_merging = ("state_id", "owner_id", "updated_by_id", "updated_at")
        shown["source_ticket"].update({column: source[column] for column in set_by_merging})
        return {"result": "success", **shown}

    def history(self, caller: Caller, given: Row, row_id: str) -> Any:
        caller.require("ticket.agent")
        ticket = found_ticket(self._world, row_id)
        if not may_read(caller, ticket):
            raise Forbidden
        entries = history.of_ticket(self._world, ticket["id"])
        collected = Collector(self._world, caller).tickets([ticket])
        written = {entry["o_id"] for entry in entries if entry["object"] == "Ticket::Article"}
        collected.articles(article for article in self._world.articles if article["id"] in written)
        collected.people(entry["created_by_id"] for entry in entries)
        return {"history": entries, "assets": collected.found}

    def states(self, caller: Caller, given: Row) -> Any:
        return list(self._world.states)

    def priorities(self, caller: Caller, given: Row) -> Any:
        return list(self._world.priorities)

    def _shown(self, caller: Caller, given: Row, ticket: Row) -> Any:
        if as_bool(given.get("expand")):
            return render.ticket_with_names(self._world, ticket)
        if as_bool(given.get("full")):
            return {"id": ticket["id"], "assets": Collector(self._world, caller).tickets([ticket]).found}
        return render.ticket_with_ids(self._world, ticket)
