"""Rotation of key files: the new key first, the old ones as long as needed, and never half a file."""

import stat
from datetime import date
from pathlib import Path

import pytest

from connector.vault.key_files import drop_retired, read_key_file, rotate
from tests.unit.vault.new_keys import TODAY, new_key_file


def test_rotation_puts_a_new_key_first_and_keeps_the_old_one(tmp_path: Path) -> None:
    path = new_key_file(tmp_path)
    _, (first,) = read_key_file(path)
    rotate(path, date(2026, 12, 1))
    _, (new, old) = read_key_file(path)
    assert (new.active, new.created, old.active) == (True, date(2026, 12, 1), False)
    assert (old.key_id, old.created, old.secret) == (first.key_id, first.created, first.secret)
    assert new.secret != first.secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_only_retired_keys_that_nothing_needs_are_dropped_and_the_latest_one_stays(tmp_path: Path) -> None:
    path = new_key_file(tmp_path)
    for _ in range(3):
        rotate(path, TODAY)
    _, (active, latest, middle, oldest) = read_key_file(path)
    assert drop_retired(path, still_needed={oldest.key_id}) == 1
    assert [key.key_id for key in read_key_file(path)[1]] == [active.key_id, latest.key_id, oldest.key_id]
    assert middle.key_id not in path.read_text()
    assert drop_retired(path, still_needed=set()) == 1
    assert drop_retired(path, still_needed=set()) == 0
    assert [key.key_id for key in read_key_file(path)[1]] == [active.key_id, latest.key_id]


def test_a_draft_that_lay_open_to_others_does_not_become_the_key_file(tmp_path: Path) -> None:
    path = new_key_file(tmp_path)
    draft = path.with_suffix(".new")
    draft.write_text("half a line of a rotation that the power cut ended")
    draft.chmod(0o644)
    rotate(path, TODAY)
    assert len(read_key_file(path)[1]) == 2
    assert not draft.exists()


def test_a_rotation_that_cannot_be_finished_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new_key_file(tmp_path)
    before = path.read_bytes()

    def disk_full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("connector.vault.key_files.os.fsync", disk_full)
    with pytest.raises(OSError, match="No space"):
        rotate(path, TODAY)
    assert path.read_bytes() == before
