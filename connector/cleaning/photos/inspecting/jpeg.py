"""What a JPEG carries."""

from collections.abc import Iterator

from connector.cleaning.photos import jpeg_segments as jpeg
from connector.cleaning.photos.inspecting.notes import in_exif, in_iptc, in_trailer, in_xmp
from connector.cleaning.words import NOTHING, Found

_EXIF, _XMP, _XMP_MORE = b"Exif\0", b"http://ns.adobe.com/xap/", b"http://ns.adobe.com/xmp/extension/"
_PLAIN_JFIF = 14
"""Bytes of a JFIF header without a thumbnail."""

_SEGMENTS: tuple[tuple[int, bytes, Found], ...] = (
    (jpeg.APP0, b"JFIF\0", NOTHING),
    (jpeg.APP0, b"JFXX\0", Found.PREVIEW),
    (jpeg.APP2, b"ICC_PROFILE\0", Found.COLOUR_PROFILE),
    (jpeg.APP2, b"MPF\0", Found.SECOND_PICTURE),
    (jpeg.APP2, b"urn:iso:std:iso:ts:21496", Found.SECOND_PICTURE),
    (jpeg.APP11, b"JP", Found.ORIGIN),
    (jpeg.APP14, b"Adobe", NOTHING),
    (jpeg.COM, b"", Found.COMMENTS),
)
"""Marker, beginning of the payload, what it is. `Adobe` tells of colours only; the second to last of APP2 are gain maps."""


def look(data: bytes) -> Found:
    """What the file carries besides its picture."""
    found = NOTHING
    for mark in _marks(data):
        found |= mark
    return found


def _marks(data: bytes) -> Iterator[Found]:
    try:
        for segment in jpeg.segments(data):
            yield _of_segment(segment)
            if segment.marker == jpeg.EOI:
                yield in_trailer(data[segment.end :])
    except jpeg.MalformedJpeg:
        # The decoder is more forgiving than the format. What follows is not known, but it is gone.
        yield Found.OTHER


def _of_segment(segment: jpeg.Segment) -> Found:
    payload = segment.payload
    if segment.marker != jpeg.COM and not jpeg.APP0 <= segment.marker <= jpeg.APP15:
        return NOTHING
    if segment.marker == jpeg.APP1 and payload.startswith(_EXIF):
        return in_exif(payload[6:])
    if segment.marker == jpeg.APP1 and payload.startswith((_XMP, _XMP_MORE)):
        return in_xmp(payload)
    if segment.marker == jpeg.APP13 and payload.startswith(b"Photoshop"):
        return in_iptc(payload)
    for marker, beginning, found in _SEGMENTS:
        if segment.marker == marker and payload.startswith(beginning):
            thumbnail = beginning == b"JFIF\0" and len(payload) > _PLAIN_JFIF
            return Found.PREVIEW if thumbnail else found
    return Found.OTHER
