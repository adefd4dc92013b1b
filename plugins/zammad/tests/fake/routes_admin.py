"""What an administrator sets up: webhooks, triggers, attributes, settings."""

from typing import Any

from plugins.zammad.tests.fake import attributes
from plugins.zammad.tests.fake.access import Caller
from plugins.zammad.tests.fake.api import Api
from plugins.zammad.tests.fake.errors import Unprocessable
from plugins.zammad.tests.fake.routes_hooks import Triggers, Webhooks
from plugins.zammad.tests.fake.routes_records import Records
from plugins.zammad.tests.fake.rows import Row, Table
from plugins.zammad.tests.fake.values import record_id
from plugins.zammad.tests.fake.world import World


def register(api: Api) -> None:
    """Add the routes."""
    world = api.world
    for name, views in (
        ("webhooks", Webhooks(world)),
        ("triggers", Triggers(world)),
        ("object_manager_attributes", _Attributes(world)),
    ):
        api.add("GET", f"/{name}", views.index)
        api.add("POST", f"/{name}", views.create, status=201)
        api.add("GET", f"/{name}/<row_id>", views.show)
        api.add("PUT", f"/{name}/<row_id>", views.update)
        api.add("DELETE", f"/{name}/<row_id>", views.delete)
    migrations = _Migrations(world)
    api.add("POST", "/object_manager_attributes_execute_migrations", migrations.execute)
    api.add("POST", "/object_manager_attributes_discard_changes", migrations.discard)
    installation = _Installation(world)
    api.add("GET", "/version", installation.version)
    api.add("GET", "/settings", installation.settings)
    api.add("GET", "/email_addresses", installation.email_addresses)


class _Attributes(Records):
    permission = "admin.object"
    model = "ObjectManager::Attribute"

    @property
    def _table(self) -> Table:
        return self._world.attributes

    def index(self, caller: Caller, given: Row) -> Any:
        caller.require(self.permission)
        own = [{**row, "object": "Ticket", "deletable": True} for row in self._world.attributes]
        for row in own:
            del row["object_lookup_id"]
        return attributes.built_in() + own

    def create(self, caller: Caller, given: Row) -> Any:
        caller.require(self.permission)
        with self._world.transaction(caller.id) as changes:
            return attributes.create(self._world, changes, given)

    def update(self, caller: Caller, given: Row, row_id: str) -> Any:
        caller.require(self.permission)
        row = self._found(row_id)
        if not isinstance(given.get("data_option"), dict):
            raise Unprocessable("Need at least a data_option.")
        with self._world.transaction(caller.id) as changes:
            pending = {
                **given["data_option"],
                "options": given["data_option"].get("options", {}),
                "relation": "",
            }
            changes.change(
                row,
                data_option_new=pending,
                to_migrate=True,
                updated_at=self._world.now(),
                display=given.get("display", row["display"]),
                screens=given.get("screens", row["screens"]),
            )
        return row

    def delete(self, caller: Caller, given: Row, row_id: str) -> Any:
        caller.require(self.permission)
        row = attributes.find(self._world, record_id(row_id), row_id)
        with self._world.transaction(caller.id) as changes:
            attributes.delete(self._world, changes, row)
        return {}


class _Migrations:
    def __init__(self, world: World) -> None:
        self._world = world

    def execute(self, caller: Caller, given: Row) -> Any:
        caller.require("admin.object")
        attributes.execute_migrations(self._world)
        return {}

    def discard(self, caller: Caller, given: Row) -> Any:
        caller.require("admin.object")
        with self._world.transaction(caller.id) as changes:
            attributes.discard(self._world, changes)
        return {}


class _Installation:
    def __init__(self, world: World) -> None:
        self._world = world

    def version(self, caller: Caller, given: Row) -> Any:
        caller.require("admin")
        return {"version": self._world.version.full}

    def settings(self, caller: Caller, given: Row) -> Any:
        caller.require("admin")
        return [
            {
                "id": number,
                "title": name,
                "name": name,
                "area": "Ticket::Core",
                "description": "",
                "options": {},
                "state_current": {"value": value},
                "state_initial": {"value": value},
                "frontend": False,
                "preferences": {},
            }
            for number, (name, value) in enumerate(self._world.settings.items(), start=1)
        ]

    def email_addresses(self, caller: Caller, given: Row) -> Any:
        caller.require("admin.channel_email")
        return list(self._world.email_addresses)
