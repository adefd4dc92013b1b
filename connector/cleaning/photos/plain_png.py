"""A PNG file reduced to what its decoder must see: nothing that is packed and named by a stranger is unpacked on the way.

Texts can be bombs, and a decoder that stumbles over notes refuses a picture that is good.
"""

import struct
import zlib
from dataclasses import dataclass, field

from connector.cleaning.photos.coded_colours import profile_by_gamma, profile_by_numbers
from connector.cleaning.photos.png_chunks import SIGNATURE, Chunk, MalformedPng, chunk, chunks

_MOST_PROFILE = 4_000_000
"""Bytes of an unpacked profile; those of presses reach two million."""


@dataclass(frozen=True, slots=True)
class PlainPng:
    """The picture, and what else has a say in how it looks."""

    header: bytes
    data: tuple[bytes, ...] = field(repr=False)
    palette: bytes | None = field(default=None, repr=False)
    transparent: bytes | None = field(default=None, repr=False)
    others: dict[bytes, bytes] = field(default_factory=dict, repr=False)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        width, height = struct.unpack_from(">II", self.header)
        return width, height

    @property
    def exif(self) -> bytes | None:
        """The notes of the camera."""
        return self.others.get(b"eXIf")

    def bare(self, size: tuple[int, int] | None = None, data: tuple[bytes, ...] | None = None) -> bytes:
        """A file with nothing in it but the picture, or with other pixels packed in the same way."""
        header = struct.pack(">II", *size) + self.header[8:] if size else self.header
        parts = [SIGNATURE, chunk(b"IHDR", header)]
        if self.palette is not None:
            parts.append(chunk(b"PLTE", self.palette))
        if self.transparent is not None:
            parts.append(chunk(b"tRNS", self.transparent))
        parts += [chunk(b"IDAT", piece) for piece in (self.data if data is None else data)]
        return b"".join((*parts, chunk(b"IEND")))

    def colour_profile(self) -> bytes | None:
        """The profile of its colours, in whichever of four ways it is told; None where they are plain sRGB."""
        if coded := self.others.get(b"cICP"):
            return profile_by_numbers(coded[0], coded[1]) if len(coded) == 4 else None
        if packed := self.others.get(b"iCCP"):
            return _unpacked_profile(packed)
        brightness = self.others.get(b"gAMA", b"")
        if b"sRGB" in self.others or len(brightness) != 4:
            return None
        return profile_by_gamma(int.from_bytes(brightness) / 100_000)


def read(data: bytes) -> PlainPng:
    """Raises MalformedPng, also where there is no picture in it."""
    found = _Collected()
    try:
        for one in chunks(data):
            found.take(one)
    except MalformedPng:
        # The decoder says whether the picture was whole by then.
        if not found.data:
            raise
    if found.header is None or len(found.header) != 13 or not found.data:
        raise MalformedPng("no picture in it")
    return PlainPng(found.header, tuple(found.data), found.palette, found.transparent, found.others)


@dataclass(slots=True)
class _Collected:
    header: bytes | None = None
    palette: bytes | None = None
    transparent: bytes | None = None
    data: list[bytes] = field(default_factory=list)
    others: dict[bytes, bytes] = field(default_factory=dict)

    def take(self, one: Chunk) -> None:
        match one.name:
            case b"IHDR" if self.header is None:
                self.header = one.payload
            case b"PLTE":
                self.palette = one.payload
            case b"tRNS" if not self.data:
                self.transparent = one.payload
            case b"IDAT":
                self.data.append(one.payload)
            case b"iCCP" | b"cICP" | b"gAMA" | b"sRGB" | b"eXIf":
                self.others.setdefault(one.name, one.payload)


def _unpacked_profile(packed: bytes) -> bytes | None:
    at = packed.find(b"\0", 0, 81)
    if at < 0:
        return None
    try:
        return zlib.decompressobj().decompress(packed[at + 2 :], _MOST_PROFILE)
    except zlib.error:
        return None
