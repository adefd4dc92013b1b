"""Merging tickets, and links between them."""

from plugins.zammad.tests.fake import articles, history, ticket_changes
from plugins.zammad.tests.fake.access import Caller, require_right
from plugins.zammad.tests.fake.assets import Collector
from plugins.zammad.tests.fake.errors import Unprocessable
from plugins.zammad.tests.fake.rows import Row, Transaction
from plugins.zammad.tests.fake.world import NOBODY, World

_MERGED_STATE, _MERGED_KIND = 5, 6


def merge(world: World, changes: Transaction, caller: Caller, source: Row, target: Row) -> None:
    """Move the source's articles to the target; one public note "merged" stays behind, tags do not move.

    The source fires `update.merged_into`, the target `update.received_merge`; neither is an `update`.
    """
    require_right(caller, target, "change")
    require_right(caller, source, "change")
    if world.states[target["state_id"]]["state_type_id"] == _MERGED_KIND:
        raise Unprocessable("It is not possible to merge into an already merged ticket.")
    if source["id"] == target["id"]:
        raise Unprocessable("A ticket cannot be merged into itself.")
    for article in world.articles_of(source["id"]):
        _move(world, changes, article, target["id"])
    changes.event(target["id"], "update.received_merge")
    history.merged(world, changes, target["id"], "received_merge", source=source["id"], target=target["id"])
    history.merged(world, changes, source["id"], "merged_into", source=source["id"], target=target["id"])
    articles.add(world, changes, caller, source, {"body": "merged", "type": "note", "sender": "Agent"})
    add_link(world, changes, "parent", source=target["id"], target=source["id"])
    ticket_changes.save(world, changes, source, {"state_id": _MERGED_STATE, "owner_id": NOBODY})
    changes.event(source["id"], "update.merged_into")
    ticket_changes.touch(world, changes, target)


def _move(world: World, changes: Transaction, article: Row, target_id: int) -> None:
    changes.change(article, ticket_id=target_id, updated_at=world.now())
    world.articles.put(article)


def add_link(world: World, changes: Transaction, kind: str, *, source: int, target: int) -> None:
    """Link two tickets; the link reads `kind` from the target and its opposite from the source."""
    changes.insert(
        world.links, {"id": world.links.next_id(), "kind": kind, "source": source, "target": target}
    )


def links_of(world: World, viewer: Caller, ticket_id: int) -> Row:
    """A ticket's links with the tickets they lead to."""
    opposite = {"parent": "child", "child": "parent", "normal": "normal"}
    found = [(row["kind"], row["source"]) for row in world.links if row["target"] == ticket_id]
    found += [(opposite[row["kind"]], row["target"]) for row in world.links if row["source"] == ticket_id]
    linked = [(kind, ticket) for kind, other in found if (ticket := world.tickets.get(other)) is not None]
    return {
        "links": [
            {"link_type": kind, "link_object": "Ticket", "link_object_value": ticket["id"]}
            for kind, ticket in linked
        ],
        "assets": Collector(world, viewer).tickets(ticket for _, ticket in linked).found,
    }
