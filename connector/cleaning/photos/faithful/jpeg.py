"""JPEG, bit by bit: the tables that the picture uses, the picture, and which way up it is held; all else goes.

What the filter cannot account for (kinds of JPEG that hardly anybody writes, colours that only a profile of
their own explains, data that do not work out) it does not take over.
"""

import struct
from dataclasses import dataclass, field

from connector.cleaning.photos import jpeg_segments as jpeg
from connector.cleaning.photos.faithful import Unsuited
from connector.cleaning.photos.faithful.huffman import Table, table
from connector.cleaning.photos.faithful.jpeg_scans import Frame, Scan, frame, picture_only, scan
from connector.cleaning.photos.faithful.profile import ours_for
from connector.cleaning.photos.jpeg_notes import Notes
from connector.cleaning.photos.small_exif import small_exif

_JFIF = b"JFIF\0\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_ADOBE = struct.Struct(">5sHHHB")


def filtered(data: bytes) -> bytes:
    """The photo with its pixels as they are. Raises Unsuited."""
    reader = _Reader()
    try:
        for segment in jpeg.segments(data):
            reader.take(segment, data)
    except jpeg.MalformedJpeg:
        raise Unsuited("breaks off") from None
    return reader.written()


def _segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


@dataclass(slots=True)
class _Reader:
    """Collects tables as they come, and writes those that a scan uses before it."""

    notes: Notes = field(default_factory=Notes)
    frame: Frame | None = None
    frame_payload: bytes = b""
    scales: dict[int, bytes] = field(default_factory=dict)
    codes: dict[int, bytes] = field(default_factory=dict)
    """By number, those for all but the first number of a block counted from 16."""
    tables: dict[int, Table] = field(default_factory=dict)
    stale: set[int] = field(default_factory=set)
    """Numbers of code tables that have not been written as they are now."""
    interval: bytes = bytes(2)
    interval_written: bytes = bytes(2)
    scans: bytearray = field(default_factory=bytearray)

    def take(self, segment: jpeg.Segment, data: bytes) -> None:
        match segment.marker:
            case jpeg.SOI | jpeg.EOI | jpeg.COM | 0x01:
                pass
            case marker if jpeg.APP0 <= marker <= jpeg.APP15:
                self.notes.take(marker, segment.payload)
            case jpeg.DQT:
                self._take_scales(segment.payload)
            case jpeg.DHT:
                self._take_codes(segment.payload)
            case jpeg.DRI if len(segment.payload) == 2:
                self.interval = segment.payload
            case jpeg.SOF0 | jpeg.SOF1 | jpeg.SOF2 if self.frame is None:
                self.frame = frame(segment.marker, segment.payload)
                self.frame_payload = bytes((segment.marker,)) + segment.payload
            case jpeg.SOS if self.frame is not None:
                self._take_scan(self.frame, scan(segment.payload), data[segment.body_end : segment.end])
            case _:
                raise Unsuited("a rare kind of JPEG")

    def _take_scales(self, payload: bytes) -> None:
        while payload:
            size = 129 if payload[0] >> 4 else 65
            if payload[0] & 0xEC or len(payload) < size or self.scans:
                raise Unsuited("scales of a rare kind")
            self.scales[payload[0] & 3] = payload[:size]
            payload = payload[size:]

    def _take_codes(self, payload: bytes) -> None:
        while payload:
            size = 17 + sum(payload[1:17])
            if payload[0] & 0xEC or len(payload) < size:
                raise Unsuited("codes of a rare kind")
            number = payload[0]
            if self.codes.get(number) != payload[:size]:
                self.codes[number] = payload[:size]
                self.tables[number] = table(payload[1:17], payload[17:size])
                self.stale.add(number)
            payload = payload[size:]

    def _take_scan(self, frame: Frame, scan: Scan, packed: bytes) -> None:
        used = sorted(set(scan.tables(progressive=frame.progressive)))
        if any(number not in self.codes for number in used):
            raise Unsuited("a table that is not there")
        for number in used:
            if number in self.stale:
                self.scans += _segment(jpeg.DHT, self.codes[number])
                self.stale.discard(number)
        if self.interval != self.interval_written:
            self.scans += _segment(jpeg.DRI, self.interval)
            self.interval_written = self.interval
        self.scans += _segment(jpeg.SOS, scan.payload(progressive=frame.progressive))
        interval = int.from_bytes(self.interval)
        self.scans += picture_only(frame, scan, self.tables, interval, packed)

    def written(self) -> bytes:
        if self.frame is None or not self.scans:
            raise Unsuited("no picture in it")
        marker, payload = self.frame_payload[0], self.frame_payload[1:]
        profile = ours_for(self.notes.profile(), len(self.frame.components))
        out = bytearray(b"\xff\xd8")
        if self.notes.has_jfif:
            out += _segment(jpeg.APP0, _JFIF)
        if self.notes.orientation != 1:
            out += _segment(jpeg.APP1, b"Exif\0\0" + small_exif(self.notes.orientation))
        if profile is not None:
            out += _segment(jpeg.APP2, b"ICC_PROFILE\0\x01\x01" + profile)
        if self.notes.transform is not None:
            out += _segment(jpeg.APP14, _ADOBE.pack(b"Adobe", 100, 0, 0, self.notes.transform))
        for number in sorted({row[2] for row in _rows(payload)}):
            if number not in self.scales:
                raise Unsuited("a table that is not there")
            out += _segment(jpeg.DQT, self.scales[number])
        return bytes(out + _segment(marker, payload) + self.scans + b"\xff\xd9")


def _rows(payload: bytes) -> list[bytes]:
    return [payload[at : at + 3] for at in range(6, len(payload), 3)]
