"""The pictures in documents, drawn anew as photos are.

A picture within a document is not turned by its notes: documents say themselves which way up it is shown. So
those notes go before it is drawn anew.
"""

from dataclasses import dataclass

from connector.cleaning.documents.jpeg import NoJpeg, bare_jpeg, shape
from connector.cleaning.kinds import HEAD, PHOTOS, Kind, kind_of
from connector.cleaning.photos.png_chunks import SIGNATURE, MalformedPng, chunks
from connector.cleaning.photos.recode import recode
from connector.cleaning.routines import CannotClean, Wish
from connector.cleaning.words import NOTHING, Found, Trouble

_ICC = frozenset({0xE2})
_MOST_REDRAWN = 250_000_000
"""Pixels of one document that are drawn anew; that takes some seconds. Pictures beyond are stripped of their
notes only: a scanned book must not fail for its length."""
_MANY = 6
"""How many times more the pixels of a document may take than everything else in it: they are not kept in memory."""
_SIGNS = (
    (b"Exif\0", Found.CAMERA),
    (b"ns.adobe.com/xap", Found.APP_NOTES),
    (b"Photoshop 3.0", Found.COMMENTS),
    (b"ICC_PROFILE", Found.COLOUR_PROFILE),
)
_GPS = (b"\x88\x25\x00\x04\x00\x00\x00\x01", b"\x25\x88\x04\x00\x01\x00\x00\x00")
"""The entry of EXIF that points to a position, in both byte orders."""


@dataclass(slots=True)
class Pictures:
    """Cleans the pictures of one document. `found` grows."""

    wish: Wish
    found: Found = NOTHING
    _redrawn: int = 0
    _bytes: int = 0

    def count_bytes(self, unpacked: int) -> None:
        """Raise CannotClean once the pixels of all pictures take too many bytes."""
        self._bytes += unpacked
        if unpacked > 4 * self.wish.pixels or self._bytes > _MANY * self.wish.unpacked_bytes:
            raise CannotClean(Trouble.TOO_MANY_PIXELS)

    def jpeg(self, data: bytes) -> bytes:
        """A JPEG within a PDF, with the same colours in the same order. Raises NoJpeg."""
        self._look(data)
        bare = bare_jpeg(data)
        width, height, components = shape(bare)
        if width * height > self.wish.pixels:
            raise CannotClean(Trouble.TOO_MANY_PIXELS)
        self._redrawn += width * height
        # Four colours stay four: the document says what they mean.
        if self.wish.faithful or components not in (1, 3) or self._redrawn > _MOST_REDRAWN:
            return bare
        try:
            fresh, _ = recode(Kind.JPEG, bare, self.wish.pixels)
        except CannotClean:
            raise
        except Exception:  # noqa: BLE001 - damaged, but a reader may show a part of it
            return bare
        return fresh

    def photo(self, data: bytes) -> tuple[bytes, Kind] | None:
        """A picture file within an office document; None where it is of no kind that we know, or damaged."""
        kind = kind_of(data[:HEAD])
        if kind not in PHOTOS:
            return None
        try:
            upright = _without_orientation(kind, data)
            fresh, found = recode(kind, upright, self.wish.pixels)
        except CannotClean:
            raise
        except Exception:  # noqa: BLE001 - decoders raise almost anything for a damaged picture
            return None
        if kind is Kind.JPEG:
            self._look(data)
        self.found |= found
        return fresh, kind_of(fresh[:HEAD])

    def _look(self, data: bytes) -> None:
        for sign, found in _SIGNS:
            if sign in data[:100_000]:
                self.found |= found
        if b"Exif\0" in data[:100_000] and any(sign in data[:100_000] for sign in _GPS):
            self.found |= Found.PLACE


def _without_orientation(kind: Kind, data: bytes) -> bytes:
    if kind is Kind.JPEG:
        try:
            return bare_jpeg(data, keep=_ICC)
        except NoJpeg:
            return data
    if kind is Kind.PNG:
        try:
            parts, start = [SIGNATURE], len(SIGNATURE)
            for chunk in chunks(data):
                if chunk.name != b"eXIf":
                    parts.append(data[start : chunk.end])
                start = chunk.end
            return b"".join(parts)
        except MalformedPng:
            return data
    return data
