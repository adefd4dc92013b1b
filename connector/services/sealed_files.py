"""Files that only the custodians may see: in pieces, under a key that lies in the vault's record `files` of the case."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from connector.domain.blob import as_blob
from connector.domain.tip import CleanFile
from connector.store import Store
from connector.vault.derivation import KEY_BYTES, derived
from connector.vault.keyring import SealBroken
from connector.vault.pieces import opened_piece, sealed_pieces

_BATCH_BYTES = 6
_AT_ONCE = 16
"""Pieces in one transaction: others want to write, too."""


@dataclass(frozen=True, slots=True)
class FilesKey:
    """What the record holds: the key of the files of one case, and the mark by which their pieces are told from others."""

    key: bytes = field(repr=False)
    batch: bytes

    @classmethod
    def new(cls) -> "FilesKey":
        """A fresh one."""
        return cls(os.urandom(KEY_BYTES), os.urandom(_BATCH_BYTES))

    @classmethod
    def from_bytes(cls, data: bytes) -> "FilesKey":
        """The key again. Raises SealBroken."""
        if len(data) != KEY_BYTES + _BATCH_BYTES:
            raise SealBroken
        return cls(data[:KEY_BYTES], data[KEY_BYTES:])

    def to_bytes(self) -> bytes:
        """As the record holds it."""
        return self.key + self.batch

    def name_of(self, number: int) -> str:
        """By which the pieces of a file are found."""
        return f"{self.batch.hex()}.{number:04d}"

    def of_file(self, number: int) -> bytes:
        """Each file has a key of its own, for pieces are numbered from nought."""
        return derived(self.key, b"sealed-file|" + str(number).encode())


def seal_file(
    store: Store, case_hash: bytes, place: str, key: FilesKey, number: int, file: CleanFile
) -> None:
    """Write a file down for the custodians; durable when this returns. A second time replaces the first."""
    name = key.name_of(number)
    head = json.dumps([file.name, file.media_type, file.size]).encode()
    with store.write() as tx:
        tx.vault.remove_pieces(case_hash, name)
    batch: dict[str, bytes] = {}
    pieces = chain([head], as_blob(file.content).pieces())
    for index, sealed in enumerate(sealed_pieces(key.of_file(number), _context(place, number), pieces)):
        batch[f"{name}.{index:06d}"] = sealed
        if len(batch) == _AT_ONCE:
            _put(store, case_hash, batch)
            batch = {}
    _put(store, case_hash, batch)


def open_files(store: Store, case_hash: bytes, place: str, key: FilesKey) -> list[CleanFile]:
    """The files again, to be read piece by piece. Raises SealBroken."""
    with store.read() as tx:
        names = tx.vault.piece_names(case_hash, key.batch.hex())
    by_file: dict[str, list[str]] = {}
    for name in names:
        by_file.setdefault(name.rpartition(".")[0], []).append(name)
    return [_opened(store, case_hash, place, key, some) for some in by_file.values()]


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A sealed file's content; its first piece is the head. Reading raises SealBroken."""

    store: Store = field(repr=False)
    case_hash: bytes = field(repr=False)
    context: bytes
    key: bytes = field(repr=False)
    names: tuple[str, ...]
    size: int = 0

    def piece(self, index: int) -> bytes:
        with self.store.read() as tx:
            sealed = tx.vault.piece(self.case_hash, self.names[index])
        if sealed is None:
            raise SealBroken
        last = index == len(self.names) - 1
        return opened_piece(self.key, self.context, index, sealed, last=last)

    def pieces(self) -> Iterator[bytes]:
        """All bytes in order."""
        for index in range(1, len(self.names)):
            yield self.piece(index)


def _opened(store: Store, case_hash: bytes, place: str, key: FilesKey, names: list[str]) -> CleanFile:
    number = int(names[0].split(".")[1])
    sealed = _Sealed(store, case_hash, _context(place, number), key.of_file(number), tuple(names))
    name, media_type, size = json.loads(sealed.piece(0))
    return CleanFile(name, media_type, replace(sealed, size=size))


def _put(store: Store, case_hash: bytes, batch: dict[str, bytes]) -> None:
    if batch:
        with store.write() as tx:
            tx.vault.add_pieces(case_hash, batch)


def _context(place: str, number: int) -> bytes:
    return f"{place}|{number}".encode()
