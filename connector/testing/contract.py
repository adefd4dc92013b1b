"""`HelpdeskContract`: all promises in one class, and the few things an author gives it."""

import secrets
from collections.abc import Mapping
from typing import ClassVar

import pytest

from connector.plugin_api import (
    Capabilities,
    HelpdeskPlugin,
    HelpdeskSettings,
    Manifest,
    PluginContext,
)
from connector.testing.context import kit_context
from connector.testing.guard import Guard
from connector.testing.promises.adding import Adding
from connector.testing.promises.changes import Changes
from connector.testing.promises.failing import Failing
from connector.testing.promises.files import Files
from connector.testing.promises.merging import Merging
from connector.testing.promises.opening import Opening
from connector.testing.promises.reading import Reading
from connector.testing.promises.versions import Versions
from connector.testing.promises.watching import Checking
from connector.testing.promises.webhooks import Webhooks
from connector.testing.staff import StaffHands


class HelpdeskContract(
    Opening, Adding, Reading, Versions, Changes, Files, Merging, Webhooks, Failing, Checking, Guard
):
    """Subclass it as `Test...`, set `manifest`, override the fixtures `settings` and `staff`.

    `kit_exempt` maps the name of a promise that cannot be kept to the reason, which the test report then
    shows. `tickets_over_a_page` is how many tickets are opened to see that lists are read to the end: one
    more than the platform puts on a page (or that the plugin asks for).
    """

    manifest: ClassVar[Manifest]
    kit_exempt: ClassVar[Mapping[str, str]] = {}
    tickets_over_a_page: ClassVar[int] = 3

    @pytest.fixture
    def settings(self) -> HelpdeskSettings:
        """To be overridden: the plugin's settings, pointing to the server that `staff` acts on."""
        pytest.fail("override the fixture `settings`: an instance of your manifest's settings model")

    @pytest.fixture
    def staff(self) -> StaffHands:
        """To be overridden: hands that act as staff on the same server."""
        pytest.fail("override the fixture `staff`: a connector.testing.StaffHands for your platform")

    @pytest.fixture
    def context(self) -> PluginContext:
        """What the plugin is handed.

        Override it where the platform's clock is a fake: hand in the same one.
        """
        return kit_context()

    @pytest.fixture
    def plugin(self, settings: HelpdeskSettings, context: PluginContext) -> HelpdeskPlugin:
        """The plugin under test, built through its manifest as the core does."""
        return self.manifest.build(settings, context)

    @pytest.fixture
    def capabilities(self) -> Capabilities:
        """What the manifest says: it opens and closes promises."""
        return self.manifest.capabilities

    @pytest.fixture
    def reference(self) -> str:
        """A ticket reference that no earlier run has used."""
        digits = f"{secrets.randbelow(10**8):08d}"
        return f"TIP-{digits[:4]}-{digits[4:]}"

    @pytest.fixture(autouse=True)
    def _leave_out_what_is_exempt(self, request: pytest.FixtureRequest) -> None:
        name = request.function.__name__
        if name in self.kit_exempt and self.is_untouched(name):
            pytest.skip(f"exempt: {self.kit_exempt[name]}")
