"""Walking through the blocks of a GIF file without decoding it, and writing them (GIF89a specification).

For telling what a picture carries and for drawing it anew. The witness has a reader of its own.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

GRAPHIC_CONTROL, COMMENT, PLAIN_TEXT, APPLICATION = 0xF9, 0xFE, 0x01, 0xFF
LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
TRAILER = b"\x3b"


class MalformedGif(ValueError):
    """The bytes do not follow the format. Says nothing of their content."""


@dataclass(frozen=True, slots=True)
class Screen:
    """The size, and the colours that frames share. `background` counts into them."""

    width: int
    height: int
    background: int
    colours: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Extension:
    """A block that is no picture: its label, and its data put together."""

    label: int
    payload: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture: where it is drawn, its own colours if it has some, and its packed pixels."""

    left: int
    top: int
    width: int
    height: int
    interlaced: bool
    colours: bytes = field(repr=False)
    code_size: int
    packed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class End:
    """Where the file is at its end, by its own word or because there is no more of it."""

    at: int


Block = Screen | Extension | Frame | End


def blocks(data: bytes) -> Iterator[Block]:
    """The screen, then all blocks up to the end. Linear in time.

    Raises MalformedGif at the first byte that does not fit; what came before has been yielded by then.
    """
    if data[:6] not in (b"GIF87a", b"GIF89a") or len(data) < 13:
        raise MalformedGif("does not begin like a GIF")
    width, height, flags, background = struct.unpack_from("<HHBB", data, 6)
    colours, position = _colours(data, 13, flags)
    yield Screen(width, height, background, colours)
    while True:
        sign = data[position : position + 1]
        if sign in (TRAILER, b""):
            yield End(position + len(sign))
            return
        if sign == b"\x2c":
            frame, position = _frame(data, position + 1)
            yield frame
        elif sign == b"\x21":
            payload, end = _sub_blocks(data, position + 2, packed=False)
            yield Extension(data[position + 1], payload)
            position = end
        else:
            raise MalformedGif("no block begins here")


def _frame(data: bytes, position: int) -> tuple[Frame, int]:
    if position + 10 > len(data):
        raise MalformedGif("ends within a frame")
    left, top, width, height, flags = struct.unpack_from("<HHHHB", data, position)
    colours, position = _colours(data, position + 9, flags)
    if position >= len(data):
        raise MalformedGif("ends within a frame")
    packed, end = _sub_blocks(data, position + 1, packed=True)
    return Frame(left, top, width, height, bool(flags & 0x40), colours, data[position], packed), end


def _colours(data: bytes, position: int, flags: int) -> tuple[bytes, int]:
    end = position + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    return data[position:end], end


def _sub_blocks(data: bytes, position: int, *, packed: bool) -> tuple[bytes, int]:
    """What the sub-blocks hold, with their lengths if `packed` (so does the decoder want it), and where they end."""
    start, parts = position, []
    while True:
        if position >= len(data):
            raise MalformedGif("ends within a block")
        length = data[position]
        if not length:
            return data[start:position] if packed else b"".join(parts), position + 1
        if not packed:
            parts.append(data[position + 1 : position + 1 + length])
        position += 1 + length


def beginning(width: int, height: int, background: bytes | None) -> bytes:
    """The head of a file. `background` is three bytes, or None for a file that has no colours of its own."""
    flags = 0x70 if background is None else 0xF0
    shared = b"" if background is None else background + bytes(3)
    return b"GIF89a" + struct.pack("<HHBBB", width, height, flags, 0, 0) + shared


def loop(times: int) -> bytes:
    """The block that says how often it is shown again, nought for ever."""
    return b"\x21\xff\x0bNETSCAPE2.0\x03\x01" + struct.pack("<H", times) + b"\0"


def control(disposal: int, delay: int, transparent: int | None) -> bytes:
    """The block before a frame: what becomes of it, after how many hundredths of a second, what is seen through."""
    flags = disposal << 2 | (transparent is not None)
    return b"\x21\xf9\x04" + struct.pack("<BHB", flags, delay, transparent or 0) + b"\0"


def frame(place: tuple[int, int, int, int], colours: bytes, packed: bytes) -> bytes:
    """A frame: left, top, width, height; its colours (2 to 256, a power of two); its pixels with 8 bits each, packed."""
    flags = 0x80 | (len(colours) // 3).bit_length() - 2
    return b"\x2c" + struct.pack("<HHHHB", *place, flags) + colours + b"\x08" + packed + b"\0"
