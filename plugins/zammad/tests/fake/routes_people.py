"""People and their tokens."""

import secrets
from typing import Any

from plugins.zammad.tests.fake import render
from plugins.zammad.tests.fake.access import Caller
from plugins.zammad.tests.fake.api import Api
from plugins.zammad.tests.fake.errors import Forbidden, NotFound
from plugins.zammad.tests.fake.people import CUSTOMER_ROLE, add_token
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.search import page_of
from plugins.zammad.tests.fake.ticket_fields import create_customer
from plugins.zammad.tests.fake.values import as_bool, as_time, record_id
from plugins.zammad.tests.fake.world import World

_SEARCHED = ("login", "firstname", "lastname", "email", "phone")
_EDITABLE = ("firstname", "lastname", "email", "login", "phone", "mobile", "note", "active", "preferences")


def register(api: Api) -> None:
    """Add the routes."""
    people = _People(api.world)
    api.add("GET", "/users/me", people.me)
    api.add("GET", "/users", people.index)
    api.add("POST", "/users", people.create, status=201)
    api.add("GET", "/users/search", people.search)
    api.add("POST", "/users/search", people.search)
    api.add("GET", "/users/<row_id>", people.show)
    api.add("PUT", "/users/<row_id>", people.update)
    api.add("POST", "/user_access_token", people.create_token)
    api.add("GET", "/user_access_token", people.tokens)


class _People:
    def __init__(self, world: World) -> None:
        self._world = world

    def me(self, caller: Caller, given: Row) -> Any:
        return self._shown(caller, given, caller.user)

    def index(self, caller: Caller, given: Row) -> Any:
        caller.require("ticket.agent", "admin.user")
        page = page_of(list(self._world.users), given, default=500, most=1000)
        return [render.user_for(caller, user) for user in page]

    def search(self, caller: Caller, given: Row) -> Any:
        caller.require("ticket.agent", "admin.user")
        wanted = str(given.get("query", "")).replace("*", "").lower()
        hits = [
            user
            for user in self._world.users
            if any(wanted in str(user[column] or "").lower() for column in _SEARCHED)
        ]
        return [render.user_for(caller, user) for user in page_of(hits, given, default=50, most=200)]

    def show(self, caller: Caller, given: Row, row_id: str) -> Any:
        user = self._found(row_id)
        if not render.is_staff(caller.user) and user["id"] != caller.id:
            raise Forbidden
        return self._shown(caller, given, user)

    def create(self, caller: Caller, given: Row) -> Any:
        caller.require("ticket.agent", "admin.user")
        with self._world.transaction(caller.id) as changes:
            user = create_customer(self._world, changes, caller.id, given)
        return render.user_for(caller, user)

    def update(self, caller: Caller, given: Row, row_id: str) -> Any:
        user = self._found(row_id)
        if not caller.may("admin.user") and not (caller.is_agent and user["role_ids"] == [CUSTOMER_ROLE]):
            raise Forbidden
        values = {column: given[column] for column in _EDITABLE if column in given}
        if caller.may("admin.user") and "group_ids" in given:
            values["group_ids"] = {
                group: [levels] if isinstance(levels, str) else list(levels)
                for group, levels in given["group_ids"].items()
            }
        with self._world.transaction(caller.id) as changes:
            changes.change(user, **values, updated_by_id=caller.id, updated_at=self._world.now())
        return render.user_for(caller, user)

    def create_token(self, caller: Caller, given: Row) -> Any:
        caller.require("user_preferences.access_token")
        value = secrets.token_urlsafe(48)
        label = str(given.get("name") or given.get("label") or "")
        expires_at = as_time(given["expires_at"]) if given.get("expires_at") else None
        add_token(
            self._world, caller.id, value, given.get("permission") or (), label=label, expires_at=expires_at
        )
        return {self._world.version.token_answer_key: value}

    def tokens(self, caller: Caller, given: Row) -> Any:
        caller.require("user_preferences.access_token")
        raise NotImplementedError(
            "the list of tokens carries the catalogue of permissions that only the web UI shows"
        )

    def _shown(self, caller: Caller, given: Row, user: Row) -> Row:
        shown = render.user_for(caller, user)
        return render.with_names(self._world, shown) if as_bool(given.get("expand")) else shown

    def _found(self, row_id: str) -> Row:
        user = self._world.users.get(record_id(row_id))
        if user is None:
            raise NotFound.record("User", row_id)
        return user
