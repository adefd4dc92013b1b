"""What the cleaning child answers: one byte of outcome, what it found, and the cleaned photo.

    outcome (1 byte) | found (4 bytes, big endian) | photo

Only a photo and numbers ever come back: the child meets hostile files, so no text of its making is shown to
anybody.
"""

import struct
from dataclasses import dataclass, field
from enum import IntEnum

from connector.cleaning.words import NOTHING, Found

_HEAD = struct.Struct(">BI")
_KNOWN = sum(Found)


class Outcome(IntEnum):
    """How it went. Nought is not used, so that an answer of zeros is none."""

    CLEANED = 1
    DAMAGED = 2
    TOO_MANY_PIXELS = 3
    GAVE_UP = 4


class GarbledAnswer(ValueError):
    """The child's bytes are no answer: it has gone wrong or has been taken over."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The child's answer. `photo` is empty unless the outcome is CLEANED."""

    outcome: Outcome
    found: Found = NOTHING
    photo: bytes = field(default=b"", repr=False)

    def to_bytes(self) -> bytes:
        """The answer as it goes through the pipe."""
        return _HEAD.pack(self.outcome, self.found) + self.photo

    @classmethod
    def from_bytes(cls, data: bytes) -> "Answer":
        """The answer again. Raises GarbledAnswer for anything that `to_bytes` does not make."""
        if len(data) < _HEAD.size:
            raise GarbledAnswer("too short")
        outcome, found = _HEAD.unpack_from(data)
        photo = data[_HEAD.size :]
        if outcome not in set(Outcome) or found & ~_KNOWN or bool(photo) != (outcome == Outcome.CLEANED):
            raise GarbledAnswer("no such outcome")
        return cls(Outcome(outcome), Found(found), photo)
