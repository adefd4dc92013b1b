"""Animated PNG: every frame is drawn anew. Who cannot show animations shows the first frame, and none that is hidden."""

import io
import struct
from dataclasses import replace
from typing import BinaryIO

from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from connector.cleaning.kinds import Kind
from connector.cleaning.photos.apng_frames import Animation, Frame, FrameChunks, control_chunks
from connector.cleaning.photos.drawing import fresh, plain_and_clean
from connector.cleaning.photos.inspecting import look
from connector.cleaning.photos.moving.budget import Budget
from connector.cleaning.photos.plain_png import PlainPng
from connector.cleaning.photos.png_chunks import SIGNATURE, chunk, chunks
from connector.cleaning.photos.small_exif import orientation_chunk
from connector.cleaning.photos.writing import png_data
from connector.cleaning.routines import Washed, Wish
from connector.cleaning.words import Found

_COLOUR_TYPES = {"L": 0, "RGB": 2, "LA": 4, "RGBA": 6}
_OPAQUE = {"LA": "L", "RGBA": "RGB"}


def redraw(data: bytes, picture: PlainPng, moving: Animation, out: BinaryIO, wish: Wish) -> Washed:
    """The animation drawn anew. Raises CannotClean if there is too much of it, and what the decoder raises."""
    budget = Budget(wish)
    budget.canvas(*picture.size)
    for frame in moving.frames:
        budget.frame(frame.width, frame.height)
    painter = _Painter(picture, in_full=not moving.begins_with_still)
    numbers, found = FrameChunks(), look(Kind.PNG, data)
    out.write(SIGNATURE + chunk(b"IHDR", painter.header()))
    out.write(orientation_chunk(picture.exif))
    out.write(control_chunks(moving.plays, len(moving.frames)))
    for index, frame in enumerate(moving.frames):
        image, place, hidden = painter.painted(frame, first=index == 0)
        packed = b"".join(part.payload for part in chunks(png_data(image)) if part.name == b"IDAT")
        out.write(numbers.control(place) + numbers.pixels(packed, still=index == 0))
        found |= hidden
    out.write(chunk(b"IEND"))
    return Washed(Kind.PNG, found)


class _Painter:
    """All frames must be packed in the same way, so that it is decided before the first is unpacked."""

    def __init__(self, picture: PlainPng, *, in_full: bool) -> None:
        self._picture = picture
        self._in_full = in_full
        self._profile = picture.colour_profile()
        depth_and_type = picture.header[9]
        grey = depth_and_type in (0, 4)
        clear = depth_and_type in (4, 6) or picture.transparent is not None or in_full
        self._mode = ("LA" if clear else "L") if grey else ("RGBA" if clear else "RGB")

    def header(self) -> bytes:
        return self._picture.header[:8] + struct.pack(">5B", 8, _COLOUR_TYPES[self._mode], 0, 0, 0)

    def painted(self, frame: Frame, *, first: bool) -> tuple[Image.Image, Frame, Found]:
        """The frame and where it is drawn. The first must fill the canvas, for it is also the still picture."""
        packed = self._picture.bare((frame.width, frame.height), frame.data)
        unpacked = PngImageFile(io.BytesIO(packed))
        unpacked.load()
        plain, hidden = plain_and_clean(unpacked, self._profile)
        image = fresh(plain if plain.mode == self._mode else plain.convert(self._mode))
        if first and self._in_full:
            whole = Image.new(self._mode, self._picture.size)
            whole.paste(image, (frame.left, frame.top))
            width, height = self._picture.size
            return whole, replace(frame, width=width, height=height, left=0, top=0), hidden
        return image, frame, hidden
