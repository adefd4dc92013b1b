"""The archives of a backup: a zip with a manifest and a file of JSON lines for each table."""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from connector.errors import TipbridgeError

FORMAT = "tipbridge backup 1"
_MANIFEST = "manifest.json"
_DAMAGED = (KeyError, ValueError, OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What `zipfile` raises over a damaged archive; RuntimeError where it takes one for encrypted or packed otherwise."""


class ArchiveBroken(TipbridgeError):
    """Not an archive of ours, or damaged."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself. `backup` is the same in both parts of a backup; `delete_after` a day or None."""

    backup: str
    part: str
    made_at: str
    schema: str
    audit_seq: int
    audit_hash: str
    delete_after: str | None
    digests: dict[str, str]


def write_archive(path: Path, manifest: Manifest, tables: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    """Write an archive for its owner alone. It has its name only when it is whole and on the disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, lines in tables:
                manifest.digests[name] = _write_table(archive, name, lines)
            archive.writestr(_MANIFEST, json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1))
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)


def read_manifest(path: Path) -> Manifest:
    """What an archive says of itself. Raises ArchiveBroken."""
    try:
        with _opened(path) as archive:
            fields: Any = json.loads(archive.read(_MANIFEST))
        if not isinstance(fields, dict) or fields.pop("format", None) != FORMAT:
            raise ValueError
        return TypeAdapter(Manifest).validate_python(fields)
    except (ValidationError, RecursionError, *_DAMAGED):
        raise ArchiveBroken(f"{path} is no backup of this version of Tipbridge, or is damaged") from None


def check_archive(path: Path, manifest: Manifest) -> None:
    """Read all of it once. Raises ArchiveBroken where a table is not as it was written."""
    for name, digest in manifest.digests.items():
        found = hashlib.sha256()
        for line in table_lines(path, name):
            found.update(line)
        if found.hexdigest() != digest:
            raise ArchiveBroken(f"{path} is damaged: the table {name} is not as it was written")


def table_lines(path: Path, name: str) -> Iterator[bytes]:
    """The rows of a table. Raises ArchiveBroken."""
    with _opened(path) as archive:
        try:
            with archive.open(f"tables/{name}.jsonl") as file:
                yield from file
        except _DAMAGED:
            raise ArchiveBroken(f"{path} is damaged: the table {name} cannot be read") from None


def _write_table(archive: zipfile.ZipFile, name: str, lines: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    with archive.open(f"tables/{name}.jsonl", "w", force_zip64=True) as file:
        for line in lines:
            digest.update(line)
            file.write(line)
    return digest.hexdigest()


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except _DAMAGED:
        raise ArchiveBroken(f"{path} cannot be read, or is no backup") from None
