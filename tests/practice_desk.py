"""The practice helpdesk as a desk: the real server and the real plugin, over HTTP."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from connector.plugin_api import Clock, Manifest
from plugins.practice import plugin
from plugins.practice.tests.hands import PracticeHands, PracticeServer


class PracticeDesk:
    """A practice helpdesk with its faults. What is sent to it is kept raw for the canary's search."""

    helpdesk_id = "desk"

    def __init__(self, directory: Path, clock: Clock) -> None:
        self._server = PracticeServer(directory, clock)
        self._clock = clock

    @property
    def manifest(self) -> Manifest:
        """Its plugin."""
        return plugin

    @property
    def settings(self) -> Mapping[str, Any]:
        """For the config; the time-out is shorter than the fault's silence."""
        helpdesk = self._server.helpdesk
        return {
            "platform": "practice",
            "url": helpdesk.url,
            "token": helpdesk.token,
            "webhook_secret": helpdesk.webhook_secret,
            "timeout": "1s",
        }

    @property
    def url(self) -> str:
        """Where its pages are."""
        return self._server.helpdesk.url

    @property
    def login(self) -> tuple[str, str]:
        """By which staff come in."""
        return self._server.helpdesk.user, self._server.helpdesk.password

    @property
    def staff(self) -> PracticeHands:
        """What staff do and see."""
        return PracticeHands(self._server, self._clock)

    def received(self) -> bytes:
        """All that was sent to it."""
        return b"\n".join(self._server.requests)

    def webhooks_to(self, url: str) -> None:
        """Announce changes there."""
        self._server.helpdesk.webhooks.url = url

    def go_down(self) -> None:
        """Answer nothing."""
        self._server.stop()

    def come_back(self) -> None:
        """Work again."""
        self._server.stop()
        self._server.start_again()

    def ask_for_patience(self, *, seconds: int) -> None:
        """Refuse with Retry-After."""
        self._server.helpdesk.faults.switch("rate_limit", on=True, seconds=seconds)

    def be_slow(self, *, seconds: float) -> None:
        """Take its time for every answer."""
        self._server.helpdesk.faults.switch("slow", on=True, seconds=seconds)

    def swallow_the_next_answer(self) -> None:
        """Do, and answer too late."""
        self._server.helpdesk.faults.switch("commit_then_hang", on=True, count=1, seconds=2.0)

    def stop(self) -> None:
        """End it."""
        self._server.stop()
