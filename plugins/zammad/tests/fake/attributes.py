"""Custom ticket attributes: making them, migrating them into columns, checking what is put into them."""

import json
import re
from pathlib import Path

from plugins.zammad.tests.fake.errors import (
    Clash,
    NotFound,
    OpaqueUnprocessable,
    Unprocessable,
)
from plugins.zammad.tests.fake.rows import Row, Transaction
from plugins.zammad.tests.fake.world import World

_BUILT_IN = Path(__file__).parents[2] / "fixtures" / "exchanges" / "029d_attr_list.json"
FIRST_CUSTOM_ID = 54
_RESERVED = frozenset({
    "number", "title", "customer_id", "organization_id", "type", "group_id", "owner_id", "state_id",
    "pending_time", "priority_id", "tags",
})  # fmt: skip
_NAME = re.compile(r"\A[a-z][a-z0-9_]*\Z")


def built_in() -> list[Row]:
    """The attributes that Zammad brings along, as the live server listed them."""
    listed: list[Row] = json.loads(_BUILT_IN.read_text())["response_body"]
    return [row for row in listed if row["id"] < FIRST_CUSTOM_ID]


def create(world: World, changes: Transaction, given: Row) -> Row:
    """A new attribute; it is a column only after the migration. Raises Unprocessable or Clash."""
    name = str(given.get("name", ""))
    if name in _RESERVED or world.attributes.named(name) is not None:
        raise Clash(readable=True)
    problem = _problem(name, given)
    if problem:
        raise Unprocessable(f"Validation failed: {problem}")
    now = world.now()
    option = {**given["data_option"], "options": given["data_option"].get("options", {}), "relation": ""}
    if given.get("data_type") == "select":
        option["historical_options"] = option["options"]
    return changes.insert(
        world.attributes,
        {
            "id": world.attributes.next_id(),
            "object_lookup_id": 1,
            "name": name,
            "display": given.get("display"),
            "data_type": given.get("data_type"),
            "data_option": option,
            "data_option_new": {},
            "editable": True,
            "active": given.get("active", True),
            "screens": given.get("screens", {}),
            "to_create": True,
            "to_migrate": True,
            "to_delete": False,
            "to_config": False,
            "position": given.get("position"),
            "created_by_id": changes.actor_id,
            "updated_by_id": changes.actor_id,
            "created_at": now,
            "updated_at": now,
        },
    )


def _problem(name: str, given: Row) -> str | None:
    if name.endswith(("_id", "_ids")):
        return "Name can't be used because *_id and *_ids are not allowed"
    if not _NAME.match(name):
        return "Name only lowercase letters, numbers, and '_' are allowed"
    option = given.get("data_option")
    if not isinstance(option, dict):
        return "Data option can't be blank"
    if given.get("data_type") == "input" and not isinstance(option.get("maxlength"), int):
        return "Data option must have integer for :maxlength"
    return None


def find(world: World, attribute_id: int | None, shown_id: object) -> Row:
    """A custom attribute by id. Raises Unprocessable for a built-in one, NotFound otherwise."""
    row = world.attributes.get(attribute_id)
    if row is not None:
        return row
    known = next((row for row in built_in() if row["id"] == attribute_id), None)
    if known is not None:
        raise Unprocessable(f"{known['object']}.{known['name']} can't be removed!")
    raise NotFound.record("ObjectManager::Attribute", shown_id)


def delete(world: World, changes: Transaction, attribute: Row) -> None:
    """Take an attribute back: at once where it never was a column, else with the next migration."""
    if attribute["to_create"]:
        changes.delete(world.attributes, attribute["id"])
    else:
        changes.change(attribute, to_delete=True, to_migrate=True)


def execute_migrations(world: World) -> None:
    """Make pending attributes columns, one after the other, each for good.

    One that PostgreSQL refuses raises OpaqueUnprocessable and blocks those behind it, now and later.
    """
    for attribute in world.attributes:
        if attribute["to_delete"]:
            world.attributes.drop(attribute["id"])
            for ticket in world.tickets:
                ticket.pop(attribute["name"], None)
    for attribute in world.attributes:
        if not attribute["to_create"]:
            continue
        default = attribute["data_option"].get("default")
        if attribute["data_type"] == "date" and isinstance(default, int):
            raise OpaqueUnprocessable(
                f'PG::DatatypeMismatch: ERROR:  column "{attribute["name"]}" is of type date but default '
                "expression is of type integer\nHINT:  You will need to rewrite or cast the expression.\n"
            )
        attribute.update(to_create=False, to_migrate=False, updated_at=world.now())
        filled = default if attribute["data_type"] in ("boolean", "integer") else None
        for ticket in world.tickets:
            ticket[attribute["name"]] = filled


def discard(world: World, changes: Transaction) -> None:
    """Forget what was not migrated yet."""
    for attribute in world.attributes:
        if attribute["to_create"]:
            changes.delete(world.attributes, attribute["id"])
        elif attribute["to_delete"]:
            changes.change(attribute, to_delete=False, to_migrate=False)
