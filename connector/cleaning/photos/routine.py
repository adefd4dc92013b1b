"""Cleaning photos: drawn anew."""

from typing import BinaryIO

from connector.cleaning.kinds import Kind
from connector.cleaning.photos.recode import recode
from connector.cleaning.routines import CannotClean, Washed, Wish
from connector.cleaning.words import Trouble

_BUILT = frozenset({Kind.JPEG, Kind.PNG})


def wash(kind: Kind, source: BinaryIO, out: BinaryIO, wish: Wish) -> Washed:
    """The photo drawn anew."""
    if kind not in _BUILT:
        raise CannotClean(Trouble.NOT_HERE)
    photo, found = recode(kind, source.read(), wish.pixels)
    out.write(photo)
    return Washed(kind, found)
