"""The fake Zammad as a desk: real HTTP, the plugin with the least rights."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from connector.plugin_api import Manifest
from connector.testing import FakeClock
from plugins.zammad import plugin
from plugins.zammad.tests.fake import FakeZammad
from plugins.zammad.tests.hands import HOOK_SECRET, ZammadHands


class ZammadDesk:
    """A Zammad of the recorded line. What is sent to it is kept raw for the canary's search."""

    helpdesk_id = "desk"

    def __init__(self, _directory: Path, clock: FakeClock) -> None:
        self.zammad = FakeZammad("5.5", clock=clock.now).start()
        self._clock = clock

    @property
    def manifest(self) -> Manifest:
        """Its plugin."""
        return plugin

    @property
    def settings(self) -> Mapping[str, Any]:
        """For the config; the time-out is shorter than the fault's silence."""
        return {
            "platform": "zammad",
            "url": self.zammad.url,
            "token": self.zammad.connector.token,
            "group": "Hinweise",
            "webhook_secret": HOOK_SECRET,
            "timeout": "1s",
        }

    @property
    def staff(self) -> ZammadHands:
        """What staff do and see."""
        return ZammadHands(self.zammad, self._clock)

    def received(self) -> bytes:
        """All that was sent to it, and every mail that left it."""
        return b"\n".join(
            [*(seen.raw for seen in self.zammad.requests), repr(self.zammad.sent_mails).encode()]
        )

    def webhooks_to(self, url: str) -> None:
        """What an administrator sets up."""
        self.zammad.connect_webhook(url, HOOK_SECRET)

    def go_down(self) -> None:
        """Answer nothing."""
        self.zammad.down()

    def come_back(self) -> None:
        """Work again."""
        self.zammad.faults.clear()
        self.zammad.down()
        self.zammad.up()

    def ask_for_patience(self, *, seconds: int) -> None:
        """Refuse with Retry-After, as a proxy does."""
        self.zammad.faults.answer(429, retry_after=seconds, times=1000)

    def swallow_the_next_answer(self) -> None:
        """Do, and never answer."""
        for method in ("POST", "PUT"):
            self.zammad.faults.hang_after_commit(method=method, path="/api/v1/ticket")

    def stop(self) -> None:
        """End it."""
        self.zammad.stop()
