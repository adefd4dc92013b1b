"""Writing colour profiles of our own: no maker, no date, no serial number; the words are always the same."""

import struct
from functools import cache

from connector.cleaning.photos.profiles import Colours, Curve, Known

_HEADER = struct.Struct(">I4sI4s4s4s6H4sIIIIQI3iI16s28x")
_D50 = (0x0000F6D6, 0x00010000, 0x0000D32D)
_ADAPTED = (0x00010C42, 0x000005DE, -0x00000CE3, 0x0000079D, 0x0000FD91, -0x0000045A, -0x00000259, 0x00000366, 0x0000C0C0)
"""From D65 to D50 by Bradford (ICC.1:2022, annex E)."""
_DATE = (2020, 1, 1, 0, 0, 0)
_POINTS = 1024


@cache
def profile_for(standard: Known) -> bytes:
    """Our profile of this standard."""
    return written(standard.value)


def written(colours: Colours) -> bytes:
    """A profile of three colorants and one curve (ICC.1:2022, version 4)."""
    curve = _curve(colours.curve)
    tags = [
        (b"desc", _words(colours.name)),
        (b"cprt", _words("No copyright")),
        (b"wtpt", _xyz(_D50)),
        (b"chad", b"sf32\0\0\0\0" + struct.pack(">9i", *_ADAPTED)),
        *(
            (name, _xyz([round(value * 65536) for value in row]))
            for name, row in zip((b"rXYZ", b"gXYZ", b"bXYZ"), colours.colorants, strict=True)
        ),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    ]
    table, body, places = b"", b"", dict[bytes, int]()
    first = _HEADER.size + 4 + 12 * len(tags)
    for name, tag in tags:
        if tag not in places:
            places[tag] = first + len(body)
            body += tag + bytes(-len(tag) % 4)
        table += struct.pack(">4sII", name, places[tag], len(tag))
    size = first + len(body)
    header = _HEADER.pack(
        *(size, b"", 0x04200000, b"mntr", b"RGB ", b"XYZ ", *_DATE, b"acsp"),
        *(0, 0, 0, 0, 0, 0, *_D50, 0, b""),
    )
    return header + struct.pack(">I", len(tags)) + table + body


def _words(text: str) -> bytes:
    spelled = text.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II4sII", 1, 12, b"enUS", len(spelled), 28) + spelled


def _xyz(numbers: tuple[int, ...] | list[int]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *numbers)


def _curve(curve: Curve) -> bytes:
    points = (min(65535, max(0, round(curve(step / (_POINTS - 1)) * 65535))) for step in range(_POINTS))
    return b"curv\0\0\0\0" + struct.pack(f">I{_POINTS}H", _POINTS, *points)
