"""Walking through the chunks of a PNG file without decoding it, and writing them (W3C PNG, third edition, section 5).

For telling what a photo carries and for filtering it. The witness has a reader of its own.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

SIGNATURE = b"\x89PNG\r\n\x1a\n"


class MalformedPng(ValueError):
    """The bytes do not follow the format. Says nothing of their content."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: its four-letter type, its data, and where the file goes on after it."""

    name: bytes
    payload: bytes = field(repr=False)
    end: int


def chunks(data: bytes) -> Iterator[Chunk]:
    """The chunks up to the first IEND, which is included. Linear in time.

    Raises MalformedPng at the first byte that does not fit; what came before has been yielded by then. The
    check sums of chunks that a decoder may skip are not looked at: nobody takes them over.
    """
    if not data.startswith(SIGNATURE):
        raise MalformedPng("does not begin with the signature")
    position = len(SIGNATURE)
    while True:
        chunk = _chunk_at(data, position)
        yield chunk
        if chunk.name == b"IEND":
            return
        position = chunk.end


def _chunk_at(data: bytes, position: int) -> Chunk:
    length = int.from_bytes(data[position : position + 4])
    body, end = position + 8, position + 12 + length
    if end > len(data):
        raise MalformedPng("a chunk is longer than the file")
    name, payload = data[position + 4 : body], data[body : end - 4]
    if name[:1].isupper() and zlib.crc32(payload, zlib.crc32(name)) != int.from_bytes(data[end - 4 : end]):
        raise MalformedPng("a check sum is wrong")
    return Chunk(name, payload, end)


def chunk(name: bytes, payload: bytes = b"") -> bytes:
    """One chunk as it stands in a file."""
    return struct.pack(">I", len(payload)) + name + payload + struct.pack(">I", zlib.crc32(payload, zlib.crc32(name)))
