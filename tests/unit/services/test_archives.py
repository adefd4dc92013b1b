"""A backup's archives: read as they were written, or refused in one line, whatever was altered in them."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connector.services.archives import (
    ArchiveBroken,
    Manifest,
    check_archive,
    read_manifest,
    table_lines,
    write_archive,
)

TABLES = {
    "records": [b'{"a":1}\n', b'{"a":"' + b"x" * 300 + b'"}\n'],
    "shares": [],
    "cases": [b'{"n":2}\n'] * 50,
}


def _written(path: Path) -> None:
    made = Manifest("0a1b", "vault", "2026-11-24T08:00:00+00:00", "0002", 7, "0" * 64, "2026-12-24", {})
    write_archive(path, made, TABLES.items())


def _read(path: Path) -> tuple[Manifest, dict[str, list[bytes]]]:
    manifest = read_manifest(path)
    check_archive(path, manifest)
    return manifest, {name: list(table_lines(path, name)) for name in manifest.digests}


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "archive.zip"
    _written(path)
    manifest, tables = _read(path)
    assert tables == TABLES
    assert (manifest.backup, manifest.delete_after) == ("0a1b", "2026-12-24")
    assert list(tmp_path.iterdir()) == [path]


def test_a_bit_altered_anywhere_is_refused_or_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "archive.zip"
    _written(path)
    whole, meant = path.read_bytes(), _read(path)
    refused = 0
    for position in range(len(whole)):
        for bit in (1, 8, 128):
            path.write_bytes(whole[:position] + bytes([whole[position] ^ bit]) + whole[position + 1 :])
            try:
                assert _read(path) == meant
            except ArchiveBroken:
                refused += 1
    # What may be altered is what nobody reads: times and rights that zip notes for each file.
    assert refused > 3 * len(whole) // 2


@pytest.mark.parametrize("part", [0, 1, 50, 300, -1])
def test_an_archive_cut_off_is_refused(tmp_path: Path, part: int) -> None:
    path = tmp_path / "archive.zip"
    _written(path)
    path.write_bytes(path.read_bytes()[:part])
    with pytest.raises(ArchiveBroken):
        _read(path)


@settings(max_examples=50)
@given(st.binary(max_size=500))
def test_any_other_file_is_refused(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    path = tmp_path_factory.mktemp("archive") / "archive.zip"
    path.write_bytes(body)
    with pytest.raises(ArchiveBroken):
        _read(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", body)
    with pytest.raises(ArchiveBroken):
        _read(path)
