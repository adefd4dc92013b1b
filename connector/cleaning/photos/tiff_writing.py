"""Writing a TIFF of several pages, with nothing in it but them (TIFF 6.0; compression 8: Adobe's supplement 2)."""

import struct
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image

_SHORT, _LONG, _RATIONAL = 3, 4, 5
_HEADER = struct.Struct("<2sHI")
_ENTRY = struct.Struct("<HHI4s")
_BAND = 4_000_000
"""Bytes of pixels that are packed at once."""
_LEVEL = 3
_PHOTOMETRIC = {"L": 1, "LA": 1, "RGB": 2, "RGBA": 2}


@dataclass(frozen=True, slots=True)
class _Page:
    mode: str
    size: tuple[int, int]
    start: int
    length: int


class TiffWriter:
    """Writes pages one after another; the directories stand at the end of the file."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._pages: list[_Page] = []
        self._at = out.write(_HEADER.pack(b"II", 42, 0))

    def add(self, image: Image.Image) -> None:
        """A page in mode L, LA, RGB or RGBA."""
        packer, start = zlib.compressobj(_LEVEL), self._at
        rows = max(1, _BAND // (image.width * len(image.getbands())))
        for top in range(0, image.height, rows):
            band = image.crop((0, top, image.width, min(image.height, top + rows)))
            self._at += self._out.write(packer.compress(band.tobytes()))
        self._at += self._out.write(packer.flush())
        self._pages.append(_Page(image.mode, image.size, start, self._at - start))
        # Directories begin on a word.
        self._at += self._out.write(bytes(self._at % 2))

    def end(self) -> None:
        """Write the directories."""
        first = self._at
        for number, page in enumerate(self._pages, 1):
            self._at += self._out.write(_directory(page, self._at, last=number == len(self._pages)))
        self._out.seek(0)
        self._out.write(_HEADER.pack(b"II", 42, first))


def _directory(page: _Page, at: int, *, last: bool) -> bytes:
    bands = len(page.mode)
    entries = [
        (256, _LONG, page.size[0]),
        (257, _LONG, page.size[1]),
        (258, _SHORT, (8,) * bands),
        (259, _SHORT, 8),
        (262, _SHORT, _PHOTOMETRIC[page.mode]),
        (273, _LONG, page.start),
        (277, _SHORT, bands),
        (278, _LONG, page.size[1]),
        (279, _LONG, page.length),
        (282, _RATIONAL, (1, 1)),
        (283, _RATIONAL, (1, 1)),
        (284, _SHORT, 1),
        (296, _SHORT, 1),
    ]
    if page.mode.endswith("A"):
        entries.append((338, _SHORT, 2))
    behind = at + 2 + _ENTRY.size * len(entries) + 4
    rows, rest = b"", b""
    for tag, kind, value in entries:
        numbers = value if isinstance(value, tuple) else (value,)
        packed = struct.pack(f"<{len(numbers)}{'H' if kind == _SHORT else 'I'}", *numbers)
        count = len(numbers) // 2 if kind == _RATIONAL else len(numbers)
        if len(packed) > 4:
            place = struct.pack("<I", behind + len(rest))
            rest += packed
        else:
            place = packed.ljust(4, b"\0")
        rows += _ENTRY.pack(tag, kind, count, place)
    following = 0 if last else behind + len(rest)
    return struct.pack("<H", len(entries)) + rows + struct.pack("<I", following) + rest
