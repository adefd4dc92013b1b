"""From a request's words to a ticket's columns: names become ids, people are found or made."""

import re
import uuid
from typing import Any

from plugins.zammad.tests.fake import attribute_values
from plugins.zammad.tests.fake.access import Caller
from plugins.zammad.tests.fake.errors import Unprocessable, invalid_value, no_lookup_value
from plugins.zammad.tests.fake.people import user_row
from plugins.zammad.tests.fake.rows import Row, Table, Transaction
from plugins.zammad.tests.fake.values import as_int, as_time, without_nul
from plugins.zammad.tests.fake.world import World

_LONGEST_TITLE = 250
_MAIL = re.compile(r"\A[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+\Z")
_WHITESPACE = re.compile(r"\s")


def resolve(world: World, changes: Transaction, caller: Caller, given: Row) -> Row:
    """The columns that a request sets; keys that are none vanish without a word.

    Raises Unprocessable for a name or id that means nothing. An agent may name a customer who is created.
    """
    values = _relations(world, given)
    if caller.is_agent:
        values |= _people(world, changes, caller, given)
    if given.get("title") is not None:
        values["title"] = without_nul(_WHITESPACE.sub(" ", str(given["title"])))[:_LONGEST_TITLE]
    if "pending_time" in given:
        values["pending_time"] = as_time(given["pending_time"])
    values |= {column: given[column] for column in ("type", "note", "organization_id") if column in given}
    if isinstance(given.get("preferences"), dict) and caller.is_agent:
        values["preferences"] = given["preferences"]
    for attribute in world.custom_attributes():
        if attribute["name"] in given:
            values[attribute["name"]] = attribute_values.cast(attribute, given[attribute["name"]])
    return values


def _relations(world: World, given: Row) -> Row:
    tables = {"group": world.groups, "state": world.states, "priority": world.priorities}
    values: Row = {}
    for name, table in tables.items():
        if given.get(name) is not None:
            found = table.named(given[name])
            if found is None:
                raise no_lookup_value(name, given[name])
            values[f"{name}_id"] = found["id"]
        elif given.get(f"{name}_id") not in (None, ""):
            values[f"{name}_id"] = _existing(table, f"{name}_id", given[f"{name}_id"])
    return values


def _existing(table: Table, parameter: str, value: Any) -> int:
    row_id = as_int(value)
    if table.get(row_id) is None or row_id is None:
        raise invalid_value(parameter, value)
    return row_id


def _people(world: World, changes: Transaction, caller: Caller, given: Row) -> Row:
    values: Row = {}
    for name in ("owner", "customer"):
        if isinstance(given.get(name), str):
            values[f"{name}_id"] = _by_login(world, name, given[name])
        elif name == "customer" and isinstance(given.get(name), dict):
            values["customer_id"] = _by_object(world, changes, caller, given[name])
        elif str(given.get(f"{name}_id", "")).startswith("guess:"):
            values[f"{name}_id"] = _guess(world, changes, caller, str(given[f"{name}_id"])[6:])
        elif given.get(f"{name}_id") not in (None, ""):
            values[f"{name}_id"] = _existing(world.users, f"{name}_id", given[f"{name}_id"])
    return values


def _by_login(world: World, parameter: str, value: str) -> int:
    found = world.users.named(value.lower(), "login") or world.users.named(value.lower(), "email")
    if found is None:
        raise no_lookup_value(parameter, value)
    return int(found["id"])


def _by_object(world: World, changes: Transaction, caller: Caller, given: Row) -> int:
    for column in ("id", "email", "login"):
        found = world.users.named(given[column], column) if given.get(column) else None
        if found is not None:
            return int(found["id"])
    return int(create_customer(world, changes, caller.id, given)["id"])


def _guess(world: World, changes: Transaction, caller: Caller, mail: str) -> int:
    if not _MAIL.match(mail):
        raise Unprocessable(f"Invalid email '{mail}' of customer")
    found = world.users.named(mail.lower(), "email")
    return int((found or create_customer(world, changes, caller.id, {"email": mail}))["id"])


def create_customer(world: World, changes: Transaction, by: int, given: Row) -> Row:
    """A new person with the Customer role, whatever roles were asked for. Raises Unprocessable."""
    mail = str(given.get("email") or "").lower()
    if not any(given.get(column) for column in ("firstname", "lastname", "phone", "mobile", "email")):
        raise Unprocessable(
            "At least one identifier (firstname, lastname, phone, mobile or email) for user is required."
        )
    if mail and world.users.named(mail, "email") is not None:
        raise Unprocessable(f"Email address '{mail}' is already used for another user.")
    first, last = str(given.get("firstname") or ""), str(given.get("lastname") or "")
    local, _, rest = mail.partition("@")[0].partition(".")
    if not first and not last and rest:
        first, last = local.capitalize(), rest.capitalize()
    login = str(given.get("login") or mail or f"auto-{uuid.uuid4()}").lower()
    columns: Row = {
        "login": login,
        "firstname": first,
        "lastname": last,
        "email": mail or world.version.missing_mail_is,
    }
    columns |= {name: str(given[name]) for name in ("phone", "mobile", "note") if given.get(name)}
    return changes.insert(world.users, {"id": world.users.next_id(), **user_row(world, by=by, **columns)})
