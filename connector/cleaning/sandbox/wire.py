"""What the service asks of the sandbox, and what it is answered.

The order is JSON, for it comes from us. The answer is seven bytes: only numbers come back from where hostile
files are read, so no text of a file's making is shown to anybody.

    trouble (1 byte, nought for none) | what was found (4 bytes, big endian) | kind (2 bytes)
"""

import json
import struct
from dataclasses import asdict, dataclass
from enum import StrEnum

from connector.cleaning.kinds import Kind
from connector.cleaning.routines import Wish
from connector.cleaning.words import NOTHING, Found, Trouble

_ANSWER = struct.Struct(">BIH")
_KINDS = tuple(Kind)
_TROUBLES = tuple(Trouble)
_KNOWN = sum(Found)

MOST = 4096
"""Bytes of an order."""


class Task(StrEnum):
    """What a child is for."""

    WASH = "wash"
    WITNESS = "witness"
    WALLS = "walls"
    """Says which walls hold, in words of ours."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One order: what to do, and the limits of the process that does it."""

    task: Task
    kind: Kind
    wish: Wish
    memory_bytes: int
    cpu_seconds: int
    wall_seconds: float
    answer_bytes: int

    def to_bytes(self) -> bytes:
        """The order as it goes to the nursery."""
        return json.dumps(asdict(self) | {"kind": self.kind.value}).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Errand":
        """The order again."""
        fields = json.loads(data)
        task, kind, wish = Task(fields.pop("task")), Kind(fields.pop("kind")), Wish(**fields.pop("wish"))
        return cls(task, kind, wish, **fields)


class GarbledAnswer(ValueError):
    """The child's bytes are no answer: it has gone wrong or has been taken over."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The child's answer: what was in the way, or None; what was found; the kind of what was written."""

    trouble: Trouble | None
    found: Found = NOTHING
    kind: Kind = Kind.UNKNOWN

    def to_bytes(self) -> bytes:
        """The answer as it goes through the pipe."""
        trouble = 0 if self.trouble is None else 1 + _TROUBLES.index(self.trouble)
        return _ANSWER.pack(trouble, self.found, _KINDS.index(self.kind))

    @classmethod
    def from_bytes(cls, data: bytes) -> "Answer":
        """The answer again. Raises GarbledAnswer for anything that `to_bytes` does not make."""
        if len(data) != _ANSWER.size:
            raise GarbledAnswer("not of the right length")
        trouble, found, kind = _ANSWER.unpack(data)
        if trouble > len(_TROUBLES) or found & ~_KNOWN or kind >= len(_KINDS):
            raise GarbledAnswer("no such answer")
        return cls(_TROUBLES[trouble - 1] if trouble else None, Found(found), _KINDS[kind])
