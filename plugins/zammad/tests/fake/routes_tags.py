"""Tags and links of tickets."""

from typing import Any

from plugins.zammad.tests.fake import merging, tags
from plugins.zammad.tests.fake.access import Caller, may_read, require_right
from plugins.zammad.tests.fake.api import Api
from plugins.zammad.tests.fake.errors import Forbidden, NotFound
from plugins.zammad.tests.fake.routes_tickets import found_ticket
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.values import as_int
from plugins.zammad.tests.fake.world import World


def register(api: Api) -> None:
    """Add the routes."""
    views = _Views(api.world)
    api.add("GET", "/tags", views.tags)
    api.add("POST", "/tags/add", views.add_tag, status=201)
    api.add("DELETE", "/tags/remove", views.remove_tag)
    api.add("GET", "/links", views.links)
    api.add("POST", "/links/add", views.add_link, status=201)


class _Views:
    def __init__(self, world: World) -> None:
        self._world = world

    def tags(self, caller: Caller, given: Row) -> Any:
        return {"tags": self._world.tags_of(as_int(given.get("o_id")) or 0)}

    def add_tag(self, caller: Caller, given: Row) -> Any:
        ticket = found_ticket(self._world, given.get("o_id"))
        require_right(caller, ticket, "change")
        with self._world.transaction(caller.id) as changes:
            tags.add(self._world, changes, caller, ticket, str(given.get("item")))
        return True

    def remove_tag(self, caller: Caller, given: Row) -> Any:
        ticket = found_ticket(self._world, given.get("o_id"))
        require_right(caller, ticket, "change")
        with self._world.transaction(caller.id) as changes:
            tags.remove(self._world, changes, ticket, str(given.get("item")))
        return True

    def links(self, caller: Caller, given: Row) -> Any:
        ticket = found_ticket(self._world, given.get("link_object_value"))
        if not may_read(caller, ticket):
            raise Forbidden
        return merging.links_of(self._world, caller, ticket["id"])

    def add_link(self, caller: Caller, given: Row) -> Any:
        source = self._world.tickets.named(str(given.get("link_object_source_number")), "number")
        target = found_ticket(self._world, given.get("link_object_target_value"))
        if source is None:
            raise NotFound.record("Ticket", given.get("link_object_source_number"))
        require_right(caller, target, "change")
        with self._world.transaction(caller.id) as changes:
            merging.add_link(
                self._world, changes, str(given["link_type"]), source=source["id"], target=target["id"]
            )
        return True
