"""Core workflow: required fields and permitted choices, whose violation an agent cannot read."""

from plugins.zammad.tests.fake.access import may_own
from plugins.zammad.tests.fake.errors import invalid_choice, missing_value
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.world import NOBODY, World

_SELECTABLE_KINDS = (1, 2, 3, 4, 5)
_PENDING_KINDS = (3, 4)


def check(world: World, values: Row, ticket: Row) -> None:
    """Raise unless `values` may be put into a ticket ({} for a new one)."""
    after = {**ticket, **values}
    for column in ("title", "customer_id"):
        if not after.get(column):
            raise missing_value(column)
    if "state_id" in values:
        kind = world.states[values["state_id"]]["state_type_id"]
        if kind not in _SELECTABLE_KINDS:
            raise invalid_choice(values["state_id"], "state_id")
        if kind in _PENDING_KINDS and after.get("pending_time") is None:
            raise missing_value("pending_time")
    owner_id = values.get("owner_id", NOBODY)
    unfit = owner_id != NOBODY and not may_own(world.users[owner_id], after["group_id"])
    if unfit and not ticket and not world.version.unfit_owner_is_dropped:
        raise invalid_choice(owner_id, "owner_id")
    screen = "edit" if ticket else "create_middle"
    for attribute in world.custom_attributes():
        needed = attribute["screens"].get(screen, {}).get("ticket.agent", {}).get("required", False)
        if needed and not after.get(attribute["name"]) and after.get(attribute["name"]) != 0:
            raise missing_value(attribute["name"])
