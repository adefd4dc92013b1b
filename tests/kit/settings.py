"""The settings of the plugin for the helpdesk in memory, and what both halves of the plugin start from."""

from contextlib import AbstractContextManager

from pydantic import ConfigDict, Field, SecretStr

from connector.plugin_api import HelpdeskSettings, PluginContext, TicketRef
from tests.kit.world import StoredTicket, World


class ReferenceSettings(HelpdeskSettings):
    """Where the helpdesk in memory is, and by what it knows us."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    world: World = Field(repr=False)
    token: SecretStr


class Connected:
    """A plugin that is connected to a world."""

    def __init__(self, settings: ReferenceSettings, context: PluginContext) -> None:
        self._world = settings.world
        self._token = settings.token
        self._secrets = settings.webhook_secret

    def _asking(self) -> AbstractContextManager[None]:
        return self._world.asked_with(self._token.get_secret_value())


def ref(ticket: StoredTicket) -> TicketRef:
    """Where a ticket is."""
    return TicketRef(ticket.ticket_id, ticket.reference)
