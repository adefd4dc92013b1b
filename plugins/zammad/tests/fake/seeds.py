"""What every new Zammad holds: states, priorities, article types, senders, roles, three triggers."""

from datetime import datetime
from typing import Any

from plugins.zammad.tests.fake.rows import Row, Table
from plugins.zammad.tests.fake.seeded_triggers import seeded_triggers
from plugins.zammad.tests.fake.world import NOBODY, World

LAST_BUILT_IN_ATTRIBUTE = 53
_STATES = (
    # name, state type, next state, ignores escalation, active
    ("new", 1, None, False, True),
    ("open", 2, None, False, True),
    ("pending reminder", 3, None, True, True),
    ("closed", 5, None, True, True),
    ("merged", 6, None, True, True),
    ("removed", 7, None, True, False),
    ("pending close", 4, 4, True, True),
)
_PRIORITIES = (
    ("1 low", "low-priority", "low-priority"),
    ("2 normal", None, None),
    ("3 high", "important", "high-priority"),
)
_ARTICLE_TYPES = (
    "email", "sms", "chat", "fax", "phone", "twitter status", "twitter direct-message",
    "facebook feed post", "facebook feed comment", "note", "web", "telegram personal-message",
    "facebook direct-message", "whatsapp message",
)  # fmt: skip
_ROLES = (
    ("Admin", "To configure your system.", [1, 43, 55, 65], False),
    ("Agent", "To work on Tickets.", [43, 57, 60, 62, 66], False),
    ("Customer", "People who create Tickets ask for help.", [44, 47, 48, 50, 54, 58], True),
)


def plant(world: World) -> None:
    """Fill an empty world with a new installation's rows."""
    now = world.now()
    _plant_ticket_basics(world, now)
    for number, (name, note, permissions, at_signup) in enumerate(_ROLES, start=1):
        _add(
            world.roles,
            now,
            id=number,
            name=name,
            preferences={},
            default_at_signup=at_signup,
            active=True,
            note=note,
            updated_by_id=NOBODY,
            created_by_id=NOBODY,
            created_at=now,
            updated_at=now,
            permission_ids=permissions,
            knowledge_base_permission_ids=[],
            group_ids={},
        )
    _add(
        world.organizations,
        now,
        id=1,
        name="Zammad Foundation",
        shared=True,
        domain="",
        domain_assignment=False,
        active=True,
        note="",
        **_stamps(now),
        member_ids=[2],
        secondary_member_ids=[],
    )
    world.attributes.last_id = LAST_BUILT_IN_ATTRIBUTE
    for trigger in seeded_triggers(world):
        _add(world.triggers, now, **trigger, **_stamps(now))


def _plant_ticket_basics(world: World, now: datetime) -> None:
    for number, (name, kind, following, ignores, active) in enumerate(_STATES, start=1):
        _add(
            world.states,
            now,
            id=number,
            state_type_id=kind,
            name=name,
            next_state_id=following,
            ignore_escalation=ignores,
            default_create=name == "new",
            default_follow_up=name == "open",
            note=None,
            active=active,
            **_stamps(now),
        )
    for number, (name, icon, colour) in enumerate(_PRIORITIES, start=1):
        _add(
            world.priorities,
            now,
            id=number,
            name=name,
            default_create=number == 2,
            ui_icon=icon,
            ui_color=colour,
            note=None,
            active=True,
            **_stamps(now),
        )
    for number, name in enumerate(_ARTICLE_TYPES, start=1):
        _add(world.article_types, now, id=number, name=name, communication=name != "note")
    for number, name in enumerate(("Agent", "Customer", "System"), start=1):
        _add(world.senders, now, id=number, name=name)


def _stamps(now: datetime) -> Row:
    return {"updated_by_id": NOBODY, "created_by_id": NOBODY, "created_at": now, "updated_at": now}


def _add(table: Table, _now: datetime, **columns: Any) -> None:
    table.put(columns)
    table.last_id = max(table.last_id, columns["id"])
