"""Groups, which only an administrator sees."""

from typing import Any

from plugins.zammad.tests.fake import render
from plugins.zammad.tests.fake.access import Caller
from plugins.zammad.tests.fake.api import Api
from plugins.zammad.tests.fake.errors import Clash, NotFound
from plugins.zammad.tests.fake.groups import add_group
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.values import as_bool, record_id
from plugins.zammad.tests.fake.world import World

_GROUP_COLUMNS = (
    "name", "active", "note", "follow_up_possible", "email_address_id", "assignment_timeout",
    "follow_up_assignment", "reopen_time_in_days", "shared_drafts", "signature_id",
)  # fmt: skip


def register(api: Api) -> None:
    """Add the routes."""
    groups = _Groups(api.world)
    api.add("GET", "/groups", groups.index)
    api.add("POST", "/groups", groups.create, status=201)
    api.add("GET", "/groups/<row_id>", groups.show)
    api.add("PUT", "/groups/<row_id>", groups.update)


class _Groups:
    def __init__(self, world: World) -> None:
        self._world = world

    def index(self, caller: Caller, given: Row) -> Any:
        caller.require("admin.group")
        show = render.group_with_names if as_bool(given.get("expand")) else render.group_with_members
        return [show(self._world, group) for group in self._world.groups]

    def show(self, caller: Caller, given: Row, row_id: str) -> Any:
        caller.require("admin.group")
        return render.group_with_members(self._world, self._found(row_id))

    def create(self, caller: Caller, given: Row) -> Any:
        caller.require("admin.group")
        if self._world.groups.named(given.get("name")) is not None:
            raise Clash(readable=True)
        columns = {column: given[column] for column in _GROUP_COLUMNS if column in given}
        group = add_group(self._world, by=caller.id, **columns)
        return render.group_with_members(self._world, group)

    def update(self, caller: Caller, given: Row, row_id: str) -> Any:
        caller.require("admin.group")
        group = self._found(row_id)
        values = {column: given[column] for column in _GROUP_COLUMNS if column in given}
        with self._world.transaction(caller.id) as changes:
            changes.change(group, **values, updated_by_id=caller.id, updated_at=self._world.now())
        return render.group_with_members(self._world, group)

    def _found(self, row_id: str) -> Row:
        group = self._world.groups.get(record_id(row_id))
        if group is None:
            raise NotFound.record("Group", row_id)
        return group
