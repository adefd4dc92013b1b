"""The archives of a backup: a zip with a manifest and a file of JSON lines for each table."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from connector.errors import TipbridgeError

FORMAT = "tipbridge backup 1"
_MANIFEST = "manifest.json"


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
    with _opened(path) as archive:
        try:
            fields: dict[str, Any] = json.loads(archive.read(_MANIFEST))
            found = fields.pop("format", None)
            manifest = Manifest(**fields)
        except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile):
            found = None
    if found != FORMAT:
        raise ArchiveBroken(f"{path} is no backup of this version of Tipbridge, or is damaged")
    return manifest


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
        except (KeyError, zipfile.BadZipFile, EOFError, OSError):
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
    except (OSError, zipfile.BadZipFile):
        raise ArchiveBroken(f"{path} cannot be read, or is no backup") from None
