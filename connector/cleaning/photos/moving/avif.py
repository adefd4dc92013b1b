"""Animated AVIF becomes an animated WebP, which more programs show."""

from collections.abc import Iterator
from typing import BinaryIO

from PIL.AvifImagePlugin import AvifImageFile

from connector.cleaning.kinds import Kind
from connector.cleaning.photos import riff_chunks as riff
from connector.cleaning.photos.drawing import fresh, plain_and_clean, turned
from connector.cleaning.photos.inspecting import look
from connector.cleaning.photos.moving.budget import Budget
from connector.cleaning.photos.opening import Opened
from connector.cleaning.photos.writing import webp_parts
from connector.cleaning.routines import Washed, Wish

_DO_NOT_BLEND = 2
_LONGEST = (1 << 24) - 1


def redraw(data: bytes, picture: Opened, out: BinaryIO, wish: Wish) -> Washed:
    """The animation drawn anew. Raises CannotClean if there is too much of it, and what the decoder raises."""
    image = picture.image
    assert isinstance(image, AvifImageFile)
    budget = Budget(wish)
    for _ in range(image.n_frames):
        budget.frame(*image.size)
    canvas = image.size[::-1] if picture.orientation >= 5 else image.size
    frames = _frames(image, picture, lossless=wish.faithful)
    # How often it runs is not told by the decoder; hardly any says so.
    out.write(riff.moving(canvas, frames, loop=0))
    return Washed(Kind.WEBP, look(Kind.AVIF, data))


def _frames(image: AvifImageFile, picture: Opened, *, lossless: bool) -> Iterator[riff.Frame]:
    for index in range(image.n_frames):
        image.seek(index)
        image.load()
        plain, _ = plain_and_clean(image, picture.profile)
        drawn = fresh(turned(plain, picture.orientation))
        duration = min(max(0, int(image.info["duration"])), _LONGEST)
        parts = webp_parts(drawn, lossless=lossless)
        yield riff.Frame(0, 0, *drawn.size, duration, _DO_NOT_BLEND, parts)
