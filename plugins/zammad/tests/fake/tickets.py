"""Creating, changing and deleting tickets."""

from typing import Any

from plugins.zammad.tests.fake import (
    articles,
    attribute_values,
    history,
    tags,
    ticket_changes,
    ticket_fields,
    workflow,
)
from plugins.zammad.tests.fake.access import Caller, has_right, may_own, require_right
from plugins.zammad.tests.fake.errors import (
    Clash,
    Forbidden,
    Unprocessable,
    invalid_choice,
)
from plugins.zammad.tests.fake.rows import Row, Transaction
from plugins.zammad.tests.fake.world import NOBODY, World

_LONGEST_NUMBER = 60
_SELECTABLE_KINDS = (1, 2, 3, 4, 5)
_PENDING_KINDS = (3, 4)
_TIMES = (
    "first_response_at", "first_response_escalation_at", "first_response_in_min",
    "first_response_diff_in_min", "close_at", "close_escalation_at", "close_in_min", "close_diff_in_min",
    "update_escalation_at", "update_in_min", "update_diff_in_min", "last_close_at", "last_contact_at",
    "last_contact_agent_at", "last_contact_customer_at", "last_owner_update_at", "create_article_type_id",
    "create_article_sender_id", "article_count", "escalation_at",
)  # fmt: skip


def create(world: World, changes: Transaction, caller: Caller, given: Row) -> Row:
    """A new ticket with its tags and its first article, or nothing at all.

    Raises Unprocessable, OpaqueUnprocessable, Forbidden, Clash or Broken as Zammad would, in its order. An
    id taken by a request that fails after the INSERT is lost.
    """
    caller.require("ticket.agent", "ticket.customer")
    values = ticket_fields.resolve(world, changes, caller, given)
    if "group_id" not in values:
        raise Unprocessable("The required value 'group_id' is missing.")
    if not caller.is_agent:
        values["customer_id"] = caller.id
    elif not has_right(caller.user, values["group_id"], "create"):
        raise Forbidden
    workflow.check(world, values, {})
    for attribute in world.custom_attributes():
        attribute_values.check(attribute, values.get(attribute["name"]))
    ticket = _insert(world, changes, caller, values, given)
    tags.add_all(world, changes, caller, ticket, given.get("tags"))
    if isinstance(given.get("article"), dict):
        articles.add(world, changes, caller, ticket, given["article"])
    return ticket


def _insert(world: World, changes: Transaction, caller: Caller, values: Row, given: Row) -> Row:
    now = world.now()
    row: Row = {
        "id": world.tickets.next_id(),
        "group_id": values["group_id"],
        "priority_id": 2,
        "state_id": 1,
        "organization_id": world.users[values["customer_id"]]["organization_id"],
        "number": None,
        "title": values["title"],
        "owner_id": NOBODY,
        "customer_id": values["customer_id"],
        "note": None,
        **dict.fromkeys(_TIMES),
        "pending_time": None,
        "type": None,
        "time_unit": None,
        "preferences": {},
        "updated_by_id": caller.id,
        "created_by_id": caller.id,
        "created_at": now,
        "updated_at": now,
        **dict(world.version.ticket_extras),
    }
    row |= {
        attribute["name"]: attribute_values.default_of(attribute) for attribute in world.custom_attributes()
    }
    row |= values
    if row["owner_id"] != NOBODY and not may_own(world.users[row["owner_id"]], row["group_id"]):
        row["owner_id"] = NOBODY
    row["number"] = _number(world, changes, given.get("number"))
    changes.insert(world.tickets, row)
    history.ticket_created(world, changes, row)
    changes.event(row["id"], "create")
    ticket_changes.count_for_customer(world, changes, row["customer_id"], opened=1, closed=0)
    return row


def _number(world: World, changes: Transaction, given: Any) -> str:
    """The client's number, cut to its column, if it is still free; else the next of the counter's."""
    if given is None:
        return world.next_number(changes)
    number = str(given)[:_LONGEST_NUMBER]
    if world.tickets.named(number, "number") is not None:
        raise Clash(readable=world.version.clash_is_readable)
    return number


def update(world: World, changes: Transaction, caller: Caller, ticket: Row, given: Row) -> None:
    """Change a ticket and perhaps add an article; `number` and everything unknown is ignored.

    Raises Forbidden without the right `change`, else as `create`.
    """
    require_right(caller, ticket, "change")
    values = ticket_fields.resolve(world, changes, caller, given)
    if "preferences" in values:
        values["preferences"] = {**ticket["preferences"], **values["preferences"]}
    changed = {column: value for column, value in values.items() if ticket.get(column) != value}
    moved_to = changed.get("group_id")
    if moved_to is not None and caller.is_agent and not has_right(caller.user, moved_to, "create"):
        raise invalid_choice(moved_to, "group_id")
    if given:
        workflow.check(world, changed, ticket)
    for attribute in world.custom_attributes():
        if attribute["name"] in changed:
            attribute_values.check(attribute, changed[attribute["name"]])
    if given:
        ticket_changes.save(world, changes, ticket, values)
    if isinstance(given.get("article"), dict):
        articles.add(world, changes, caller, ticket, given["article"])


def delete(world: World, changes: Transaction, caller: Caller, ticket: Row) -> None:
    """Remove a ticket and all that belongs to it. Raises Forbidden for anybody but an admin."""
    if not caller.may("admin"):
        raise Forbidden("Not authorized (admin permission required)!")
    for article in world.articles_of(ticket["id"]):
        changes.delete(world.articles, article["id"])
    for tag in world.tags.of(ticket["id"]):
        changes.delete(world.tags, tag["id"])
    changes.delete(world.tickets, ticket["id"])
