"""Opus and Vorbis in Ogg: the pages of one stream, with an empty comment header.

Read and written page by page: a page that is damaged is left out, as players do. Pictures, Skeleton, Theora and
further streams have pages of their own, which are not taken. Sources: RFC 3533 (Ogg), RFC 7845 (Opus), Vorbis I.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from connector.cleaning.films.sieves.sounds import opus_padding
from connector.cleaning.kinds import Kind
from connector.cleaning.routines import CannotClean, Washed
from connector.cleaning.words import NOTHING, Found, Trouble

_CAPTURE = b"OggS"
_CONTINUED, _BEGINS, _ENDS = 1, 2, 4
_WINDOW = 1 << 16

_OPUS, _VORBIS = b"OpusHead", b"\x01vorbis"
_COMMENTS = {
    _OPUS: b"OpusTags" + bytes(8),
    _VORBIS: b"\x03vorbis" + bytes(8) + b"\x01",
}
"""No vendor, no comments. What comes after Vorbis' comments is its set-up header."""

_MOST_HEADERS = 1 << 25
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


@dataclass(frozen=True, slots=True)
class _Page:
    flags: int
    position: bytes
    serial: bytes
    lacing: bytes
    body: bytes = field(repr=False)


class _Unusual(Exception):
    """Not laid out as the two codecs ask for."""


def wash(source: BinaryIO, out: BinaryIO) -> Washed | None:
    """The stream's pages; None for other codecs and unusual layouts."""
    pages = _Reader(source).pages()
    found = NOTHING
    first = None
    for page in pages:
        if page.flags & _BEGINS and page.body.startswith((_OPUS, _VORBIS)):
            first = page
            break
        found |= Found.EXTRA_TRACKS
        if not page.flags & _BEGINS:
            return None
    if first is None:
        return None
    codec = _OPUS if first.body.startswith(_OPUS) else _VORBIS
    own = (page for page in pages if page.serial == first.serial)
    try:
        written = _copied(codec, first, own, _Writer(out))
    except _Unusual:
        return None
    if not written:
        raise CannotClean(Trouble.DAMAGED)
    return Washed(Kind.OGG, found | Found.SOFTWARE)


def _copied(codec: bytes, first: _Page, pages: Iterator[_Page], writer: "_Writer") -> int:
    head = first.body[:19] if codec == _OPUS and not first.body[18] else first.body
    writer.write(first.flags & _BEGINS, bytes(8), [head])
    headers = _headers(pages, 1 if codec == _OPUS else 2)
    writer.write(0, bytes(8), [_COMMENTS[codec], *headers[1:]])
    written = 0
    for page in pages:
        body = _without_padding(page) if codec == _OPUS else page.body
        writer.copy(page, body)
        written += 1
        if page.flags & _ENDS:
            break
    return written


def _headers(pages: Iterator[_Page], count: int) -> list[bytes]:
    """So many packets, which must end with a page."""
    packets, rest, size = [], b"", 0
    while len(packets) < count:
        page = next(pages, None)
        size += 0 if page is None else len(page.body)
        if page is None or size > _MOST_HEADERS:
            raise CannotClean(Trouble.DAMAGED)
        complete, rest = _packets(page, rest)
        packets += complete
    if len(packets) > count or rest:
        raise _Unusual
    return packets


def _packets(page: _Page, rest: bytes) -> tuple[list[bytes], bytes]:
    packets, at, current = [], 0, rest
    for lace in page.lacing:
        current += page.body[at : at + lace]
        at += lace
        if lace < 255:
            packets.append(current)
            current = b""
    return packets, current


def _without_padding(page: _Page) -> bytes:
    body, at, begin = bytearray(page.body), 0, 0
    whole = not page.flags & _CONTINUED
    for lace in page.lacing:
        at += lace
        if lace == 255:
            continue
        padding = opus_padding(page.body[begin:at])
        if whole and padding:
            body[at - padding : at] = bytes(padding)
        begin, whole = at, True
    if begin < at and page.body[begin] & 3 == 3 and page.body[begin + 1 : begin + 2] >= b"\x40":
        # A packet with padding that goes on in the next page.
        raise _Unusual
    return bytes(body)


class _Reader:
    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        source.seek(0)

    def pages(self) -> Iterator[_Page]:
        """The pages whose checksum is right, wherever they begin."""
        window = b""
        while True:
            begin = window.find(_CAPTURE)
            window = window[begin:] if begin >= 0 else window[-3:]
            page, size = self._page(window) if begin >= 0 else (None, 0)
            if page is not None:
                yield page
            if size:
                window = window[size:]
                continue
            more = self._source.read(_WINDOW)
            if not more:
                if len(window) <= len(_CAPTURE):
                    return
                window = window[1:]
            window += more

    @staticmethod
    def _page(window: bytes) -> tuple[_Page | None, int]:
        """The page at the start, and how much to go on by; nought where the window is too short to say."""
        if len(window) < 27 or len(window) < 27 + window[26]:
            return None, 0
        lacing = window[27 : 27 + window[26]]
        body = 27 + len(lacing)
        end = body + sum(lacing)
        if len(window) < end:
            return None, 0
        zeroed = window[:22] + bytes(4) + window[26:end]
        if window[4] or _checksum(zeroed) != window[22:26]:
            return None, 1
        return _Page(window[5], window[6:14], window[14:18], lacing, window[body:end]), end


class _Writer:
    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._number = 0

    def write(self, flags: int, position: bytes, packets: list[bytes]) -> None:
        """Whole packets, over as many pages as they need."""
        lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
        body = b"".join(packets)
        while lacing:
            laces, lacing = lacing[:255], lacing[255:]
            size = sum(laces)
            self._page(flags, position if laces[-1] < 255 else b"\xff" * 8, laces, body[:size])
            flags, body = (flags & ~_BEGINS) | (_CONTINUED if laces[-1] == 255 else 0), body[size:]

    def copy(self, page: _Page, body: bytes) -> None:
        self._page(page.flags & (_CONTINUED | _ENDS), page.position, page.lacing, body)

    def _page(self, flags: int, position: bytes, lacing: bytes, body: bytes) -> None:
        head = _CAPTURE + bytes([0, flags]) + position + (1).to_bytes(4, "little")
        head += self._number.to_bytes(4, "little")
        tail = bytes([len(lacing)]) + lacing + body
        self._number += 1
        self._out.write(head + _checksum(head + bytes(4) + tail) + tail)


def _checksum(page: bytes) -> bytes:
    """Ogg's check sum is zlib's with all bits the other way round, and without its inversions."""
    mirrored = zlib.crc32(page.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return mirrored.to_bytes(4).translate(_REVERSED)
