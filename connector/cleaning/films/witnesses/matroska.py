"""WebM as we write it: header, what it is, tracks, clusters of blocks, cues, and how long each track is.

Each element is on a list of what may stand where, with what it may hold. Source: RFC 9559; WebM container
guidelines.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import BinaryIO

from connector.cleaning.films.witnesses.bytes_of import NotClean, insist
from connector.cleaning.films.witnesses.packets import check_obus, check_opus

_MOST_SMALL = 1_000_000
"""Bytes of anything but a segment or a cluster: code books of Vorbis are some thousand."""
_DURATION = re.compile(rb"\d\d:\d\d:\d\d\.\d{9}\0?")
_CODECS = MappingProxyType(
    {b"V_VP8": b"", b"V_VP9": b"", b"V_AV1": b"av01", b"A_OPUS": b"Opus", b"A_VORBIS": b""}
)

Check = Callable[[bytes], bool]


def _any(most: int) -> Check:
    return lambda data: len(data) <= most


def _is(*values: bytes) -> Check:
    return lambda data: data in values


_NUMBER = _any(8)
_MASTER: Mapping[int, Mapping[int, Check | None]] = MappingProxyType(
    {
        0x1A45DFA3: {
            **dict.fromkeys((0x4286, 0x42F7, 0x42F2, 0x42F3, 0x4287, 0x4285), _NUMBER),
            0x4282: _is(b"webm"),
        },
        0x114D9B74: {0x4DBB: None},
        0x4DBB: {0x53AB: _any(4), 0x53AC: _NUMBER},
        0x1549A966: {
            0x2AD7B1: _NUMBER,
            0x4D80: _is(b"none"),
            0x5741: _is(b"none"),
            0x4489: _NUMBER,
        },
        0x1654AE6B: {0xAE: None},
        0xAE: {
            **dict.fromkeys((0xD7, 0x73C5, 0x9C, 0x88, 0xB9, 0x83, 0x23E383, 0x56AA, 0x56BB, 0x55EE), _NUMBER),
            0x22B59C: _is(b"und"),
            0x86: lambda data: data in _CODECS,
            0x63A2: _any(_MOST_SMALL),
            0xE0: None,
            0xE1: None,
        },
        0xE0: {
            **dict.fromkeys((0xB0, 0xBA, 0x9A, 0x9D, 0x54B0, 0x54BA, 0x54B2, 0x53C0), _NUMBER),
            **dict.fromkeys((0x54AA, 0x54BB, 0x54CC, 0x54DD), _NUMBER),
            0x55B0: None,
            0x7670: None,
        },
        0x55B0: {
            **dict.fromkeys((0x55B1, 0x55B2, 0x55B3, 0x55B4, 0x55B5, 0x55B6, 0x55B7, 0x55B8, 0x55B9), _NUMBER),
            **dict.fromkeys((0x55BA, 0x55BB, 0x55BC, 0x55BD), _NUMBER),
        },
        0x7670: dict.fromkeys((0x7671, 0x7673, 0x7674, 0x7675), _NUMBER),
        0xE1: dict.fromkeys((0x9F, 0xB5, 0x78B5, 0x6264), _NUMBER),
        0x1F43B675: {0xE7: _NUMBER, 0xA3: None, 0xA0: None, 0xAB: _NUMBER, 0xA7: _NUMBER},
        0xA0: {0xA1: None, 0x9B: _NUMBER, 0xFB: _NUMBER, 0x75A2: _NUMBER},
        0x1C53BB6B: {0xBB: None},
        0xBB: {0xB3: _NUMBER, 0xB7: None},
        0xB7: dict.fromkeys((0xF7, 0xF1, 0xF0, 0xB2, 0x5378), _NUMBER),
        0x1254C367: {0x7373: None},
        0x7373: {0x63C0: None, 0x67C8: None},
        0x63C0: {0x63C5: _NUMBER},
        0x67C8: {0x45A3: _is(b"DURATION"), 0x4487: lambda data: _DURATION.fullmatch(data) is not None},
    }
)
"""What may stand in each master element; None for a master, or a block."""

_SEGMENT, _CLUSTER, _VOID, _TRACK, _BLOCKS = 0x18538067, 0x1F43B675, 0xEC, 0xAE, (0xA3, 0xA1)
_TOP = frozenset({0x114D9B74, 0x1549A966, 0x1654AE6B, _CLUSTER, 0x1C53BB6B, 0x1254C367})


class _Watcher:
    """Walks through a file, element by element."""

    def __init__(self, data: BinaryIO) -> None:
        self._data = data
        self._size = data.seek(0, 2)
        self._codecs: dict[int, bytes] = {}
        self._number = 0
        self._codec = b""

    def check(self) -> None:
        data = self._data
        data.seek(0)
        header, end = self._element(self._size)
        insist(header == 0x1A45DFA3)
        self._walk(header, end)
        segment, end = self._element(self._size)
        insist(segment == _SEGMENT and end == self._size)
        while data.tell() < end:
            kind, stop = self._element(end)
            if kind == _VOID:
                insist(stop - data.tell() <= _MOST_SMALL and not data.read(stop - data.tell()).strip(b"\0"))
            else:
                insist(kind in _TOP)
                self._walk(kind, stop)

    def _walk(self, kind: int, end: int) -> None:
        allowed = _MASTER[kind]
        while self._data.tell() < end:
            child, stop = self._element(end)
            if child in _BLOCKS and child in allowed:
                self._block(self._data.read(stop - self._data.tell()))
                continue
            insist(child in allowed)
            check = allowed[child]
            if check is None:
                self._walk(child, stop)
            else:
                insist(stop - self._data.tell() <= _MOST_SMALL)
                content = self._data.read(stop - self._data.tell())
                insist(check(content))
                self._note(child, content)
        if kind == _TRACK:
            self._codecs[self._number] = self._codec

    def _note(self, kind: int, content: bytes) -> None:
        if kind == 0xD7:
            self._number = int.from_bytes(content)
        elif kind == 0x86:
            self._codec = _CODECS[content]
        elif kind == 0x63A2:
            _check_private(content)

    def _block(self, block: bytes) -> None:
        number, at = _vint(block, 0)
        flags = block[at + 2]
        # No lacing, and no reserved bit.
        insist(number in self._codecs and not flags & 0x76)
        codec, packet = self._codecs[number], block[at + 3 :]
        if codec == b"av01":
            check_obus(packet)
        elif codec == b"Opus":
            check_opus(packet)

    def _element(self, limit: int) -> tuple[int, int]:
        """Its number, and where it ends."""
        start = self._data.tell()
        head = self._data.read(12)
        kind_size = _width(head, 0)
        kind = int.from_bytes(head[:kind_size])
        size, at = _vint(head, kind_size)
        self._data.seek(start + at)
        end = start + at + size
        insist(end <= limit)
        return kind, end


def check_webm(data: BinaryIO) -> None:
    """Raises NotClean for anything that we do not write."""
    _Watcher(data).check()


def _check_private(content: bytes) -> None:
    """A codec's header: Vorbis' comments are in the middle of three, and must be none."""
    if content[:1] == b"\x02":
        insist(b"\x03vorbis" + bytes(8) + b"\x01\x05vorbis" in content)
    elif content[:1] == b"\x81":
        check_obus(content[4:])
    else:
        insist(content.startswith(b"OpusHead") and len(content) <= 21 + 255)


def _width(data: bytes, at: int) -> int:
    if at >= len(data) or not data[at]:
        raise NotClean("no element where one must be")
    return 9 - data[at].bit_length()


def _vint(data: bytes, at: int) -> tuple[int, int]:
    width = _width(data, at)
    if at + width > len(data):
        raise NotClean("ends within a number")
    return int.from_bytes(data[at : at + width]) & ((1 << 7 * width) - 1), at + width


