"""Large files are not part of an outbox row: they are held beside it in sealed pieces, and read piece by piece."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from connector.clock import Clock
from connector.domain.blob import PIECE, Blob, as_blob
from connector.domain.tip import CleanFile
from connector.services.identifiers import new_id
from connector.store import Store
from connector.vault.derivation import KEY_BYTES
from connector.vault.keyring import SealBroken
from connector.vault.pieces import opened_piece, sealed_pieces

LARGE = 4_000_000
"""Bytes from which on a file is held beside its row."""
_AT_ONCE = 16
"""Pieces in one transaction: others want to write, too."""
_FORGOTTEN_AFTER = timedelta(days=1)
"""A file that nothing needs by then was left by a process that died before it could record the tip."""


@dataclass(frozen=True, slots=True)
class HeldBlob:
    """A held file: read from the database each time, one piece at a time. Reading raises SealBroken."""

    file_id: str
    size: int
    key: bytes = field(repr=False)
    store: Store = field(repr=False, compare=False)

    def pieces(self) -> Iterator[bytes]:
        """All bytes in order."""
        count = _count(self.size)
        for number in range(count):
            with self.store.read() as tx:
                sealed = tx.held.piece(self.file_id, number)
            if sealed is None:
                raise SealBroken
            yield opened_piece(self.key, _context(self.file_id), number, sealed, last=number == count - 1)


class Holding:
    """Holds files until the last helpdesk has them."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def hold(self, content: Blob) -> HeldBlob:
        """Write a content down. It is nobody's until a row that needs it is recorded; durable when this returns."""
        held = HeldBlob(new_id(), content.size, os.urandom(KEY_BYTES), self._store)
        with self._store.write() as tx:
            tx.held.begin(held.file_id, self._clock.now())
        batch: dict[int, bytes] = {}
        for number, sealed in enumerate(sealed_pieces(held.key, _context(held.file_id), content.pieces())):
            batch[number] = sealed
            if len(batch) == _AT_ONCE:
                self._add(held.file_id, batch)
                batch = {}
        self._add(held.file_id, batch)
        return held

    def hold_large(self, files: Sequence[CleanFile]) -> tuple[CleanFile, ...]:
        """The files, the large ones of them held. Raises StoreUnavailable."""
        return tuple(
            replace(file, content=self.hold(as_blob(file.content)))
            if file.size >= LARGE and not isinstance(file.content, HeldBlob)
            else file
            for file in files
        )

    def again(self, file_id: str, size: int, key: bytes) -> HeldBlob:
        """A file that was held before."""
        return HeldBlob(file_id, size, key, self._store)

    def require(self, files: Sequence[CleanFile]) -> None:
        """Raise SealBroken unless all pieces of the held ones are there: better before sending than in the middle."""
        with self._store.read() as tx:
            for file_id, size in held_in(files).items():
                if tx.held.count(file_id) != _count(size):
                    raise SealBroken

    def forget(self) -> int:
        """Remove what nothing needs any more; how many files that were."""
        with self._store.write() as tx:
            return tx.held.remove_unneeded(self._clock.now() - _FORGOTTEN_AFTER)

    def _add(self, file_id: str, batch: dict[int, bytes]) -> None:
        if batch:
            with self._store.write() as tx:
                tx.held.add(file_id, batch)


def held_in(files: Sequence[CleanFile]) -> dict[str, int]:
    """The held ones among files, with their sizes."""
    return {file.content.file_id: file.size for file in files if isinstance(file.content, HeldBlob)}


def _count(size: int) -> int:
    return max(1, -(-size // PIECE))


def _context(file_id: str) -> bytes:
    return f"held|{file_id}".encode()
