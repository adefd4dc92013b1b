"""Which provider is taken: the preferred one, unless it has just failed."""

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

from connector.clock import Clock
from connector.domain.chain import Via
from escalation.channels.base import Channel, Channels

TRIPPED_FOR = timedelta(seconds=60)


class Providers:
    """The channels, with a memory of this process for those that failed. Safe from several threads."""

    def __init__(self, channels: Channels, clock: Clock) -> None:
        self._channels = channels
        self._clock = clock
        self._tripped: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def of(self, via: Via) -> Sequence[Channel]:
        """All that are set up."""
        return self._channels.get(via, ())

    def choose(self, via: Via) -> Channel | None:
        """The first that has not just failed; where all have, the first. None where none is set up."""
        known = self.of(via)
        return next(
            (channel for channel in known if not self._is_tripped(channel.name)), next(iter(known), None)
        )

    def named(self, via: Via, name: str | None) -> Channel | None:
        """The one that an earlier request went to."""
        return next((channel for channel in self.of(via) if channel.name == name), None)

    def other_is_left(self, via: Via) -> bool:
        """Whether there is one that has not just failed."""
        return any(not self._is_tripped(channel.name) for channel in self.of(via))

    def trip(self, name: str) -> None:
        """This one has failed: others come first for a while."""
        with self._lock:
            self._tripped[name] = self._clock.now() + TRIPPED_FOR

    def worked(self, name: str) -> bool:
        """This one has done something; True if it had failed before."""
        with self._lock:
            return self._tripped.pop(name, None) is not None

    def _is_tripped(self, name: str) -> bool:
        with self._lock:
            until = self._tripped.get(name)
        return until is not None and self._clock.now() < until
