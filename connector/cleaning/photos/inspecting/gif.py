"""What a GIF carries."""

from collections.abc import Iterator

from connector.cleaning.photos import gif_blocks as gif
from connector.cleaning.photos.inspecting.notes import in_trailer, in_xmp
from connector.cleaning.words import NOTHING, Found


def look(data: bytes) -> Found:
    """What the file carries besides its pictures."""
    found = NOTHING
    for mark in _marks(data):
        found |= mark
    return found


def _marks(data: bytes) -> Iterator[Found]:
    try:
        for block in gif.blocks(data):
            if isinstance(block, gif.Extension):
                yield _of_extension(block)
            elif isinstance(block, gif.End):
                yield in_trailer(data[block.at :])
    except gif.MalformedGif:
        yield Found.OTHER


def _of_extension(extension: gif.Extension) -> Found:
    if extension.label in (gif.COMMENT, gif.PLAIN_TEXT):
        return Found.COMMENTS
    if extension.label == gif.GRAPHIC_CONTROL or extension.payload.startswith(gif.LOOPS):
        return NOTHING
    if extension.payload.startswith(b"XMP Data"):
        return in_xmp(extension.payload)
    if extension.payload.startswith(b"ICCRGBG1"):
        return Found.COLOUR_PROFILE
    if extension.payload.startswith(b"C2PA"):
        return Found.ORIGIN
    return Found.APP_NOTES if extension.label == gif.APPLICATION else Found.OTHER
