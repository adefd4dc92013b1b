"""What only an administrator's token may see and make: groups, attributes, webhooks, triggers, settings."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter

from plugins.zammad.client import ZammadClient
from plugins.zammad.models import ANYTHING


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class GroupRow(_Read):
    """A group. `email_address_id` is the address that its tickets send mail from."""

    id: int
    name: str
    active: bool = True
    email_address_id: int | None = None


class AttributeRow(_Read):
    """A ticket attribute; `screens` says for whom it is mandatory, by screen and permission."""

    id: int
    name: str
    object: str
    active: bool = True
    editable: bool = True
    to_migrate: bool = False
    screens: Mapping[str, Mapping[str, Mapping[str, Any]]] = {}

    @property
    def mandatory(self) -> bool:
        """Whether agents cannot make or change a ticket without it."""
        of_agents = [
            screen.get(who, {}) for screen in self.screens.values() for who in ("ticket.agent", "-all-")
        ]
        return self.active and self.editable and any(rules.get("required") is True for rules in of_agents)


class WebhookRow(_Read):
    """A webhook. Newer versions may keep `signature_token` to themselves."""

    id: int
    name: str
    endpoint: str
    active: bool = True
    signature_token: str | None = None
    ssl_verify: bool | None = None


class TriggerRow(_Read):
    """A trigger: when `condition`, then `perform`."""

    id: int
    name: str
    active: bool = True
    condition: Any = None
    perform: Mapping[str, Any] = {}
    updated_at: AwareDatetime | None = None

    def calls(self, webhook_id: int) -> bool:
        """Whether it sends this webhook."""
        performed = self.perform.get("notification.webhook")
        return isinstance(performed, dict) and str(performed.get("webhook_id")) == str(webhook_id)


class _Setting(_Read):
    name: str
    state_current: Mapping[str, Any] = {}


class _Version(_Read):
    version: str


Row = TypeVar("Row", bound=BaseModel)


class Installation:
    """One Zammad as its administrator sees it. Every call raises HelpdeskMisconfigured where the token may not."""

    def __init__(self, client: ZammadClient) -> None:
        self._client = client

    def version(self) -> str:
        """`6.5.0`."""
        return self._client.ask("GET", "/version", TypeAdapter(_Version)).version

    def group(self, name: str) -> GroupRow | None:
        """The group of exactly this name."""
        return next((group for group in self._all("/groups", GroupRow) if group.name == name), None)

    def attributes(self) -> list[AttributeRow]:
        """The attributes of tickets."""
        return [
            row for row in self._all("/object_manager_attributes", AttributeRow) if row.object == "Ticket"
        ]

    def webhooks(self) -> list[WebhookRow]:
        """All webhooks."""
        return self._all("/webhooks", WebhookRow)

    def triggers(self) -> list[TriggerRow]:
        """All triggers."""
        return self._all("/triggers", TriggerRow)

    def setting(self, name: str) -> Any:
        """The value of a setting, None where there is no such setting."""
        found = (
            row.state_current.get("value") for row in self._all("/settings", _Setting) if row.name == name
        )
        return next(found, None)

    def make(self, what: str, body: Mapping[str, Any]) -> int:
        """Make a `webhooks`, `triggers` or `object_manager_attributes` record; its id."""
        return int(self._client.ask("POST", f"/{what}", ANYTHING, json=body)["id"])

    def change(self, what: str, row_id: int, body: Mapping[str, Any]) -> None:
        """Change such a record."""
        self._client.ask("PUT", f"/{what}/{row_id}", ANYTHING, json=body)

    def migrate(self) -> None:
        """Turn new attributes into columns."""
        self._client.ask("POST", "/object_manager_attributes_execute_migrations", ANYTHING, json={})

    def _all(self, path: str, shape: type[Row]) -> list[Row]:
        return self._client.ask("GET", path, TypeAdapter(list[shape]))  # type: ignore[valid-type]
