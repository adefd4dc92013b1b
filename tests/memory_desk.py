"""The kit's reference helpdesk as a desk: no HTTP, so the quickest way to test what the core does with any helpdesk."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import Field, create_model

from connector.plugin_api import (
    HelpdeskPlugin,
    Manifest,
    NewArticle,
    NewTicket,
    OutcomeUnknown,
    PluginContext,
    TemporaryFailure,
    TicketRef,
)
from connector.testing import FakeClock
from tests.kit.hands import HOOK_SECRET, ReferenceHands
from tests.kit.reference import REFERENCE, ReferencePlugin
from tests.kit.settings import ReferenceSettings
from tests.kit.world import World


class MemoryDesk:
    """The helpdesk in memory, with faults. Everything that is sent to it is kept as text for the canary's search."""

    helpdesk_id = "desk"

    def __init__(self, clock: FakeClock) -> None:
        self.world = World()
        self.world.clock = clock
        self.sent: list[str] = []
        self.swallow = False
        self.patience: int | None = None

    @property
    def manifest(self) -> Manifest:
        """What to register."""
        return replace(REFERENCE, settings=_settings_for(self.world), build=self._build)

    @property
    def settings(self) -> Mapping[str, Any]:
        """For the config."""
        return {"platform": REFERENCE.platform, "token": self.world.token, "webhook_secret": HOOK_SECRET}

    @property
    def staff(self) -> ReferenceHands:
        """What staff do and see."""
        return ReferenceHands(self.world)

    def received(self) -> bytes:
        """All that was sent to it."""
        return "\n".join(self.sent).encode()

    def webhooks_to(self, url: str) -> None:
        """It sends none by itself; tests post what `staff.webhook` makes."""

    def go_down(self) -> None:
        """Answer nothing."""
        self.world.up = False

    def come_back(self) -> None:
        """Work again."""
        self.world.up, self.patience = True, None

    def ask_for_patience(self, *, seconds: int) -> None:
        """Refuse with Retry-After."""
        self.patience = seconds

    def swallow_the_next_answer(self) -> None:
        """Do, and do not answer."""
        self.swallow = True

    def stop(self) -> None:
        """Nothing to end."""

    def _build(self, settings: ReferenceSettings, context: PluginContext) -> HelpdeskPlugin:
        return _Watched(self, settings, context)


class _Watched(ReferencePlugin):
    """The reference plugin, with a desk that sees what is sent and can spoil the answer."""

    def __init__(self, desk: MemoryDesk, settings: ReferenceSettings, context: PluginContext) -> None:
        super().__init__(settings, context)
        self._desk = desk

    def open_ticket(self, ticket: NewTicket) -> TicketRef:
        """Open, unless told otherwise."""
        self._before(ticket.subject, ticket.first)
        opened = super().open_ticket(ticket)
        self._after()
        return opened

    def add_article(self, ticket_id: str, article: NewArticle) -> str:
        """Add, unless told otherwise."""
        self._before("", article)
        article_id = super().add_article(ticket_id, article)
        self._after()
        return article_id

    def _before(self, subject: str, article: NewArticle) -> None:
        files = [f"{file.name} {file.media_type} {file.data!r}" for file in article.files]
        self._desk.sent += [subject, article.body, article.reference, *files]
        if self._desk.patience is not None:
            raise TemporaryFailure("busy", retry_after=self._desk.patience)

    def _after(self) -> None:
        if self._desk.swallow:
            self._desk.swallow = False
            raise OutcomeUnknown("no answer came")


def _settings_for(world: World) -> type[ReferenceSettings]:
    """Settings that know their world, which no config file could name."""
    field: Any = (World, Field(default_factory=lambda: world, repr=False))
    return create_model("MemorySettings", __base__=ReferenceSettings, world=field)
