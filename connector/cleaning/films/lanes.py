"""The lanes on which packets go from the old container into the new one.

A lane takes the packets of one stream and gives those that are written: copied through a sieve, or decoded and
encoded anew.
"""

# Packet is generic for type checkers only.
from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from fractions import Fraction
from typing import Protocol

from av.audio.stream import AudioStream
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from connector.cleaning.films.sieves import Sieve

_TAIL = 16
"""Packets after the first hidden one at the end of a film until the film counts as cut in its middle."""
_LOST_FRAMES = 4
"""Frames that may be lost with a hidden one that they depend on; a tenth of a second."""
_LEAD_IN = Fraction(1, 10)
"""Seconds of sound before the beginning that a decoder may need in order to begin."""


class MustBeDrawnAnew(Exception):
    """The picture cannot be taken over as it is: something in it is meant not to be seen."""


class OutOfOrder(Exception):
    """Packets are shown before they are decoded: times of decoding have to be moved."""


class Lane(Protocol):
    """Takes packets of one stream."""

    def feed(self, packet: Packet[Stream]) -> Iterable[Packet[Stream]]:
        """What is written for this packet, now."""
        ...

    def rest(self) -> Iterable[Packet[Stream]]:
        """What is still to be written when there are no more packets."""
        ...


class _Copying:
    """Makes new packets with the same times: whatever else was attached to the old ones stays behind."""

    def __init__(self, target: Stream, sieve: Sieve, earlier: int = 0) -> None:
        """`earlier` is taken from the times of decoding, in units of the stream."""
        self._target = target
        self._sieve = sieve
        self._earlier = earlier
        self._last: int | None = None
        self._silence = 0
        """What lies before the beginning and is not to be heard, in units of the stream."""
        self._next: int | None = None
        """When a packet begins that does not say so itself."""

    def _copied(self, packet: Packet[Stream]) -> Iterable[Packet[Stream]]:
        fresh = packet.get_sidedata("new_extradata")
        data = self._sieve(bytes(packet), bytes(fresh) if fresh else None)
        if self._last is None and self._sieve.header:
            self._target.codec_context.extradata = self._sieve.header
        if data:
            yield self._timed(Packet(data), packet)

    def _timed(self, copy: Packet[Stream], packet: Packet[Stream]) -> Packet[Stream]:
        dts = packet.dts if packet.dts is not None else packet.pts
        pts = packet.pts if packet.pts is not None else packet.dts
        if dts is None or pts is None:
            dts = pts = self._guessed()
        self._next = pts + (packet.duration or 0)
        dts, pts = dts - self._earlier - self._silence, pts - self._silence
        if self._last is not None and dts <= self._last:
            dts = self._last + 1
        if pts < dts:
            raise OutOfOrder
        self._last = dts
        copy.dts, copy.pts, copy.duration = dts, pts, packet.duration
        copy.time_base, copy.is_keyframe = packet.time_base, packet.is_keyframe
        skipped = packet.get_sidedata("skip_samples")
        if skipped:
            # How many samples at the beginning or the end are not meant to be heard: numbers only.
            copy.set_sidedata(skipped)
        copy.stream = self._target
        return copy

    def _guessed(self) -> int:
        raise MustBeDrawnAnew


class CopiedPicture(_Copying):
    """Copies frames; those that an edit list hides at the end are left out.

    Raises MustBeDrawnAnew where frames are hidden elsewhere: others depend on them.
    """

    def __init__(self, target: VideoStream, sieve: Sieve, earlier: int = 0) -> None:
        super().__init__(target, sieve, earlier)
        self._held: list[Packet[Stream]] = []

    def feed(self, packet: Packet[Stream]) -> Iterable[Packet[Stream]]:
        """The frame."""
        if packet.is_discard or self._held:
            if self._last is None or len(self._held) >= _TAIL:
                raise MustBeDrawnAnew
            self._held.append(packet)
            return ()
        return self._copied(packet)

    def rest(self) -> Iterable[Packet[Stream]]:
        """Nothing."""
        if sum(not packet.is_discard for packet in self._held) > _LOST_FRAMES:
            raise MustBeDrawnAnew
        return ()


class CopiedSound(_Copying):
    """Copies sound; of what is hidden before its beginning only what a decoder needs to begin with."""

    def __init__(self, target: AudioStream, sieve: Sieve, *, alone: bool) -> None:
        """`alone`: nothing is seen at the same time."""
        super().__init__(target, sieve)
        self._lead_in: deque[Packet[Stream]] = deque()
        self._alone = alone

    def feed(self, packet: Packet[Stream]) -> Iterable[Packet[Stream]]:
        """The sound."""
        if packet.is_discard:
            if self._last is None:
                self._lead_in.append(packet)
                self._shorten_lead_in()
            return
        if self._last is None and self._alone and not self._lead_in:
            self._silence = _silent_start(packet)
        while self._lead_in:
            yield from self._copied(self._lead_in.popleft())
        yield from self._copied(packet)

    def rest(self) -> Iterable[Packet[Stream]]:
        """Nothing."""
        return ()

    def _guessed(self) -> int:
        return self._next or 0

    def _shorten_lead_in(self) -> None:
        seconds = sum((packet.duration or 0) * packet.time_base for packet in self._lead_in)
        while len(self._lead_in) > 1 and seconds > _LEAD_IN:
            first = self._lead_in.popleft()
            seconds -= (first.duration or 0) * first.time_base


def _silent_start(packet: Packet[Stream]) -> int:
    """What a tag of iTunes says of the encoder's run-up; in an edit list it is something that all players know."""
    skipped = bytes(packet.get_sidedata("skip_samples"))
    samples = int.from_bytes(skipped[:4], "little")
    stream = packet.stream
    if not samples or not isinstance(stream, AudioStream) or not packet.pts == 0:
        return 0
    return round(samples / stream.codec_context.sample_rate / packet.time_base)
