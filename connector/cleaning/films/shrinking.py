"""Making a film small enough for the helpdesk: 720 lines, then 480, at the rate that ends below the size.

A picture below what is readable helps nobody: what would need less is refused.
"""

import os
from collections.abc import Iterator
from typing import BinaryIO

from connector.cleaning.films.encoding import Size
from connector.cleaning.films.finishing import finish
from connector.cleaning.films.packing import Packing
from connector.cleaning.films.places import Places
from connector.cleaning.films.reading import Shown, opened, shown
from connector.cleaning.films.repacking import repack, seconds
from connector.cleaning.kinds import Kind
from connector.cleaning.routines import CannotClean
from connector.cleaning.words import Trouble

_SPARE = 0.94
"""The share of the room that is planned for: the container and the encoder's swings need the rest."""

_LADDER = (
    # long side, short side, frames a second, least bits a second of picture, of sound
    (1280, 720, 30, 900_000, 96_000),
    (854, 480, 30, 350_000, 64_000),
    (854, 480, 15, 150_000, 32_000),
    (640, 360, 10, 60_000, 24_000),
)
_MOST_PICTURE = 4_000_000
_LEAST_SOUND, _MOST_SOUND = 16_000, 128_000
_TRIES = 3


def shrink(kind: Kind, source: BinaryIO, out: BinaryIO, fit: int) -> Kind:
    """Write the film, or sound, to `out` in at most `fit` bytes. Raises CannotClean where it cannot be."""
    with opened(kind, source) as film:
        taken = shown(film)
        length = float(seconds(film, taken))
        with_picture, sounds = taken.picture is not None, len(taken.sounds)
    if not length:
        raise CannotClean(Trouble.DOES_NOT_FIT)
    packing = Packing(
        Kind.MP4 if with_picture else Kind.M4A, "libx264" if with_picture else None, ("aac",) * min(sounds, 1)
    )
    bits = 8 * fit * _SPARE / length
    for _ in range(_TRIES):
        size = _size(bits, with_picture, bool(sounds))
        with opened(kind, source) as film:
            whole = shown(film)
            repack(film, Shown(whole.picture, whole.sounds[:1]), packing, out, places=Places(), size=size)
        finish(packing.kind, out)
        came_to = os.fstat(out.fileno()).st_size
        if came_to <= fit:
            return packing.kind
        bits *= 0.95 * fit / came_to
    raise CannotClean(Trouble.DOES_NOT_FIT)


def _size(bits: float, with_picture: bool, with_sound: bool) -> Size:
    if not with_picture:
        if bits < _LEAST_SOUND:
            raise CannotClean(Trouble.DOES_NOT_FIT)
        return Size(0, 0, 0, 0, min(round(bits), _MOST_SOUND))
    for long_side, short_side, frames, least, sound in _steps(with_sound):
        picture = bits - sound
        if picture >= least:
            return Size(long_side, short_side, frames, round(min(picture, _MOST_PICTURE)), sound)
    raise CannotClean(Trouble.DOES_NOT_FIT)


def _steps(with_sound: bool) -> Iterator[tuple[int, int, int, int, int]]:
    for long_side, short_side, frames, least, sound in _LADDER:
        yield long_side, short_side, frames, least, sound if with_sound else 0
