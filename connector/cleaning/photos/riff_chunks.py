"""Walking through a WebP file without decoding it, and writing one (RFC 9649).

For telling what a photo carries and for filtering it. The witness has a reader of its own.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

VP8, VP8L, VP8X, ALPH, ANIM, ANMF = b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"
ICCP, EXIF, XMP = b"ICCP", b"EXIF", b"XMP "

_HAS_ALPHA, _HAS_EXIF, _HAS_ICC, _MOVES = 0x10, 0x08, 0x20, 0x02


class MalformedWebp(ValueError):
    """The bytes do not follow the format. Says nothing of their content."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: its four-letter name, its data, and where the file goes on after it."""

    name: bytes
    payload: bytes = field(repr=False)
    end: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame of a moving picture: where it is drawn, for how many milliseconds, how, and its picture's chunks."""

    left: int
    top: int
    width: int
    height: int
    duration: int
    flags: int
    """1: clear its place afterwards; 2: do not blend."""
    parts: dict[bytes, bytes] = field(repr=False)


def chunks(data: bytes) -> Iterator[Chunk]:
    """The chunks within the RIFF. Linear in time. Raises MalformedWebp; what came before has been yielded by then."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise MalformedWebp("does not begin like a WebP")
    return _within(data, 12, min(len(data), 8 + int.from_bytes(data[4:8], "little")))


def frame(payload: bytes) -> Frame:
    """An ANMF chunk taken apart. Raises MalformedWebp."""
    if len(payload) < 16:
        raise MalformedWebp("a frame is too short")
    left, top, width, height, duration = (int.from_bytes(payload[at : at + 3], "little") for at in range(0, 15, 3))
    parts = {}
    for chunk in _within(payload, 16, len(payload)):
        parts.setdefault(chunk.name, chunk.payload)
    return Frame(2 * left, 2 * top, width + 1, height + 1, duration, payload[15] & 3, parts)


def _within(data: bytes, position: int, end: int) -> Iterator[Chunk]:
    while position + 8 <= end:
        name, length = data[position : position + 4], int.from_bytes(data[position + 4 : position + 8], "little")
        body = position + 8
        if body + length > end:
            raise MalformedWebp("a chunk is longer than the file")
        position = body + length + length % 2
        yield Chunk(name, data[body : body + length], position)


def picture_parts(parts: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """Of the chunks of a picture or frame, those that hold its pixels. Raises MalformedWebp where there are none."""
    if VP8L in parts:
        return {VP8L: parts[VP8L]}
    if VP8 in parts:
        return {name: parts[name] for name in (ALPH, VP8) if name in parts}
    raise MalformedWebp("no picture in it")


def size_of(parts: dict[bytes, bytes]) -> tuple[int, int]:
    """Width and height as the picture's own data say (RFC 6386, 9.1; RFC 9649, 3.4)."""
    if VP8L in parts:
        bits = int.from_bytes(parts[VP8L][1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", parts[VP8], 6)
    return width & 0x3FFF, height & 0x3FFF


def has_alpha(parts: dict[bytes, bytes]) -> bool:
    """Whether the picture says that it can be seen through."""
    return ALPH in parts or (VP8L in parts and bool(parts[VP8L][4:5] and parts[VP8L][4] & 0x10))


def still(parts: dict[bytes, bytes], *, profile: bytes | None = None, exif: bytes | None = None) -> bytes:
    """A file of one picture, in the simple form where that will do."""
    body = [_chunk(name, payload) for name, payload in parts.items()]
    if profile is not None or exif is not None or ALPH in parts:
        body = _extended(size_of(parts), body, alpha=has_alpha(parts), profile=profile, exif=exif)
    return _riff(body)


def moving(
    canvas: tuple[int, int],
    frames: Iterable[Frame],
    *,
    loop: int,
    profile: bytes | None = None,
    exif: bytes | None = None,
) -> bytes:
    """A file of many frames. `loop` is how often it runs, nought for ever."""
    body, alpha = [_chunk(ANIM, struct.pack("<IH", 0, loop))], False
    for one in frames:
        alpha = alpha or has_alpha(one.parts)
        body.append(_chunk(ANMF, _frame_header(one) + b"".join(_chunk(*part) for part in one.parts.items())))
    return _riff(_extended(canvas, body, alpha=alpha, profile=profile, exif=exif, moves=True))


def _extended(
    canvas: tuple[int, int],
    body: list[bytes],
    *,
    alpha: bool,
    profile: bytes | None,
    exif: bytes | None,
    moves: bool = False,
) -> list[bytes]:
    flags = (_HAS_ALPHA if alpha else 0) | (_MOVES if moves else 0)
    flags |= (_HAS_ICC if profile is not None else 0) | (_HAS_EXIF if exif is not None else 0)
    before = [_chunk(VP8X, bytes((flags, 0, 0, 0)) + b"".join(_three(side - 1) for side in canvas))]
    if profile is not None:
        before.append(_chunk(ICCP, profile))
    return [*before, *body, *([_chunk(EXIF, exif)] if exif is not None else [])]


def _frame_header(one: Frame) -> bytes:
    numbers = (one.left // 2, one.top // 2, one.width - 1, one.height - 1, one.duration)
    return b"".join(_three(number) for number in numbers) + bytes((one.flags,))


def _three(number: int) -> bytes:
    return number.to_bytes(3, "little")


def _chunk(name: bytes, payload: bytes) -> bytes:
    return name + struct.pack("<I", len(payload)) + payload + b"\0" * (len(payload) % 2)


def _riff(body: list[bytes]) -> bytes:
    content = b"WEBP" + b"".join(body)
    return b"RIFF" + struct.pack("<I", len(content)) + content
