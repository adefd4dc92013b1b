"""Rows for people and groups, and the cast that every fake starts with."""

import copy
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.world import NOBODY, World

ADMIN_ROLE, AGENT_ROLE, CUSTOMER_ROLE = 1, 2, 3
_ALWAYS = {"channel": {"email": True, "online": True}}
_MINE_OR_NOBODYS = {"owned_by_me": True, "owned_by_nobody": True, "subscribed": True, "no": False}
_MINE = {"owned_by_me": True, "owned_by_nobody": False, "subscribed": False, "no": False}
_AGENT_PREFERENCES = {
    "notification_config": {
        "matrix": {
            "create": {"criteria": _MINE_OR_NOBODYS, **_ALWAYS},
            "update": {"criteria": _MINE_OR_NOBODYS, **_ALWAYS},
            "reminder_reached": {"criteria": _MINE, **_ALWAYS},
            "escalation": {"criteria": _MINE, **_ALWAYS},
        }
    }
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account, as a test names them."""

    id: int
    login: str
    token: str = field(repr=False)
    password: str = field(repr=False)


def user_row(world: World, *, by: int = NOBODY, **given: Any) -> Row:
    """A user with all of Zammad's columns; `given` overrides the defaults. It has no id yet."""
    now = world.now()
    blank = dict.fromkeys(("web", "phone", "fax", "mobile"), "")
    place = {"department": None, **dict.fromkeys(("street", "zip", "city", "country"), ""), "address": None}
    row: Row = {
        "organization_id": None,
        "login": "",
        "firstname": "",
        "lastname": "",
        "email": world.version.missing_mail_is,
        "image": None,
        "image_source": None,
        **blank,
        **place,
        "vip": False,
        "verified": False,
        "active": True,
        "note": "",
        "last_login": None,
        "source": None,
        "login_failed": 0,
        "out_of_office": False,
        "out_of_office_start_at": None,
        "out_of_office_end_at": None,
        "out_of_office_replacement_id": None,
        "preferences": {},
        "updated_by_id": by,
        "created_by_id": by,
        "created_at": now,
        "updated_at": now,
        "role_ids": [CUSTOMER_ROLE],
        "organization_ids": [],
        "authorization_ids": [],
        "overview_sorting_ids": [],
        "group_ids": {},
    }
    row.update(given)
    if AGENT_ROLE in row["role_ids"] and not row["preferences"]:
        row["preferences"] = copy.deepcopy(_AGENT_PREFERENCES)
    return row


def add_person(
    world: World,
    name: str,
    firstname: str,
    lastname: str,
    *,
    roles: Iterable[int] = (AGENT_ROLE,),
    rights: Mapping[int, Iterable[str]] | None = None,
    permissions: Iterable[str] = ("ticket.agent",),
    **columns: Any,
) -> Person:
    """An account `<name>@example.org` with one API token, and its group rights by group id."""
    login = f"{name}@example.org"
    given: Row = {
        "login": login,
        "email": login,
        "firstname": firstname,
        "lastname": lastname,
        "role_ids": list(roles),
        "group_ids": {str(group): list(levels) for group, levels in (rights or {}).items()},
        **columns,
    }
    row = user_row(world, **given)
    person = Person(world.users.next_id(), login, secrets.token_urlsafe(24), secrets.token_urlsafe(12))
    world.users.put({"id": person.id, **row})
    world.users[person.id]["password"] = person.password
    add_token(world, person.id, person.token, permissions, label=name)
    return person


def add_token(
    world: World,
    user_id: int,
    value: str,
    permissions: Iterable[str],
    *,
    label: str,
    expires_at: datetime | None = None,
) -> Row:
    """One more API token for somebody."""
    return world.tokens.put(
        {
            "id": world.tokens.next_id(),
            "user_id": user_id,
            "value": value,
            "label": label,
            "permissions": tuple(permissions),
            "expires_at": expires_at,
        }
    )


def full_name(user: Row) -> str:
    """First and last name, as articles and history show them."""
    return " ".join(part for part in (user["firstname"], user["lastname"]) if part)
