"""The contract kit: proves that a plugin keeps its promises. Ships with the product, for authors of plugins.

An author writes one class and gives the kit the plugin's settings and a pair of hands:

    class TestPlatform(HelpdeskContract):
        manifest = plugin                       # the object that the entry point names

        @pytest.fixture
        def settings(self, server): ...         # the plugin's own settings, pointing to a fake or live server

        @pytest.fixture
        def staff(self, server): ...            # a `StaffHands`: acts as staff, past the plugin

Every promise is a test whose docstring says what to look at when it fails. A promise that a platform cannot
keep is named with the reason in `kit_exempt`; nothing else takes it out. The guide is docs/writing-a-
plugin.md.
"""

import pytest

pytest.register_assert_rewrite(
    "connector.testing.promises", "connector.testing.steps", "connector.testing.guard"
)

from connector.testing.clock import FakeClock  # noqa: E402 - pytest must know them before they are imported
from connector.testing.context import KitLog, MemoryMemo, kit_context  # noqa: E402
from connector.testing.contract import HelpdeskContract  # noqa: E402
from connector.testing.staff import SeenByStaff, StaffFile, StaffHands, TicketOnScreen  # noqa: E402

__all__ = [
    "FakeClock",
    "HelpdeskContract",
    "KitLog",
    "MemoryMemo",
    "SeenByStaff",
    "StaffFile",
    "StaffHands",
    "TicketOnScreen",
    "kit_context",
]
