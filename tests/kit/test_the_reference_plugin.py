"""The kit has nothing to say about a plugin that keeps every promise."""

import pytest
from pydantic import SecretStr

from connector.testing import HelpdeskContract
from tests.kit.hands import HOOK_SECRET, ReferenceHands
from tests.kit.reference import REFERENCE
from tests.kit.settings import ReferenceSettings
from tests.kit.world import World


class ReferenceContract(HelpdeskContract):
    """The kit on the helpdesk in memory."""

    manifest = REFERENCE

    @pytest.fixture
    def world(self) -> World:
        return World()

    @pytest.fixture
    def settings(self, world: World) -> ReferenceSettings:
        return ReferenceSettings(
            world=world, token=SecretStr(world.token or ""), webhook_secret=(SecretStr(HOOK_SECRET),)
        )

    @pytest.fixture
    def staff(self, world: World) -> ReferenceHands:
        return ReferenceHands(world)


class TestReference(ReferenceContract):
    """All promises, kept."""
