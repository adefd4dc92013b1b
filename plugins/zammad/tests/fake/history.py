"""The ticket history, row for row as GET /api/v1/ticket_history tells it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from plugins.zammad.tests.fake.people import full_name
from plugins.zammad.tests.fake.rows import Row, Transaction
from plugins.zammad.tests.fake.world import World

_NOT_LOGGED = frozenset({
    "create_article_type_id", "create_article_sender_id", "article_count", "preferences", "updated_at",
    "updated_by_id", "organization_id",
})  # fmt: skip
_RELATIONS = {
    "state_id": "states",
    "priority_id": "priorities",
    "group_id": "groups",
    "owner_id": "users",
    "customer_id": "users",
}


def _write(
    world: World, changes: Transaction, ticket_id: int, *, by: int | None = None, **entry: Any
) -> None:
    stamped = {"created_by_id": changes.actor_id if by is None else by, "created_at": world.now(), **entry}
    changes.insert(world.history, {"ticket_id": ticket_id, "entry": stamped})


def ticket_created(world: World, changes: Transaction, ticket: Row) -> None:
    """The ticket began."""
    _write(
        world,
        changes,
        ticket["id"],
        history_attribute_id=None,
        o_id=ticket["id"],
        related_history_object_id=None,
        object="Ticket",
        type="created",
    )


def article_created(world: World, changes: Transaction, article: Row) -> None:
    """An article was added."""
    _write(
        world,
        changes,
        article["ticket_id"],
        history_attribute_id=None,
        o_id=article["id"],
        related_o_id=article["ticket_id"],
        object="Ticket::Article",
        type="created",
        related_object="Ticket",
        by=article["created_by_id"],
    )


def tag(world: World, changes: Transaction, ticket_id: int, kind: str, item: str) -> None:
    """A tag was `added` or `removed`."""
    _write(
        world,
        changes,
        ticket_id,
        o_id=ticket_id,
        related_history_object_id=None,
        value_from=None,
        value_to=item,
        object="Ticket",
        type=kind,
        attribute="tag",
    )


def merged(
    world: World, changes: Transaction, ticket_id: int, kind: str, *, source: int, target: int
) -> None:
    """`received_merge` on the target, `merged_into` on the source."""
    _write(
        world,
        changes,
        ticket_id,
        history_attribute_id=None,
        o_id=ticket_id,
        related_history_object_id=None,
        id_to=target,
        id_from=source,
        object="Ticket",
        type=kind,
    )


def notified(world: World, changes: Transaction, ticket_id: int, login: str, kind: str, by: int) -> None:
    """Staff were told; a side effect of the system, not a sign that somebody looked."""
    _write(
        world,
        changes,
        ticket_id,
        history_attribute_id=None,
        o_id=ticket_id,
        related_history_object_id=None,
        value_from=None,
        value_to=f"{login}({kind}:online,email)",
        object="Ticket",
        type="notification",
        by=by,
    )


def updated(world: World, changes: Transaction, ticket_id: int, diff: Mapping[str, tuple[Any, Any]]) -> None:
    """Columns changed, in the order of the columns."""
    for column, (before, after) in diff.items():
        if column in _NOT_LOGGED:
            continue
        ids = {"id_to": after, "id_from": before} if column in _RELATIONS else {}
        _write(
            world,
            changes,
            ticket_id,
            o_id=ticket_id,
            related_history_object_id=None,
            **ids,
            value_from=_told(world, column, before),
            value_to=_told(world, column, after),
            object="Ticket",
            type="updated",
            attribute=column.removesuffix("_id") if ids else column,
        )


def _told(world: World, column: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S UTC")
    if column in _RELATIONS:
        row: Row = getattr(world, _RELATIONS[column])[value]
        return full_name(row) if _RELATIONS[column] == "users" else str(row["name"])
    return str(value).lower() if isinstance(value, bool) else str(value)


def of_ticket(world: World, ticket_id: int) -> list[Row]:
    """All entries of a ticket, oldest first."""
    return [{"id": row["id"], **row["entry"]} for row in world.history.of(ticket_id)]
