"""Tags: plain words on a ticket, case-sensitive, with doubles where requests ran in parallel."""

from typing import Any

from plugins.zammad.tests.fake import history, ticket_changes
from plugins.zammad.tests.fake.access import Caller
from plugins.zammad.tests.fake.errors import Broken, OpaqueUnprocessable
from plugins.zammad.tests.fake.rows import Row, Transaction
from plugins.zammad.tests.fake.world import World


def add_all(world: World, changes: Transaction, caller: Caller, ticket: Row, given: Any) -> None:
    """The `tags` of a create: one comma-separated string. Raises Broken (500) for an array."""
    if not given:
        return
    if not isinstance(given, str):
        raise Broken("undefined method `split' for an Array")
    for item in (part.strip() for part in given.split(",")):
        if not item:
            raise OpaqueUnprocessable("Validation failed: Name can't be blank")
        add(world, changes, caller, ticket, item)


def add(world: World, changes: Transaction, caller: Caller, ticket: Row, item: str) -> None:
    """Add a tag the ticket does not have yet. An unknown word is skipped where making tags is the admin's."""
    known = any(row["item"] == item for row in world.tags)
    if not known and not world.settings["tag_new"] and not caller.may("admin.tag"):
        return
    if item in world.tags_of(ticket["id"]):
        return
    changes.insert(world.tags, {"id": world.tags.next_id(), "o_id": ticket["id"], "item": item})
    history.tag(world, changes, ticket["id"], "added", item)
    ticket_changes.touch(world, changes, ticket)


def remove(world: World, changes: Transaction, ticket: Row, item: str) -> None:
    """Take a tag away; one that is not there is no error."""
    for row in world.tags.of(ticket["id"]):
        if row["item"] == item:
            changes.delete(world.tags, row["id"])
            history.tag(world, changes, ticket["id"], "removed", item)
            ticket_changes.touch(world, changes, ticket)
