"""A photo and a long tip go through the service without a file of them ever lying on the disk in the clear."""

import os
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.harness import Harness

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_watching: list[str] | None = None


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    # An audit hook (PEP 578) hears every open of this process, whichever library does it. It cannot be removed again.
    if _watching is None:
        return
    if event == "open" and isinstance(arguments[0], str) and arguments[2] & _WRITING:
        _watching.append(arguments[0])
    if event.startswith("tempfile."):
        _watching.append(event)


sys.addaudithook(_hear)


@pytest.fixture
def opened_for_writing() -> Iterator[list[str]]:
    """The paths that are opened for writing while the test runs."""
    global _watching  # noqa: PLW0603  the hook has no other way to see the fixture
    _watching = []
    yield _watching
    _watching = None


def large_photo() -> bytes:
    file = BytesIO()
    Image.effect_noise((1600, 1600), 90).convert("RGB").save(file, "JPEG", quality=95)
    return file.getvalue()


def opened_by_us(paths: list[str]) -> set[str]:
    return {path for path in paths if "/desk/" not in path and path != "/dev/null"}


def test_a_photo_never_touches_the_disk(harness: Harness, opened_for_writing: list[str]) -> None:
    photo = large_photo()
    assert 1_000_000 < len(photo) < 4_000_000, "above the size at which web frameworks begin to write files"
    answer = harness.reporter().send("x" * 19_000, files=(photo,))
    assert [file["accepted"] for file in answer["files"]] == [True]
    assert opened_by_us(opened_for_writing) == set()


def test_what_is_larger_is_written_encrypted_and_without_a_name(
    harness: Harness, opened_for_writing: list[str]
) -> None:
    photo = large_photo()
    answer = harness.reporter().send("x" * 19_000, files=(photo, photo, photo))
    assert [file["accepted"] for file in answer["files"]] == [True, True, True]
    # That what lies in these files is ciphertext is shown in tests/unit/vault/test_spool.py.
    spool = harness.app.spool
    assert opened_by_us(opened_for_writing) == {str(spool)}
    assert list(spool.iterdir()) == []


def test_the_watch_would_notice(opened_for_writing: list[str], tmp_path: Any) -> None:
    (tmp_path / "noticed").write_text("x")
    assert any(path.endswith("noticed") for path in opened_for_writing)
