"""Animated WebP: every frame is unpacked and packed again; without loss if it was, and where there is too much to do so."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from PIL.WebPImagePlugin import WebPImageFile

from connector.cleaning.kinds import Kind
from connector.cleaning.photos import riff_chunks as riff
from connector.cleaning.photos.drawing import fresh, plain_and_clean
from connector.cleaning.photos.inspecting import look
from connector.cleaning.photos.moving.budget import Budget
from connector.cleaning.photos.small_exif import kept_exif
from connector.cleaning.photos.writing import webp_parts
from connector.cleaning.routines import Washed, Wish
from connector.cleaning.words import NOTHING, Found


@dataclass(frozen=True, slots=True)
class Animation:
    """The canvas, how often it runs, the frames, and what else has a say in how they look."""

    canvas: tuple[int, int]
    loop: int
    frames: tuple[riff.Frame, ...]
    profile: bytes | None
    exif: bytes | None


def animation(data: bytes) -> Animation | None:
    """The animation of a WebP; None for a still one. Raises MalformedWebp."""
    parts: dict[bytes, bytes] = {}
    frames = []
    for chunk in riff.chunks(data):
        if chunk.name == riff.ANMF:
            frames.append(riff.frame(chunk.payload))
        else:
            parts.setdefault(chunk.name, chunk.payload)
    if not frames or riff.ANIM not in parts or len(parts.get(riff.VP8X, b"")) < 10:
        return None
    width, height = (int.from_bytes(parts[riff.VP8X][at : at + 3], "little") + 1 for at in (4, 7))
    loop = int.from_bytes(parts[riff.ANIM][4:6], "little")
    return Animation((width, height), loop, tuple(frames), parts.get(riff.ICCP), parts.get(riff.EXIF))


def redraw(data: bytes, moving: Animation, out: BinaryIO, wish: Wish) -> Washed:
    """The animation drawn anew. Raises CannotClean if there is too much of it, and what the decoder raises."""
    check(moving, wish)
    painter = _Painter(moving)
    out.write(riff.moving(moving.canvas, painter.frames(), loop=moving.loop, exif=kept_exif(moving.exif)))
    return Washed(Kind.WEBP, look(Kind.WEBP, data) | painter.found)


def check(moving: Animation, wish: Wish) -> None:
    """Raise CannotClean if there is too much of it, MalformedWebp where a frame does not fit the canvas."""
    budget = Budget(wish)
    budget.canvas(*moving.canvas)
    for frame in moving.frames:
        budget.frame(frame.width, frame.height)
        if riff.size_of(riff.picture_parts(frame.parts)) != (frame.width, frame.height):
            raise riff.MalformedWebp("a frame is of another size than it says")
        if frame.left + frame.width > moving.canvas[0] or frame.top + frame.height > moving.canvas[1]:
            raise riff.MalformedWebp("a frame lies outside the canvas")


class _Painter:
    def __init__(self, moving: Animation) -> None:
        self._moving = moving
        self.found: Found = NOTHING

    def frames(self) -> Iterator[riff.Frame]:
        for frame in self._moving.frames:
            parts = riff.picture_parts(frame.parts)
            unpacked = WebPImageFile(io.BytesIO(riff.still(parts)))
            unpacked.load()
            plain, hidden = plain_and_clean(unpacked, self._moving.profile)
            self.found |= hidden
            yield replace(frame, parts=webp_parts(fresh(plain), lossless=riff.VP8L in parts))
