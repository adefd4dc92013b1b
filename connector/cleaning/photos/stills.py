"""Still photos, drawn anew.

Decisions: A JPEG becomes a JPEG of fixed quality; one that is too large is made smaller rather than refused. A
PNG or BMP becomes a PNG with 8 bits per channel, grey or colour, with its transparency; palettes and 16 bits
are not kept. A WebP stays one, lossless if it was. HEIC and AVIF become JPEG, which every helpdesk shows, or
PNG where something can be seen through. Colours with a profile, and CMYK, become sRGB. What lies behind full
transparency is painted over.

To be faithful, what a JPEG cannot hold becomes a PNG: its pixels are those that the decoder gave.
"""

from typing import BinaryIO

from connector.cleaning.kinds import Kind
from connector.cleaning.photos.drawing import drawn_anew
from connector.cleaning.photos.inspecting import look
from connector.cleaning.photos.opening import Opened, opened
from connector.cleaning.photos.profile_writing import profile_for
from connector.cleaning.photos.profiles import Known, known
from connector.cleaning.photos.riff_chunks import VP8L, chunks
from connector.cleaning.photos.writing import write_png, write_still
from connector.cleaning.routines import Washed, Wish

_BECOMES = {Kind.BMP: Kind.PNG, Kind.TIFF: Kind.PNG, Kind.HEIC: Kind.JPEG, Kind.AVIF: Kind.JPEG}
_WITHOUT_LOSS = frozenset({Kind.HEIC, Kind.AVIF, Kind.BMP, Kind.TIFF})
"""Kinds of which a PNG is made in order to be faithful."""


def redraw(kind: Kind, data: bytes, out: BinaryIO, wish: Wish) -> Washed:
    """The photo, or its first picture, drawn anew. Raises CannotClean if too large, and what the decoder raises."""
    return redraw_opened(kind, opened(kind, data, wish.pixels), data, out, wish)


def redraw_opened(kind: Kind, picture: Opened, data: bytes, out: BinaryIO, wish: Wish) -> Washed:
    """The same for one that has been opened."""
    if wish.faithful and kind in _WITHOUT_LOSS:
        return Washed(Kind.PNG, look(kind, data) | _as_decoded(picture, out, wish))
    image, hidden = drawn_anew(picture, wish.pixels)
    becomes = _BECOMES.get(kind, kind)
    if becomes is Kind.JPEG and image.mode in ("LA", "RGBA"):
        becomes = Kind.PNG
    write_still(becomes, image, out, lossless=kind is not Kind.WEBP or _is_lossless(data))
    return Washed(becomes, look(kind, data) | hidden)


def _as_decoded(picture: Opened, out: BinaryIO, wish: Wish) -> Found:
    """Colours that a standard explains stay as they are, and our own profile says which; others become sRGB."""
    standard = known(picture.profile) if picture.profile else Known.SRGB
    image, hidden = drawn_anew(picture, wish.pixels, into_srgb=standard is None)
    colourful = image.mode in ("RGB", "RGBA") and standard not in (None, Known.SRGB)
    write_png(image, out, profile_for(standard) if colourful and standard else None)
    return hidden


def _is_lossless(data: bytes) -> bool:
    return any(chunk.name == VP8L for chunk in chunks(data))
