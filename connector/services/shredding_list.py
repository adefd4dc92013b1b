"""What was shredded, in a file of its own: the one thing that a restore cannot do without.

One JSON line for each shredding: the day, the cases, the head of the audit log before it, and a hash over this line and the
one before, so that nothing in it is altered or left out unnoticed. The file is only ever added to, and synced before anything
is shredded. It belongs on another machine, beside the head of the log: a list cut off at its end is still a list.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from connector.errors import TipbridgeError
from connector.vault.audit import Head

_HEADER = b"tipbridge shredding list 1\n"


class ListBroken(TipbridgeError):
    """Not a shredding list, or altered."""


@dataclass(frozen=True, slots=True)
class Shredding:
    """A day, the cases that were shredded, the head of the audit log before it."""

    on: date
    cases: tuple[str, ...]
    head: Head


@dataclass(frozen=True, slots=True)
class ShreddingList:
    """The list of an installation."""

    path: Path

    def begin(self) -> None:
        """Make an empty list where there is none, so that there is one to be kept from the first day."""
        if not self.path.exists():
            self._append(())

    def add(self, numbers: Sequence[str], on: date, head: Head) -> None:
        """Put cases on the list; when this returns, they are on the disk."""
        self._append([Shredding(on, tuple(numbers), head)])

    def entries(self) -> list[Shredding]:
        """All of it; nothing where there is no list. Raises ListBroken."""
        try:
            header, *lines = _whole(self.path.read_bytes()).splitlines(keepends=True) or [b""]
        except FileNotFoundError:
            return []
        except OSError:
            raise ListBroken(f"{self.path} cannot be read") from None
        if header != _HEADER:
            raise ListBroken(f"{self.path} is no shredding list; bring the newest copy of it")
        found: list[Shredding] = []
        before = header
        for line in lines:
            try:
                entry = _read(line)
                same = _line(entry, before) == line
            except (ValueError, KeyError, TypeError, RecursionError):
                same = False
            if not same:
                raise ListBroken(
                    f"{self.path} was altered after {len(found)} entries; bring another copy of it"
                )
            found.append(entry)
            before = line
        return found

    def numbers(self) -> set[str]:
        """All cases that were ever shredded. Raises ListBroken."""
        return {number for entry in self.entries() for number in entry.cases}

    def take_over(self, other: "ShreddingList") -> None:
        """Go on with another list, as after a restore; what is on this one stays on it. Raises ListBroken."""
        mine = self.numbers()
        self._append([entry for entry in other.entries() if not set(entry.cases) <= mine])

    def _append(self, entries: Iterable[Shredding]) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b") as file:
            # Several processes may shred at once, and each line leans on the one before.
            fcntl.flock(file, fcntl.LOCK_EX)
            whole = _whole(file.read()) or _HEADER
            before = whole[whole.rfind(b"\n", 0, -1) + 1 :]
            file.truncate(0 if whole == _HEADER else len(whole))
            file.seek(0, os.SEEK_END)
            if whole == _HEADER:
                file.write(_HEADER)
            for entry in entries:
                before = _line(entry, before)
                file.write(before)
            file.flush()
            os.fsync(file.fileno())


def _whole(data: bytes) -> bytes:
    """Without a line that a power cut tore off: it was not synced, so nothing was shredded on it."""
    return data[: data.rfind(b"\n") + 1]


def _read(line: bytes) -> Shredding:
    fields = json.loads(line)
    head = Head(int(fields["seq"]), bytes.fromhex(fields["head"]))
    return Shredding(date.fromisoformat(fields["on"]), tuple(map(str, fields["cases"])), head)


def _line(entry: Shredding, before: bytes) -> bytes:
    fields = {
        "on": entry.on.isoformat(),
        "seq": entry.head.seq,
        "head": entry.head.hash.hex(),
        "cases": list(entry.cases),
    }
    covered = before + json.dumps(fields).encode("ascii")
    return json.dumps({**fields, "hash": hashlib.sha256(covered).hexdigest()}).encode("ascii") + b"\n"
