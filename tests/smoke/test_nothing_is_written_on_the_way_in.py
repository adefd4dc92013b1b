"""A photo and a long tip go through the service without a file of them ever being opened for writing."""

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


def test_a_large_upload_never_touches_the_disk(harness: Harness, opened_for_writing: list[str]) -> None:
    photo = large_photo()
    assert len(photo) > 1_000_000, "above the size at which web frameworks begin to write files"
    reporter = harness.reporter()
    answer = reporter.send("x" * 19_000, files=(photo, photo))
    assert [file["accepted"] for file in answer["files"]] == [True, True]
    assert [path for path in opened_for_writing if "/desk/" not in path and path != "/dev/null"] == []


def test_the_watch_would_notice(opened_for_writing: list[str], tmp_path: Any) -> None:
    (tmp_path / "noticed").write_text("x")
    assert any(path.endswith("noticed") for path in opened_for_writing)
