"""AMR, narrow and wide band: the magic line and frames; the first thing that is no frame ends the file.

Source: RFC 4867, section 5.
"""

from typing import BinaryIO

from connector.cleaning.kinds import Kind
from connector.cleaning.routines import CannotClean, Washed
from connector.cleaning.words import NOTHING, Found, Trouble

_NARROW = (b"#!AMR\n", (95, 103, 118, 134, 148, 159, 204, 244, 39))
_WIDE = (b"#!AMR-WB\n", (132, 177, 253, 285, 317, 365, 397, 461, 477, 40))
"""The magic, and how many bits a frame of each type has. The last is comfort noise."""

_LOST, _NO_DATA = 14, 15


def wash(source: BinaryIO, out: BinaryIO) -> Washed:
    """The frames, with noughts where a frame has bits to spare."""
    source.seek(0)
    start = source.read(9)
    magic, bits = _WIDE if start.startswith(_WIDE[0]) else _NARROW
    if not start.startswith(magic):
        # Several channels: no phone records them.
        raise CannotClean(Trouble.UNKNOWN_PARTS)
    source.seek(len(magic))
    out.write(magic)
    frames = 0
    while head := source.read(1):
        frame = _frame(head[0], bits, source)
        if frame is None:
            break
        out.write(frame)
        frames += 1
    if not frames:
        raise CannotClean(Trouble.DAMAGED)
    return Washed(Kind.AMR, Found.TRAILER if head else NOTHING)


def _frame(head: int, bits: tuple[int, ...], source: BinaryIO) -> bytes | None:
    kind = head >> 3 & 0xF
    if head & 0x83 or (kind >= len(bits) and not (kind == _NO_DATA or (kind == _LOST and len(bits) == len(_WIDE[1])))):
        return None
    size = bits[kind] if kind < len(bits) else 0
    speech = source.read((size + 7) // 8)
    if 8 * len(speech) < size:
        return None
    spare = -size % 8
    if spare:
        speech = speech[:-1] + bytes([speech[-1] >> spare << spare])
    return bytes([head]) + speech
