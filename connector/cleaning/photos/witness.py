"""The second look at a cleaned photo, by code that did not clean it.

Runs in a child of its own and believes nothing: the file is what its bytes show, and may hold only what a bare
picture needs. Anything else is not clean, whatever it is.
"""

from itertools import groupby
from typing import BinaryIO

from connector.cleaning.kinds import Kind
from connector.cleaning.photos.jpeg_segments import (
    APP0,
    DHT,
    DQT,
    EOI,
    SOF0,
    SOI,
    SOS,
    MalformedJpeg,
    segments,
)
from connector.cleaning.photos.png_chunks import MalformedPng, chunks
from connector.cleaning.routines import Wish

_JFIF = b"JFIF\0\x01\x01\x00\x00\x01\x00\x01\x00\x00"
"""The header of every JPEG that we write: version 1.1, no density, no thumbnail. Nothing in it varies."""

_JPEG_ORDER = (SOI, APP0, DQT, SOF0, DHT, SOS, EOI)
"""What may be in a cleaned JPEG, in this order; tables may repeat. No comment, no application segment."""

_PNG_COLOURS = frozenset({0, 2, 4, 6})
"""Grey and colour, with and without transparency (W3C PNG, 11.2.1). No palette: its order can carry data."""


def is_clean(kind: Kind, data: BinaryIO, wish: Wish) -> bool:  # noqa: ARG001
    """Whether `data` is a photo of this kind with nothing in it but a picture, and nothing after its end."""
    photo = data.read()
    match kind:
        case Kind.JPEG:
            return _is_bare_jpeg(photo)
        case Kind.PNG:
            return _is_bare_png(photo)
        case _:
            return False


def _is_bare_jpeg(data: bytes) -> bool:
    try:
        found = list(segments(data))
    except MalformedJpeg:
        return False
    markers = [segment.marker for segment in found]
    return (
        tuple(marker for marker, _ in groupby(markers)) == _JPEG_ORDER
        and all(markers.count(marker) == 1 for marker in _JPEG_ORDER if marker not in (DQT, DHT))
        and found[1].payload == _JFIF
        and found[-1].end == len(data)
    )


def _is_bare_png(data: bytes) -> bool:
    try:
        found = list(chunks(data))
    except MalformedPng:
        return False
    names = [chunk.name for chunk in found]
    header = found[0].payload
    return (
        tuple(name for name, _ in groupby(names)) == (b"IHDR", b"IDAT", b"IEND")
        and names.count(b"IHDR") == 1
        and len(header) == 13
        and header[8] == 8
        and header[9] in _PNG_COLOURS
        and not found[-1].payload
        and found[-1].end == len(data)
    )
