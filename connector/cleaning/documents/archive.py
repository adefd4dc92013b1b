"""Office documents are ZIP archives (PKWARE APPNOTE 6.3): read with suspicion, written as plainly as can be."""

import encodings.cp437  # noqa: F401 - names without the mark of UTF-8 need it, and nothing can be loaded later
import zipfile
from collections.abc import Iterable
from typing import BinaryIO

from connector.cleaning.routines import CannotClean, Wish
from connector.cleaning.words import Trouble

_MOST_MEMBERS = 20_000
_PIECE = 1 << 20
_ENCRYPTED = 0x1
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


class Archive:
    """The members of an archive. What is unpacked is counted."""

    def __init__(self, source: BinaryIO, wish: Wish) -> None:
        """Raises CannotClean for one that is encrypted, holds a name twice, or is packed in unusual ways."""
        try:
            self._zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError):
            raise CannotClean(Trouble.DAMAGED) from None
        self._left = wish.unpacked_bytes
        members = [member for member in self._zip.infolist() if not member.is_dir()]
        if len(members) > _MOST_MEMBERS:
            raise CannotClean(Trouble.TOO_LONG)
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise CannotClean(Trouble.ENCRYPTED)
        self._members = {member.filename.replace("\\", "/").lstrip("/"): member for member in members}
        # Two of one name: readers differ in which they show.
        if len({name.lower() for name in self._members}) < len(members):
            raise CannotClean(Trouble.UNKNOWN_PARTS)

    @property
    def names(self) -> tuple[str, ...]:
        """All names, in the order of the archive."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a member. Raises CannotClean for too many, and where they are damaged."""
        member = self._members[name]
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise CannotClean(Trouble.UNKNOWN_PARTS)
        pieces = []
        try:
            with self._zip.open(member) as opened:
                while piece := opened.read(_PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise CannotClean(Trouble.TOO_LONG)
                    pieces.append(piece)
        except (zipfile.BadZipFile, EOFError, OSError) as why:
            raise CannotClean(Trouble.DAMAGED) from why
        return b"".join(pieces)


def write_archive(out: BinaryIO, members: Iterable[tuple[str, bytes]], *, unpacked: str | None = None) -> None:
    """A fresh archive: no times, no comments, nothing of the system; the member `unpacked` is not packed."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as fresh:
        for name, data in members:
            member = zipfile.ZipInfo(name, _FIRST_DAY)
            member.create_system = 0
            member.external_attr = 0
            member.compress_type = zipfile.ZIP_STORED if name == unpacked else zipfile.ZIP_DEFLATED
            fresh.writestr(member, data)
