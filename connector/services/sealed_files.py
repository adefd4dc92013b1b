"""Files that only the custodians may see: each under a key out of the record's key, named inside."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from connector.domain.tip import CleanFile
from connector.vault.blobs import open_blob, seal_blob
from connector.vault.custodians import Custodian
from connector.vault.record import SealedRecord, seal_bytes

_KEY = 32


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file with its name and kind in front."""

    data: bytes = field(repr=False)


def packed(files: Sequence[CleanFile]) -> list[PackedFile]:
    """Files as they are sealed."""
    found = []
    for file in files:
        head = json.dumps([file.name, file.media_type]).encode()
        found.append(PackedFile(len(head).to_bytes(4, "big") + head + file.data))
    return found


def unpacked(data: bytes) -> CleanFile:
    """A file again."""
    length = int.from_bytes(data[:4], "big")
    name, media_type = json.loads(data[4 : 4 + length])
    return CleanFile(name, media_type, data[4 + length :])


def seal_files(
    files: Sequence[PackedFile], place: str, custodians: Sequence[Custodian], quorum: int
) -> tuple[SealedRecord, tuple[bytes, ...]]:
    """The record that holds the files' key, and the sealed files."""
    key = os.urandom(_KEY)
    sealed = tuple(
        seal_blob(key, file.data, f"{place}|{number}".encode()) for number, file in enumerate(files)
    )
    return seal_bytes(key, place, custodians, quorum), sealed


def open_files(key: bytes, sealed: Sequence[bytes], place: str) -> list[CleanFile]:
    """The files again. Raises SealBroken."""
    return [unpacked(open_blob(key, one, f"{place}|{number}".encode())) for number, one in enumerate(sealed)]
