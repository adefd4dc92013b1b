"""`tipbridge clean`: for anybody's files, without a config, and never over a file that is there."""

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image


def photo() -> bytes:
    file, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "Xylophagus Camera Works"
    Image.effect_noise((60, 40), 80).convert("RGB").save(file, "JPEG", exif=exif)
    return file.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "alice at the gym 2026-11-24.jpg").write_bytes(photo())
    (tmp_path / "empty.jpg").write_bytes(b"")
    return tmp_path


def tipbridge(where: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "connector", *words]
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, cwd=where, env=environ
    )


def clean(where: Path, *words: str) -> tuple[int, Any]:
    done = tipbridge(where, "clean", *words, "-o", "out", "--json")
    return done.returncode, json.loads(done.stdout)


def test_a_clean_file_goes_under_a_new_name_into_the_directory(files: Path) -> None:
    status, told = clean(files, "alice at the gym 2026-11-24.jpg")
    assert status == 0
    (entry,) = told
    assert entry["file"] == "alice at the gym 2026-11-24.jpg"
    assert (entry["accepted"], entry["name"], entry["reason"]) == (True, "photo-1.jpg", None)
    assert "camera and phone details" in entry["removed"]
    (made,) = (files / "out").iterdir()
    assert made.name == "photo-1.jpg"
    assert b"Xylophagus" not in made.read_bytes()


def test_a_refusal_ends_with_one_and_the_others_are_cleaned(files: Path) -> None:
    status, told = clean(files, "empty.jpg", "alice at the gym 2026-11-24.jpg")
    assert status == 1
    assert [entry["accepted"] for entry in told] == [False, True]
    assert told[0]["reason"]
    assert [path.name for path in (files / "out").iterdir()] == ["photo-2.jpg"]


def test_for_people_it_says_in_a_line_each_what_was_done(files: Path) -> None:
    done = tipbridge(files, "clean", "empty.jpg", "alice at the gym 2026-11-24.jpg", "-o", "out")
    refused, cleaned = done.stdout.splitlines()
    assert refused.startswith("empty.jpg: refused. This file is empty.")
    assert cleaned.startswith("alice at the gym 2026-11-24.jpg: photo-2.jpg; taken out: ")


def test_no_file_is_written_over(files: Path) -> None:
    (files / "out").mkdir()
    (files / "out" / "photo-1.jpg").write_text("mine")
    done = tipbridge(files, "clean", "alice at the gym 2026-11-24.jpg", "-o", "out")
    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert (files / "out" / "photo-1.jpg").read_text() == "mine"


def test_a_config_beside_it_says_how_and_nothing_else_in_it_matters(files: Path) -> None:
    (files / "config.yaml").write_text("cleaning: {photos: neither}\nhelpdesks: {x: {token: '${NOT_SET}'}}\n")
    done = tipbridge(files, "clean", "alice at the gym 2026-11-24.jpg", "-o", "out")
    assert done.returncode == 2
    assert "cleaning.photos" in done.stderr
    assert "NOT_SET" not in done.stderr
    (files / "config.yaml").write_text("cleaning: {photos: recode}\nhelpdesks: {x: {token: '${NOT_SET}'}}\n")
    assert tipbridge(files, "clean", "alice at the gym 2026-11-24.jpg", "-o", "out").returncode == 0
