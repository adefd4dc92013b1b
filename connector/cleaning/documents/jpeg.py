"""JPEG files with nothing but the picture in them, without decoding them (ITU-T T.81, annex B)."""

import re

_SOI, _EOI, _SOS, _APP14 = 0xD8, 0xD9, 0xDA, 0xEE
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDC, 0xDD})
"""Huffman, arithmetic and quantisation tables, number of lines, restart interval."""
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_END_OF_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_ADOBE = re.compile(rb"Adobe\0.{5}(.)", re.DOTALL)


class NoJpeg(ValueError):
    """The bytes are no JPEG file. Says nothing of their content."""


def bare_jpeg(data: bytes, *, keep: frozenset[int] = frozenset()) -> bytes:
    """The picture, bit by bit, without comments, notes of apps, previews and whatever follows its end.

    `keep` names markers of application segments that stay. What Adobe says of the colours stays always, for
    the picture is wrong without it. A picture that breaks off is ended. Raises NoJpeg.
    """
    if not data.startswith(b"\xff\xd8"):
        raise NoJpeg("does not begin with a start of image")
    kept, at, scans = [b"\xff\xd8"], 2, 0
    while (at := data.find(b"\xff", at)) >= 0 and at + 2 <= len(data):
        marker = data[at + 1]
        if marker == 0xFF or marker in _ALONE or marker == _SOI:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == _EOI:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        payload = data[at + 4 : end]
        if marker == _SOS:
            scan = _END_OF_SCAN.search(data, end)
            end = scan.start() if scan is not None else len(data)
            scans += 1
        kept.append(_kept(marker, payload, data[at:end], keep))
        at = max(end, at + 2)
    if not scans:
        raise NoJpeg("no picture in it")
    return b"".join((*kept, b"\xff\xd9"))


def shape(data: bytes) -> tuple[int, int, int]:
    """Width, height, and number of colour components of a bare JPEG. Raises NoJpeg."""
    at = 2
    while at + 10 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in _FRAMES:
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7]), data[at + 9]
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    raise NoJpeg("no size in it")


def _kept(marker: int, payload: bytes, segment: bytes, keep: frozenset[int]) -> bytes:
    if marker in _FRAMES or marker in _TABLES or marker == _SOS or marker in keep:
        return segment
    adobe = _ADOBE.match(payload) if marker == _APP14 else None
    # Written anew: its version and flags may be anything.
    return b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00" + adobe[1] if adobe is not None else b""
