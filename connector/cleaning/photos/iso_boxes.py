"""Walking through the boxes of a HEIC or AVIF file, to tell what it carries (ISO/IEC 14496-12 and 23008-12).

Only for telling: the picture itself is found by its decoder.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_PLAIN = frozenset({b"iprp", b"ipco", b"moov", b"trak", b"mdia"})
"""Boxes that hold nothing but boxes."""
_FULL = frozenset({b"meta"})
"""The same, after four bytes of version and flags."""
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its four-letter type, its data, whether it stands at the top, and where the file goes on after it."""

    name: bytes
    payload: bytes = field(repr=False)
    top: bool
    end: int


def boxes(data: bytes) -> Iterator[Box]:
    """All boxes, those that lie in others after these. Stops at what is no box, and after a great many."""
    for count, box in enumerate(_within(data, top=True)):
        if count >= _MOST:
            return
        yield box


def _within(data: bytes, *, top: bool) -> Iterator[Box]:
    position = 0
    while position + 8 <= len(data):
        length, name, body = int.from_bytes(data[position : position + 4]), data[position + 4 : position + 8], 8
        if length == 1:
            length, body = int.from_bytes(data[position + 8 : position + 16]), 16
        elif length == 0:
            length = len(data) - position
        end = position + length
        if length < body or end > len(data):
            return
        payload = data[position + body : end]
        yield Box(name, payload, top, end)
        if name in _PLAIN:
            yield from _within(payload, top=False)
        elif name in _FULL:
            yield from _within(payload[4:], top=False)
        position = end


_ITEM = re.compile(rb"infe[\x02\x03]...(..|....)..(Exif|mime|uri |jumb)", re.DOTALL)
_AUXILIARY = re.compile(rb"auxC....(urn:[ -~]{1,80})", re.DOTALL)


def item_kinds(data: bytes) -> set[bytes]:
    """Kinds of items besides pictures that the file's list names."""
    lists = (box.payload for box in boxes(data) if box.name == b"iinf")
    return {found[2] for payload in lists for found in _ITEM.finditer(payload)}


def auxiliaries(data: bytes) -> set[bytes]:
    """Names of the kinds of pictures that belong to another: depth, transparency, brightness."""
    properties = (box.payload for box in boxes(data) if box.name == b"ipco")
    return {found[1] for payload in properties for found in _AUXILIARY.finditer(payload)}


def has_references(data: bytes, kind: bytes) -> bool:
    """Whether an item says that it is another's `thmb` (small picture) or `cdsc` (description)."""
    return any(box.name == b"iref" and kind in box.payload for box in boxes(data))
