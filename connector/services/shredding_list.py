"""What was shredded, in a file of its own: the one thing that a restore cannot do without.

One JSON line for each shredding: the day, the cases, and the head of the audit log before it. The file is only ever added to,
and synced before anything is shredded. It belongs on another machine, beside the head of the log.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from connector.errors import TipbridgeError
from connector.vault.audit import Head

_HEADER = "tipbridge shredding list 1"


class ListBroken(TipbridgeError):
    """Not a shredding list, or altered."""


@dataclass(frozen=True, slots=True)
class _Row:
    on: str
    cases: tuple[str, ...]
    head: Head


@dataclass(frozen=True, slots=True)
class ShreddingList:
    """The list of an installation."""

    path: Path

    def begin(self) -> None:
        """Make an empty list where there is none, so that there is one to be kept from the first day."""
        if not self.path.exists():
            self._append(_HEADER)

    def add(self, numbers: Sequence[str], on: date, head: Head) -> None:
        """Put cases on the list; when this returns, they are on the disk."""
        self.begin()
        self._append(_line(_Row(on.isoformat(), tuple(numbers), head)))

    def numbers(self) -> set[str]:
        """All cases that were ever shredded. Raises ListBroken."""
        return {number for row in self._rows() for number in row.cases}

    def take_over(self, other: "ShreddingList") -> None:
        """Go on with another list, as after a restore; what is on this one stays on it. Raises ListBroken."""
        mine = self.numbers()
        missing = [row for row in other._rows() if not set(row.cases) <= mine]  # noqa: SLF001  another of the kind
        self.begin()
        for row in missing:
            self._append(_line(row))

    def last_head(self) -> Head | None:
        """The head of the audit log before the last shredding; None where there was none. Raises ListBroken."""
        rows = self._rows()
        return rows[-1].head if rows else None

    def _rows(self) -> list[_Row]:
        try:
            header, *lines = self.path.read_text(encoding="ascii").splitlines() or [""]
        except FileNotFoundError:
            return []
        except (OSError, UnicodeDecodeError):
            raise ListBroken(f"{self.path} cannot be read") from None
        if header != _HEADER:
            raise ListBroken(f"{self.path} is no shredding list")
        try:
            return [_row(line) for line in lines]
        except (ValueError, KeyError, TypeError):
            raise ListBroken(f"{self.path} was altered: a line in it is no entry") from None

    def _append(self, line: str) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, line.encode("ascii") + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)


def _row(line: str) -> _Row:
    fields = json.loads(line)
    return _Row(
        str(fields["on"]),
        tuple(map(str, fields["cases"])),
        Head(int(fields["seq"]), bytes.fromhex(fields["hash"])),
    )


def _line(row: _Row) -> str:
    return json.dumps(
        {"on": row.on, "seq": row.head.seq, "hash": row.head.hash.hex(), "cases": list(row.cases)}
    )
