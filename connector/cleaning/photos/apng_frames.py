"""The frames of an animated PNG (W3C PNG, third edition, section 11.3.6 and 4.9), taken apart and put together."""

import struct
from dataclasses import dataclass, field, replace

from connector.cleaning.photos.png_chunks import MalformedPng, chunk, chunks

_CONTROL = struct.Struct(">4I2H2B")


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: where it is drawn, its delay as a fraction of a second, what becomes of it, and its packed pixels."""

    width: int
    height: int
    left: int
    top: int
    delay: tuple[int, int]
    disposal: int
    blend: int
    data: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Animation:
    """How often it runs, nought for ever; its frames; and whether the still picture of the file is the first of them."""

    plays: int
    frames: tuple[Frame, ...]
    begins_with_still: bool


def animation(data: bytes) -> Animation | None:
    """The animation of a PNG; None where it has none, or one that does not follow the format."""
    reader = _Reader()
    try:
        for one in chunks(data):
            reader.take(one.name, one.payload)
    except (MalformedPng, struct.error):
        # The frames before are whole.
        pass
    return reader.animation()


class _Reader:
    def __init__(self) -> None:
        self._canvas = (0, 0)
        self._plays: int | None = None
        self._frames: list[Frame] = []
        self._pixels: list[bytes] = []
        self._begins_with_still = False
        self._in_still = False

    def take(self, name: bytes, payload: bytes) -> None:
        match name:
            case b"IHDR":
                width, height = struct.unpack_from(">II", payload)
                self._canvas = width, height
            case b"acTL":
                _, self._plays = struct.unpack_from(">II", payload)
            case b"fcTL" if self._plays is not None:
                self._close()
                self._frames.append(_frame(payload))
            case b"IDAT":
                self._begins_with_still = self._in_still = bool(self._frames)
                if self._frames:
                    self._pixels.append(payload)
            case b"fdAT":
                self._pixels.append(payload[4:])

    def animation(self) -> Animation | None:
        self._close()
        frames = [frame for frame in self._frames if frame.data]
        if self._plays is None or len(frames) < 2 or not all(self._fits(frame) for frame in frames):
            return None
        begins = self._begins_with_still and bool(self._frames[0].data)
        if begins and (frames[0].width, frames[0].height) != self._canvas:
            return None
        return Animation(self._plays, tuple(frames), begins)

    def _close(self) -> None:
        if self._frames and self._pixels:
            self._frames[-1] = replace(self._frames[-1], data=tuple(self._pixels))
        self._pixels = []

    def _fits(self, frame: Frame) -> bool:
        width, height = self._canvas
        fits = frame.left + frame.width <= width and frame.top + frame.height <= height
        return fits and frame.width > 0 and frame.height > 0 and frame.disposal < 3 and frame.blend < 2


def _frame(payload: bytes) -> Frame:
    _, width, height, left, top, *delay, disposal, blend = struct.unpack(">5I2H2B", payload)
    return Frame(width, height, left, top, (delay[0], delay[1]), disposal, blend, ())


def control_chunks(plays: int, frames: int) -> bytes:
    """What announces the animation."""
    return chunk(b"acTL", struct.pack(">II", frames, plays))


class FrameChunks:
    """Numbers the chunks of frames, as the format wants it."""

    def __init__(self) -> None:
        self._next = 0

    def control(self, frame: Frame) -> bytes:
        """The chunk before a frame's pixels."""
        place = (frame.width, frame.height, frame.left, frame.top)
        return chunk(b"fcTL", self._number() + _CONTROL.pack(*place, *frame.delay, frame.disposal, frame.blend))

    def pixels(self, packed: bytes, *, still: bool) -> bytes:
        """The pixels of a frame; those of the file's still picture stand in a chunk that any viewer knows."""
        return chunk(b"IDAT", packed) if still else chunk(b"fdAT", self._number() + packed)

    def _number(self) -> bytes:
        self._next += 1
        return struct.pack(">I", self._next - 1)
