"""Key files: for their owner alone, refused by name where anything is odd."""

import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from connector.errors import ConfigError
from connector.vault.key_files import create_key_file, read_key_file
from connector.vault.keyring import PepperRing, ServiceKeys
from tests.unit.vault.new_keys import TODAY, new_key_file

SECRET = "5ec2e7" + "ab" * 29
GOOD = f"0a1b2c3d 2026-11-24 active  {SECRET}"
HEADER = "tipbridge key file 1 service"


def written(folder: Path, *lines: str) -> Path:
    path = folder / "service.key"
    path.write_text("\n".join(lines) + "\n")
    path.chmod(0o600)
    return path


def refused_as(error_id: str, reading: Callable[[], object]) -> None:
    """Refused under this id, with a remedy, and without a word of any key."""
    with pytest.raises(ConfigError) as refusal:
        reading()
    assert refusal.value.error_id == error_id
    assert str(refusal.value).startswith(f"{error_id} ")
    assert refusal.value.remedy
    assert SECRET[:6] not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_a_new_key_file_has_one_active_key_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "service.key"
    create_key_file(path, "service", TODAY)
    kind, (key,) = read_key_file(path)
    assert (kind, key.active, key.created, len(key.secret.reveal())) == ("service", True, TODAY, 32)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["service.key"]


def test_the_documented_lines_are_a_key_file(tmp_path: Path) -> None:
    kind, keys = read_key_file(written(tmp_path, HEADER, GOOD, f"77ab54e0 2026-05-02 retired {'cd' * 32}"))
    assert kind == "service"
    assert [(key.key_id, key.created, key.active, key.secret.reveal().hex()) for key in keys] == [
        ("0a1b2c3d", TODAY, True, SECRET),
        ("77ab54e0", date(2026, 5, 2), False, "cd" * 32),
    ]


def test_an_existing_key_file_is_never_written_over(tmp_path: Path) -> None:
    path = new_key_file(tmp_path)
    before = path.read_bytes()
    refused_as("VLT-E001", lambda: create_key_file(path, "service", TODAY))
    assert path.read_bytes() == before


def test_a_missing_key_file_is_named(tmp_path: Path) -> None:
    refused_as("VLT-E002", lambda: ServiceKeys.load(tmp_path / "service.key"))


def test_a_folder_and_a_file_of_other_bytes_cannot_be_read(tmp_path: Path) -> None:
    refused_as("VLT-E003", lambda: read_key_file(tmp_path))
    path = tmp_path / "service.key"
    path.write_bytes(b"\xff\xfe" + SECRET.encode())
    path.chmod(0o600)
    refused_as("VLT-E003", lambda: read_key_file(path))


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o610, 0o601, 0o602, 0o666])
def test_a_key_file_open_to_anybody_else_is_refused(mode: int, tmp_path: Path) -> None:
    path = new_key_file(tmp_path)
    path.chmod(mode)
    refused_as("VLT-E004", lambda: ServiceKeys.load(path))


@pytest.mark.parametrize("mode", [0o400, 0o600, 0o700])
def test_whatever_its_owner_may_do_is_fine(mode: int, tmp_path: Path) -> None:
    path = new_key_file(tmp_path)
    path.chmod(mode)
    assert len(ServiceKeys.load(path).key_ids()) == 1


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (HEADER,),
        ("tipbridge key file 2 service", GOOD),
        ("tipbridge key file 1 custodian", GOOD),
        (GOOD,),
        (HEADER, GOOD[:-2]),
        (HEADER, GOOD + "00"),
        (HEADER, GOOD[:-1] + "g"),
        (HEADER, f"{GOOD} more"),
        (HEADER, GOOD.replace("active ", "lively ")),
        (HEADER, GOOD.replace("active ", "retired")),
        (HEADER, GOOD.replace("2026-11-24", "yesterday")),
        (HEADER, GOOD.replace("2026-11-24", SECRET)),
        (HEADER, GOOD.replace("0a1b2c3d", "hello!")),
        (HEADER, GOOD.replace("0a1b2c3d", "0a1b2c")),
        (HEADER, GOOD, GOOD.replace("0a1b2c3d", "77ab54e0")),
        (HEADER, GOOD, GOOD.replace("active ", "retired")),
        (HEADER, GOOD.replace("active ", "retired"), GOOD.replace("0a1b2c3d", "77ab54e0")),
        (HEADER, GOOD, ""),
    ],
)
def test_a_damaged_key_file_is_refused_without_showing_a_key(lines: tuple[str, ...], tmp_path: Path) -> None:
    refused_as("VLT-E005", lambda: read_key_file(written(tmp_path, *lines)))


def test_peppers_in_the_place_of_service_keys_are_refused(tmp_path: Path) -> None:
    refused_as("VLT-E006", lambda: ServiceKeys.load(new_key_file(tmp_path, "pepper")))
    refused_as("VLT-E006", lambda: PepperRing.load(new_key_file(tmp_path, "service")))
