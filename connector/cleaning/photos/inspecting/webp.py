"""What a WebP carries."""

from collections.abc import Iterator

from connector.cleaning.photos import riff_chunks as webp
from connector.cleaning.photos.inspecting.notes import in_exif, in_trailer, in_xmp
from connector.cleaning.words import NOTHING, Found

_PICTURE = frozenset({webp.VP8, webp.VP8L, webp.VP8X, webp.ALPH, webp.ANIM, webp.ANMF})


def look(data: bytes) -> Found:
    """What the file carries besides its picture."""
    found = NOTHING
    for mark in _marks(data):
        found |= mark
    return found


def _marks(data: bytes) -> Iterator[Found]:
    try:
        for chunk in webp.chunks(data):
            yield _of_chunk(chunk)
        yield in_trailer(data[8 + int.from_bytes(data[4:8], "little") :])
    except webp.MalformedWebp:
        yield Found.OTHER


def _of_chunk(chunk: webp.Chunk) -> Found:
    match chunk.name:
        case webp.EXIF:
            return in_exif(chunk.payload)
        case webp.XMP:
            return in_xmp(chunk.payload)
        case webp.ICCP:
            return Found.COLOUR_PROFILE
        case webp.ANMF:
            return NOTHING if webp.frame(chunk.payload).parts.keys() <= _PICTURE else Found.OTHER
        case b"C2PA":
            return Found.ORIGIN
        case _:
            return NOTHING if chunk.name in _PICTURE else Found.OTHER
