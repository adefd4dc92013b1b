"""Files that cross between machines on a stick: JSON that has exactly one way to be written.

A file is read only if writing what was understood gives the same bytes again. So a bit that was altered anywhere is
noticed, even where it would not change the meaning, and nobody can smuggle in what the other side does not read.
"""

import base64
import binascii
import json
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
)

from connector.errors import VaultShut

LARGEST = 1_000_000
"""Bytes of a file between machines, unless its kind says otherwise."""


class FileBroken(VaultShut):
    """Not such a file, or altered on its way."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"this is not {kind}, or it was altered on its way; ask for it again")


def _decoded(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            raise ValueError("not base64") from None
    return value


def _printable(value: str) -> str:
    if not value.isprintable() or value != value.strip():
        raise ValueError("one line of printable characters")
    return value


Bytes = Annotated[
    bytes,
    BeforeValidator(_decoded),
    PlainSerializer(lambda value: base64.b64encode(value).decode("ascii"), when_used="json"),
]
"""Bytes, written in base64."""

Line = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_printable)]
"""One line that a person wrote."""

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
"""A custodian's name: it becomes the name of files."""

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in hex."""

Moment = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$")]
"""A moment in UTC, to the second."""


class CrossingFile(BaseModel):
    """Base of all of them. The field `format` says which it is."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, strict=True)
    kind: ClassVar[str]
    largest: ClassVar[int] = LARGEST

    def to_bytes(self) -> bytes:
        """The one way to write it: readable, for people look into these files."""
        return written(self.model_dump(mode="json"))

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read it. Raises FileBroken."""
        if len(data) > cls.largest:
            raise FileBroken(cls.kind)
        try:
            found = cls.model_validate(json.loads(data.decode("utf-8")))
            same = found.to_bytes() == data
        except (ValidationError, ValueError, RecursionError):
            raise FileBroken(cls.kind) from None
        if not same:
            raise FileBroken(cls.kind)
        return found

    def unsigned(self) -> bytes:
        """What a signature in it is over: everything but the signature."""
        return canonical(self.model_dump(mode="json", exclude={"signature"}))


def written(value: Any) -> bytes:
    """JSON for people: indented, keys in order of the model, a line break at the end."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def canonical(value: Any) -> bytes:
    """JSON for hashing: sorted keys, no blanks, ASCII only; so one value has one encoding."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")
