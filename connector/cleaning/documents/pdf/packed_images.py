"""JPEG 2000 and JBIG2 with nothing but the picture in them, without decoding them.

JPEG 2000: ITU-T T.800, annexes A (code stream) and I (boxes). JBIG2 within a PDF: ITU-T T.88, 7.2, and
ISO 32000-1, 7.4.7.
"""

import struct
from collections.abc import Iterator

from connector.cleaning.routines import CannotClean
from connector.cleaning.words import Trouble

_JP2_BOXES = frozenset({b"jP  ", b"ftyp", b"jp2h", b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef", b"jp2c"})
_SOC, _SOT, _SOD, _EOC, _COMMENT = 0xFF4F, 0xFF90, 0xFF93, 0xFFD9, 0xFF64
_JBIG2_COMMENT = 62
_PLAIN_SPACES = {1: 17, 2: 17, 3: 16, 4: 12}
"""Channels to the number of the usual colour space (T.800, table I.10; 12 is CMYK of T.801)."""


def bare_jpx(data: bytes) -> bytes:
    """A JPEG 2000 file without notes, identifiers and comments. Raises CannotClean for one that is not whole."""
    if data.startswith(b"\xff\x4f\xff\x51"):
        return _bare_codestream(data)
    return b"".join(_bare_boxes(data))


def _bare_boxes(data: bytes) -> Iterator[bytes]:
    at = 0
    while at + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1 and at + 16 <= len(data):
            size, head = struct.unpack_from(">Q", data, at + 8)[0], 16
        elif size == 0:
            size = len(data) - at
        if size < head or at + size > len(data):
            raise CannotClean(Trouble.DAMAGED)
        if name in _JP2_BOXES:
            yield _box(name, data[at + head : at + size])
        at += size
        if name == b"jp2c":
            return
    raise CannotClean(Trouble.DAMAGED)


def _box(name: bytes, body: bytes) -> bytes:
    if name == b"jp2h":
        body = b"".join(_inner_boxes(body))
    elif name == b"jp2c":
        body = _bare_codestream(body)
    return struct.pack(">I4s", 8 + len(body), name) + body


def _inner_boxes(data: bytes) -> Iterator[bytes]:
    at, channels = 0, 3
    while at + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        if size < 8:
            return
        body = data[at + 8 : at + size]
        if name == b"ihdr":
            channels = int.from_bytes(body[8:10])
        if name == b"colr" and body[:1] != b"\x01":
            # An embedded profile: readers of PDF go by the colour space of the document.
            body = struct.pack(">BBBI", 1, 0, 0, _PLAIN_SPACES.get(channels, 16))
        if name in _JP2_BOXES:
            yield _box(name, body)
        at += size


def _bare_codestream(data: bytes) -> bytes:
    """Marker segments without comments. The length of each tile part is mended, for a comment may be in it."""
    kept, at = [b"\xff\x4f"], 2
    while at + 4 <= len(data):
        marker, size = struct.unpack_from(">HH", data, at)
        if marker == _EOC:
            break
        if marker == _SOT:
            at, part = _tile_part(data, at)
            kept.append(part)
            continue
        if marker != _COMMENT:
            kept.append(data[at : at + 2 + size])
        at += 2 + size
    return b"".join((*kept, b"\xff\xd9"))


def _tile_part(data: bytes, start: int) -> tuple[int, bytes]:
    tile, length, index, parts = struct.unpack_from(">HIBB", data, start + 4)
    end = min(len(data), start + length) if length else len(data) - 2 * data.endswith(b"\xff\xd9")
    kept, at = [], start + 12
    while at + 4 <= end:
        marker, size = struct.unpack_from(">HH", data, at)
        if marker == _SOD:
            break
        if marker != _COMMENT:
            kept.append(data[at : at + 2 + size])
        at += 2 + size
    body = b"".join((*kept, data[at:end]))
    head = struct.pack(">HHHIBB", _SOT, 10, tile, 12 + len(body) if length else 0, index, parts)
    return max(end, start + 12), head + body


def bare_jbig2(data: bytes) -> bytes:
    """The segments of a JBIG2 stream without those that hold comments. Raises CannotClean where it is not whole."""
    kept, at = [], 0
    while at + 11 <= len(data):
        head, body = _segment(data, at)
        end = at + head + body
        if data[at + 4] & 0x3F != _JBIG2_COMMENT:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)


def _segment(data: bytes, at: int) -> tuple[int, int]:
    """The lengths of a segment's header and of its data."""
    number, flags, count = struct.unpack_from(">IBB", data, at)
    head = 5
    referred = count >> 5
    if referred == 7:
        referred = struct.unpack_from(">I", data, at + 5)[0] & 0x1FFFFFFF
        head += 4 + (referred + 8) // 8
    else:
        head += 1
    head += referred * (1 if number <= 256 else 2 if number <= 65536 else 4)
    head += 4 if flags & 0x40 else 1
    length = struct.unpack_from(">I", data, at + head)[0] if at + head + 4 <= len(data) else 0xFFFFFFFF
    if length == 0xFFFFFFFF:
        # Only an immediate generic region may leave its length open; it is the last one then.
        length = max(0, len(data) - at - head - 4)
    return head + 4, length
