"""Walking through the segments of a JPEG file without decoding it (ITU-T T.81, annex B).

For telling what a photo carries and for filtering it. The witness has a reader of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

SOF0, SOF1, SOF2 = 0xC0, 0xC1, 0xC2
DHT, DQT, DRI, SOS, SOI, EOI, COM = 0xC4, 0xDB, 0xDD, 0xDA, 0xD8, 0xD9, 0xFE
APP0, APP1, APP2, APP11, APP13, APP14, APP15 = 0xE0, 0xE1, 0xE2, 0xEB, 0xED, 0xEE, 0xEF

_ALONE = frozenset({0x01, SOI, EOI, *range(0xD0, 0xD8)})
"""Markers without a length and a payload."""

_END_OF_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""Within a scan, `ff 00` is a stuffed byte, `ff d0` to `ff d7` are restart marks; other markers end it."""


class MalformedJpeg(ValueError):
    """The bytes do not follow the format. Says nothing of their content."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its marker's second byte, its payload without the length, where that ends, and where the file goes on.

    The two differ for the start of a scan: between them lie the picture data.
    """

    marker: int
    payload: bytes = field(repr=False)
    body_end: int
    end: int


def segments(data: bytes) -> Iterator[Segment]:
    """The segments from the start of the image to the first end of image, both included. Linear in time.

    Raises MalformedJpeg at the first byte that does not fit; what came before has been yielded by then.
    """
    position = 0
    while True:
        segment = _segment_at(data, position)
        if position == 0 and segment.marker != SOI:
            raise MalformedJpeg("does not begin with a start of image")
        yield segment
        if segment.marker == EOI:
            return
        position = segment.end


def _segment_at(data: bytes, position: int) -> Segment:
    if data[position : position + 1] != b"\xff":
        raise MalformedJpeg("no marker where one must be")
    while data[position + 1 : position + 2] == b"\xff":
        # Any number of fill bytes may stand before a marker.
        position += 1
    if position + 2 > len(data):
        raise MalformedJpeg("ends within a marker")
    marker, after = data[position + 1], position + 2
    if marker in _ALONE:
        return Segment(marker, b"", after, after)
    length = int.from_bytes(data[after : after + 2])
    end = after + length
    if length < 2 or end > len(data):
        raise MalformedJpeg("a segment is longer than the file")
    return Segment(marker, data[after + 2 : end], end, _after_scan(data, end) if marker == SOS else end)


def _after_scan(data: bytes, position: int) -> int:
    found = _END_OF_SCAN.search(data, position)
    if found is None:
        raise MalformedJpeg("ends within the picture")
    return found.start()
