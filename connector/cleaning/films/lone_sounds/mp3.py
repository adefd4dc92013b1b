"""MP3: a frame that says how long the sound is, and the frames, with noughts where encoders write their names.

Tags before, after and between the frames (ID3, APE, Lyrics3, Xing) are not frames and stay behind. Between the
sound of one frame and that of the next lie ancillary data, which some encoders fill with their name. Sources:
ISO/IEC 11172-3, 2.4.1 and 2.4.2; for the first frame the descriptions of the Xing and LAME tags.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import BinaryIO

from connector.cleaning.films.reading import opened, shown
from connector.cleaning.films.telling import look
from connector.cleaning.kinds import Kind
from connector.cleaning.routines import CannotClean, Washed
from connector.cleaning.words import Trouble

_BIT_RATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Kilobits a second in layer III, by version: 3 is MPEG-1; 2 and 0 (MPEG-2 and 2.5) are alike."""
_SAMPLE_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}

_DECODER_DELAY = 529
_TAG = 156
"""Bytes of Xing's and LAME's fields together."""


class _NoFrame(ValueError):
    """Not a frame of layer III."""


@dataclass(slots=True)
class _Frame:
    data: bytearray = field(repr=False)
    version: int
    begin: int
    """Where its main data region begins, counted in bytes of all such regions."""
    side: int
    """Where its side information begins in `data`; the main data follow it."""

    @property
    def mono(self) -> bool:
        return self.data[3] >> 6 == 3

    @property
    def main(self) -> int:
        sizes = (17, 32) if self.version == 3 else (9, 17)
        return self.side + sizes[0 if self.mono else 1]

    @property
    def end(self) -> int:
        return self.begin + len(self.data) - self.main

    def sound(self) -> tuple[int, int]:
        """How many bytes before its own region its sound begins, and how many bits it has."""
        bits = int.from_bytes(self.data[self.side : self.main])
        size = 8 * (self.main - self.side)
        channels = 1 if self.mono else 2
        if self.version == 3:
            pointer, first, granules, step = bits >> (size - 9), (18 if self.mono else 20), 2, 59
        else:
            pointer, first, granules, step = bits >> (size - 8), (9 if self.mono else 10), 1, 63
        lengths = range(first, first + granules * channels * step, step)
        return pointer, sum(bits >> (size - at - 12) & 0xFFF for at in lengths)


def wash(source: BinaryIO, out: BinaryIO) -> Washed | None:
    """The frames; None for layers I and II."""
    with opened(Kind.MP3, source) as file:
        taken = shown(file)
        if not taken.sounds:
            raise CannotClean(Trouble.DAMAGED)
        sound = taken.sounds[0]
        if sound.codec_context.codec.canonical_name != "mp3":
            return None
        writer = _Writer(out)
        for packet in file.demux(sound):
            skipped = bytes(packet.get_sidedata("skip_samples")) if packet.has_sidedata("skip_samples") else b""
            if packet.size:
                writer.write(bytes(packet), skipped)
        writer.close()
        return Washed(Kind.MP3, look(Kind.MP3, source, file, taken))


class _Writer:
    """Holds back the few frames into whose regions the sound of later ones may reach."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._held: deque[_Frame] = deque()
        self._at = 0
        self._sound_end = 0
        """In bits of all main data regions."""
        self._frames = self._bytes = self._delay = self._padding = 0
        self._first: bytes | None = None

    def write(self, data: bytes, skipped: bytes) -> None:
        """A frame. What is none is left out."""
        try:
            frame = _parsed(data, self._at)
        except _NoFrame:
            return
        if self._first is None:
            self._first = bytes(frame.data[:4])
            self._out.write(bytes(len(_info_frame(self._first, 0, 0, 0, 0))))
        if len(skipped) >= 8:
            self._delay = self._delay or int.from_bytes(skipped[:4], "little")
            self._padding += int.from_bytes(skipped[4:8], "little")
        pointer, bits = frame.sound()
        begin = 8 * (frame.begin - pointer)
        self._held.append(frame)
        self._at = frame.end
        self._blank(self._sound_end, max(begin, self._sound_end))
        self._sound_end = max(self._sound_end, min(begin + bits, 8 * frame.end))
        while self._held and 8 * self._held[0].end <= self._sound_end:
            self._let_go(self._held.popleft())

    def close(self) -> None:
        """Write what is held back, and the first frame."""
        if self._first is None:
            raise CannotClean(Trouble.DAMAGED)
        self._blank(self._sound_end, 8 * self._at)
        while self._held:
            self._let_go(self._held.popleft())
        self._out.seek(0)
        self._out.write(_info_frame(self._first, self._frames, self._bytes, self._delay, self._padding))

    def _let_go(self, frame: _Frame) -> None:
        self._out.write(frame.data)
        self._frames += 1
        self._bytes += len(frame.data)

    def _blank(self, begin: int, end: int) -> None:
        for frame in self._held:
            first, last = max(begin, 8 * frame.begin), min(end, 8 * frame.end)
            if first >= last:
                continue
            first, last = first - 8 * frame.begin, last - 8 * frame.begin
            size = 8 * (len(frame.data) - frame.main)
            region = int.from_bytes(frame.data[frame.main :])
            region &= ~(((1 << (last - first)) - 1) << (size - last))
            frame.data[frame.main :] = region.to_bytes(size // 8)


def _parsed(data: bytes, begin: int) -> _Frame:
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xE6 != 0xE2:
        raise _NoFrame
    version = data[1] >> 3 & 3
    size = _frame_size(data[:4])
    if version == 1 or not size:
        raise _NoFrame
    # The last frame of a file that was cut off is filled up.
    frame = _Frame(bytearray(data[:size].ljust(size, b"\0")), version, begin, 4 if data[1] & 1 else 6)
    if frame.main > size:
        raise _NoFrame
    return frame


def _frame_size(head: bytes) -> int:
    version = head[1] >> 3 & 3
    rate, samples = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or rate in (0, 15) or samples == 3:
        return 0
    bits = 1000 * _BIT_RATES[3 if version == 3 else 2][rate]
    return (144 if version == 3 else 72) * bits // _SAMPLE_RATES[version][samples] + (head[2] >> 1 & 1)


def _info_frame(like: bytes, frames: int, size: int, delay: int, padding: int) -> bytes:
    """A silent frame with Xing's field (how many frames and bytes follow) and LAME's (what is not to be heard).

    Players know the latter only where `LAME` stands before it; which encoder it was is not said.
    """
    head = _roomy_head(like)
    length = _frame_size(head)
    mono, mpeg1 = head[3] >> 6 == 3, head[1] >> 3 & 3 == 3
    at = 4 + ((17 if mono else 32) if mpeg1 else (9 if mono else 17))
    fields = b"Xing" + (3).to_bytes(4) + frames.to_bytes(4) + (size + length).to_bytes(4)
    if delay >= _DECODER_DELAY:
        gaps = min(delay - _DECODER_DELAY, 0xFFF) << 12 | min(padding + _DECODER_DELAY, 0xFFF)
        fields += b"LAME" + bytes(17) + gaps.to_bytes(3) + bytes(12)
    frame = head + bytes(at - 4) + fields
    return frame + bytes(length - len(frame))


def _roomy_head(like: bytes) -> bytes:
    """The header of a frame like this one, without check sum or padding, of the least rate that has the room."""
    head = bytes([0xFF, like[1] | 1, 0, like[3] & 0xC0])
    for rate in range(1, 15):
        roomy = head[:2] + bytes([rate << 4 | like[2] & 0x0C]) + head[3:]
        if _frame_size(roomy) >= 36 + _TAG:
            return roomy
    raise _NoFrame
