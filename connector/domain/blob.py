"""Bytes that may be too many for memory: a film has two hundred million."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

PIECE = 256 * 1024
"""Bytes of every piece but the last."""


class Blob(Protocol):
    """A content of known size, read in pieces from its start, as often as wished."""

    @property
    def size(self) -> int:
        """How many bytes."""
        ...

    def pieces(self) -> Iterator[bytes]:
        """All bytes in order, in pieces of `PIECE` bytes; only the last may be shorter."""
        ...


@dataclass(frozen=True, slots=True)
class InMemory:
    """A small content."""

    data: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """How many bytes."""
        return len(self.data)

    def pieces(self) -> Iterator[bytes]:
        """All bytes in order."""
        for start in range(0, len(self.data), PIECE):
            yield self.data[start : start + PIECE]


def as_blob(content: bytes | Blob) -> Blob:
    """Either as a blob."""
    return InMemory(content) if isinstance(content, bytes) else content


def digest(content: bytes | Blob) -> bytes:
    """SHA-256 of the content."""
    digesting = sha256()
    for piece in as_blob(content).pieces():
        digesting.update(piece)
    return digesting.digest()


def whole(content: bytes | Blob) -> bytes:
    """Either as bytes, all of them in memory."""
    return content if isinstance(content, bytes) else b"".join(content.pieces())
