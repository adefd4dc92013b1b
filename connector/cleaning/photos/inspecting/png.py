"""What a PNG carries."""

import zlib
from collections.abc import Iterator

from connector.cleaning.photos.inspecting.notes import in_exif, in_trailer, in_xmp
from connector.cleaning.photos.png_chunks import Chunk, MalformedPng, chunks
from connector.cleaning.words import NOTHING, Found

_CHUNKS = {
    **dict.fromkeys((b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB"), NOTHING),
    **dict.fromkeys((b"sBIT", b"bKGD", b"pHYs", b"hIST", b"cICP", b"mDCV", b"cLLI", b"mDCv", b"cLLi"), NOTHING),
    **dict.fromkeys((b"acTL", b"fcTL", b"fdAT"), NOTHING),
    **dict.fromkeys((b"tEXt", b"zTXt", b"iTXt"), Found.COMMENTS),
    b"tIME": Found.DATE,
    b"iCCP": Found.COLOUR_PROFILE,
    b"caBX": Found.ORIGIN,
}
_XMP = b"XML:com.adobe.xmp\0"
_MOST = 1_000_000
"""Bytes of a packed note that are looked at."""


def look(data: bytes) -> Found:
    """What the file carries besides its picture."""
    found = NOTHING
    for mark in _marks(data):
        found |= mark
    return found


def _marks(data: bytes) -> Iterator[Found]:
    try:
        for chunk in chunks(data):
            yield _of_chunk(chunk)
            if chunk.name == b"IEND":
                yield in_trailer(data[chunk.end :])
    except MalformedPng:
        yield Found.OTHER


def _of_chunk(chunk: Chunk) -> Found:
    if chunk.name == b"eXIf":
        return in_exif(chunk.payload)
    if chunk.name == b"iTXt" and chunk.payload.startswith(_XMP):
        return in_xmp(_text(chunk.payload[len(_XMP) :]))
    return _CHUNKS.get(chunk.name, Found.OTHER)


def _text(rest: bytes) -> bytes:
    """After the keyword: whether it is packed, how, language, translated keyword, text (W3C PNG, 11.3.3.4)."""
    packed, _, text = rest[:1] == b"\1", *rest[2:].partition(b"\0")[::2]
    _, _, text = text.partition(b"\0")
    if not packed:
        return text
    try:
        return zlib.decompressobj().decompress(text, _MOST)
    except zlib.error:
        return b""
