"""What a reporter is answered, and the same answer again when the same call comes twice."""

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from connector.cleaning import TextWarning
from connector.domain.case import CaseNumber
from connector.domain.code import Code


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file. `name` is ours; the reporter's file name is never echoed.

    `accepted` None: still being cleaned. `forwarded` says whether it goes to the helpdesk. `removed` and `reason` are
    plain words for the reporter.
    """

    index: int
    name: str
    accepted: bool | None
    forwarded: bool
    removed: tuple[str, ...] = ()
    reason: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The shape of the public API."""
        return {
            "index": self.index,
            "name": self.name,
            "accepted": self.accepted,
            "forwarded": self.forwarded,
            "removed": list(self.removed),
            "reason": self.reason,
        }

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> "FileOutcome":
        """Read back what `as_json` wrote."""
        return cls(**{**fields, "removed": tuple(fields["removed"])})


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a tip. The code is shown to the reporter once; the case number is for the programme's own app."""

    case: CaseNumber
    code: Code
    files: tuple[FileOutcome, ...] = ()
    warnings: tuple[TextWarning, ...] = ()

    def to_bytes(self) -> bytes:
        """The answer as JSON, with the code in the clear: for the reporter, or to be sealed."""
        body = {
            "case": self.case,
            "code": self.code.reveal(),
            "files": [file.as_json() for file in self.files],
            "warnings": [asdict(warning) for warning in self.warnings],
        }
        return json.dumps(body, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Receipt":
        """The answer again."""
        body = json.loads(data)
        files = tuple(FileOutcome.from_json(fields) for fields in body["files"])
        warnings = tuple(TextWarning(**fields) for fields in body["warnings"])
        return cls(CaseNumber(body["case"]), Code.parse(body["code"]), files, warnings)


@dataclass(frozen=True, slots=True)
class FollowUpReceipt:
    """The answer to a message written from the inbox."""

    message_id: str
    files: tuple[FileOutcome, ...] = ()

    def to_bytes(self) -> bytes:
        """The answer as JSON."""
        return json.dumps({"id": self.message_id, "files": [file.as_json() for file in self.files]}).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "FollowUpReceipt":
        """The answer again."""
        body = json.loads(data)
        return cls(body["id"], tuple(FileOutcome.from_json(fields) for fields in body["files"]))


Sender = Literal["staff", "you"]
