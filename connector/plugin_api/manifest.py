"""What a plugin says of itself: its name, its settings, and what its platform can do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, SecretStr, field_validator

if TYPE_CHECKING:
    from connector.plugin_api.base import HelpdeskPlugin, PluginContext

API_VERSION = 1
"""Raised when a plugin written for an older door would break. A plugin for another version is not started."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the platform can do. One value changes what the core asks for and which promises the contract kit tests.

    unique_reference: a second ticket with the same reference cannot arise, even when two requests race.
    webhooks: it can call us; without, only polling.
    merges: staff can merge tickets.
    visibility_changes: staff can turn a public article internal and back.
    confirms: what was relayed can be marked in the ticket quietly.
    max_file, max_ticket: bytes that one file, one article with all files may have; None where there is no known limit.
    trust_owner: the default of the helpdesk's `trust_owner`: whether ownership is surely a person's doing.
    """

    unique_reference: bool
    webhooks: bool = True
    merges: bool = False
    visibility_changes: bool = False
    confirms: bool = False
    max_file: int | None = None
    max_ticket: int | None = None
    trust_owner: bool = False


class HelpdeskSettings(BaseModel):
    """Base of every plugin's settings: frozen, unknown keys refused. Secrets are `SecretStr`.

    A plugin's own model adds its fields with a description each; the core reads `helpdesks.<id>` into it, less the
    keys that belong to the core (platform, role, poll_every, marker, trust_owner, concurrency).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    webhook_secret: tuple[SecretStr, ...] = ()
    """The secrets by which the helpdesk proves its webhooks. One or a list; several may be valid at once."""

    @field_validator("webhook_secret", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        if value is None:
            return ()
        return (value,) if isinstance(value, str | SecretStr) else value


@dataclass(frozen=True, slots=True)
class Manifest:
    """The object an entry point of the group `tipbridge.plugins` names.

    `platform` is the word in config. `settings` is the plugin's own pydantic model. `build` makes a plugin for one
    configured helpdesk; it may not call the network. `docs` says where the set-up is described.
    """

    platform: str
    display_name: str
    settings: type[HelpdeskSettings]
    capabilities: Capabilities
    build: "Callable[[Any, PluginContext], HelpdeskPlugin]"
    docs: str
    api_version: int = API_VERSION
