"""Webhooks and triggers."""

from urllib.parse import urlsplit

from plugins.zammad.tests.fake.errors import Clash, Unprocessable
from plugins.zammad.tests.fake.routes_records import Records
from plugins.zammad.tests.fake.rows import Row, Table

_WEBHOOK = (
    "name", "endpoint", "signature_token", "ssl_verify", "basic_auth_username", "basic_auth_password",
    "note", "active",
)  # fmt: skip
_TRIGGER = ("name", "condition", "perform", "disable_notification", "note", "active")
_MODES = ("activator", "execution_condition_mode")


class Webhooks(Records):
    permission = "admin.webhook"
    model = "Webhook"

    @property
    def _table(self) -> Table:
        return self._world.webhooks

    def _columns(self, given: Row) -> Row:
        defaults: Row = {"ssl_verify": True, "active": True}
        row = {column: given.get(column, defaults.get(column)) for column in _WEBHOOK}
        return row | {name: given.get(name, default) for name, default in self._world.version.webhook_extras}

    def _check(self, row: Row, *, but: int | None) -> None:
        if not row["name"]:
            raise Unprocessable("Name can't be blank")
        try:
            parts = urlsplit(str(row["endpoint"] or ""))
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Unprocessable("Endpoint The provided endpoint is invalid.")

    def _check_unused(self, row: Row) -> None:
        for trigger in self._world.triggers:
            if trigger["perform"].get("notification.webhook", {}).get("webhook_id") == row["id"]:
                named = f"{trigger['name']} (#{trigger['id']})"
                raise Unprocessable(f"Cannot delete! This webhook is referenced by Trigger: {named}")


class Triggers(Records):
    permission = "admin.trigger"
    model = "Trigger"
    _takes_id_early = True

    @property
    def _table(self) -> Table:
        return self._world.triggers

    def _columns(self, given: Row) -> Row:
        defaults: Row = {"disable_notification": True, "active": True}
        columns = _TRIGGER[:4] + (_MODES if self._world.version.triggers_have_modes else ()) + _TRIGGER[4:]
        return {column: given.get(column, defaults.get(column)) for column in columns}

    def _check(self, row: Row, *, but: int | None) -> None:
        if row["condition"] is None:
            raise Unprocessable("Attribute 'condition\" of relation \"triggers' required!")
        taken = (other for other in self._table if other["id"] != but)
        if any(str(other["name"]).lower() == str(row["name"]).lower() for other in taken):
            raise Clash(readable=True)
        if not self._world.version.triggers_have_modes:
            return
        if row["activator"] not in ("action", "time"):
            raise Unprocessable("Activator is not included in the list")
        if row["execution_condition_mode"] not in ("selective", "always"):
            raise Unprocessable("Execution condition mode is not included in the list")
        if not row["condition"]:
            raise Unprocessable("Invalid object selector conditions")
