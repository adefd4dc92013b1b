"""Rows for groups and for the addresses they send from."""

from typing import Any

from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.world import NOBODY, World


def add_group(world: World, name: str, *, by: int = NOBODY, **columns: Any) -> Row:
    """A group; like Zammad's it begins without members, its maker included."""
    now = world.now()
    row: Row = {
        "id": world.groups.next_id(),
        "signature_id": None,
        "email_address_id": None,
        "name": name,
        "assignment_timeout": None,
        "follow_up_possible": "yes",
        "reopen_time_in_days": None,
        "follow_up_assignment": True,
        "active": True,
        "shared_drafts": True,
        "note": None,
        "updated_by_id": by,
        "created_by_id": by,
        "created_at": now,
        "updated_at": now,
    }
    if world.version.group_extras:
        row |= {"name_last": name.rpartition("::")[2], "parent_id": None}
    row.update(columns)
    return world.groups.put(row)


def add_email_address(world: World, email: str, realname: str) -> Row:
    """An address a group may send from; its channel is number 3, as on the recorded server."""
    now = world.now()
    row = {
        "id": world.email_addresses.next_id(),
        "channel_id": 3,
        "realname": realname,
        "name": realname,
        "email": email,
        "active": True,
        "note": None,
        "preferences": {},
        "updated_by_id": NOBODY,
        "created_by_id": NOBODY,
        "created_at": now,
        "updated_at": now,
    }
    row.pop("name" if world.version.name == "5.5" else "realname")
    return world.email_addresses.put(row)
