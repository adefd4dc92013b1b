"""A glance at the boxes of an ISO media file (ISO/IEC 14496-12; QuickTime File Format), without the demuxer.

It answers what the demuxer does not: whether the film is encrypted, where samples may lie, and which boxes there
are that will not be taken over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_MOST_BOXES = 100_000
_MOST_MOOV = 64_000_000

_ENCRYPTED = re.compile(rb"stsd.{12}(?:enc[avts]|drm[sit]|aavd)", re.DOTALL)
"""The type of the first sample entry (ISO/IEC 14496-12, 8.12; Apple's FairPlay; Audible)."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box at the top of a file: its type, where its content begins, and where it ends."""

    name: bytes
    begin: int
    end: int


def top_boxes(source: BinaryIO) -> list[Box]:
    """The boxes at the top of the file, and what follows the last as one of no name."""
    return list(_boxes(source))


def is_encrypted(source: BinaryIO) -> bool:
    """Whether a track of the film says that its samples are."""
    for box in _boxes(source):
        if box.name == b"moov":
            source.seek(box.begin)
            if _ENCRYPTED.search(source.read(min(box.end - box.begin, _MOST_MOOV))):
                return True
    return False


def moov(source: BinaryIO, boxes: list[Box]) -> bytes:
    """The content of the box that describes the film; empty where there is none."""
    for box in boxes:
        if box.name == b"moov":
            source.seek(box.begin)
            return source.read(min(box.end - box.begin, _MOST_MOOV))
    return b""


def _boxes(source: BinaryIO) -> Iterator[Box]:
    size = source.seek(0, 2)
    at = 0
    for _ in range(_MOST_BOXES):
        source.seek(at)
        head = source.read(16)
        if len(head) < 8:
            break
        length, begin = int.from_bytes(head[:4]), at + 8
        if length == 1:
            length, begin = int.from_bytes(head[8:16]), at + 16
        end = size if length == 0 else at + length
        if end < begin or not head[4:8].isascii():
            break
        # A recording that was broken off ends within its last box.
        yield Box(head[4:8], begin, min(end, size))
        at = end
    if at < size:
        yield Box(b"", at, size)
