"""The helpdesks that the harness can put behind Tipbridge: each a real server on loopback with staff who can act."""

from collections.abc import Mapping
from typing import Any, Protocol

from connector.plugin_api import Manifest
from connector.testing.staff import StaffHands


class Desk(Protocol):
    """A helpdesk for a test."""

    helpdesk_id: str

    @property
    def manifest(self) -> Manifest:
        """Its plugin."""
        ...

    @property
    def settings(self) -> Mapping[str, Any]:
        """What stands under `helpdesks.<id>` in the config."""
        ...

    @property
    def staff(self) -> StaffHands:
        """What staff do and see."""
        ...

    def received(self) -> bytes:
        """Every byte that was sent to it."""
        ...

    def webhooks_to(self, url: str) -> None:
        """Send its webhooks there from now on. Until then it sends none: tests post what `staff.webhook` makes."""
        ...

    def go_down(self) -> None:
        """Answer nothing any more, until `come_back`."""
        ...

    def come_back(self) -> None:
        """Work again."""
        ...

    def ask_for_patience(self, *, seconds: int) -> None:
        """Refuse every request with Retry-After, until `come_back`."""
        ...

    def swallow_the_next_answer(self) -> None:
        """Carry out the next request that changes something, and never answer it."""
        ...

    def stop(self) -> None:
        """End it."""
        ...
