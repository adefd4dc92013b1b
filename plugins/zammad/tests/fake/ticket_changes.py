"""Saving a ticket: what else moves when a column does."""

from typing import Any

from plugins.zammad.tests.fake import history
from plugins.zammad.tests.fake.access import may_own
from plugins.zammad.tests.fake.rows import Row, Transaction
from plugins.zammad.tests.fake.world import NOBODY, World

_OPEN_KINDS = (1, 2)
_PENDING_KINDS = (3, 4)
_CLOSED_KIND = 5


def save(world: World, changes: Transaction, ticket: Row, values: Row) -> None:
    """Set columns of a stored ticket, with everything that follows from them, and log it.

    Nothing happens where nothing differs, not even to `updated_at`, unless somebody else saves than did last.
    """
    merged = {**values, **_consequences(world, ticket, values)}
    diff = {
        column: (ticket[column], merged[column])
        for column in ticket
        if column in merged and ticket[column] != merged[column]
    }
    if not diff and ticket["updated_by_id"] == changes.actor_id:
        return
    history.updated(world, changes, ticket["id"], diff)
    _count(world, changes, ticket, diff)
    stamps = {"updated_by_id": changes.actor_id, "updated_at": world.now()}
    changes.change(ticket, **{column: after for column, (_, after) in diff.items()}, **stamps)
    if diff:
        changes.event(ticket["id"], "update").changes.update(diff)


def touch(world: World, changes: Transaction, ticket: Row) -> None:
    """Move `updated_at` alone: tags, visibility flips, system articles. No trigger looks at it."""
    changes.change(ticket, updated_at=world.now())


def _consequences(world: World, ticket: Row, values: Row) -> Row:
    def differs(column: str) -> bool:
        return column in values and values[column] != ticket[column]

    more: Row = {}
    after = ticket | values
    kind = world.states[after["state_id"]]["state_type_id"]
    owner_id = after["owner_id"]
    if owner_id != NOBODY and kind != _CLOSED_KIND and not may_own(world.users[owner_id], after["group_id"]):
        more["owner_id"] = NOBODY
    if differs("state_id"):
        if kind not in _PENDING_KINDS:
            more["pending_time"] = None
        if kind == _CLOSED_KIND:
            more["close_at"] = ticket["close_at"] or world.now()
            more["last_close_at"] = world.now()
    owner_changed = differs("owner_id") or more.get("owner_id", ticket["owner_id"]) != ticket["owner_id"]
    if owner_changed or any(differs(column) for column in ("state_id", "group_id", "last_contact_agent_at")):
        unowned = owner_changed and more.get("owner_id", owner_id) == NOBODY
        at_rest = differs("state_id") and kind not in _OPEN_KINDS
        more["last_owner_update_at"] = None if unowned or at_rest or differs("group_id") else world.now()
    return more


def count_for_customer(
    world: World, changes: Transaction, customer_id: int, *, opened: int, closed: int
) -> None:
    """Keep the customer's own numbers of open and closed tickets, which Zammad stores in their
    preferences."""
    customer = world.users[customer_id]
    counts: Row = {"tickets_closed": 0, "tickets_open": 0, **customer["preferences"]}
    counts["tickets_open"] += opened
    counts["tickets_closed"] += closed
    changes.change(customer, preferences=counts)


def _count(world: World, changes: Transaction, ticket: Row, diff: dict[str, tuple[Any, Any]]) -> None:
    if "state_id" not in diff:
        return
    was_open, is_open = (world.states[state]["state_type_id"] < _CLOSED_KIND for state in diff["state_id"])
    if was_open != is_open:
        step = 1 if is_open else -1
        count_for_customer(world, changes, ticket["customer_id"], opened=step, closed=-step)
