"""The words that tests plant in files, and how they look for them: by bytes, and through tools that are not ours."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from connector.cleaning import Cleaned, Cleaner, Refused, Upload

WORD = "Xylophagus"
"""Stands in every place where a file can say something of its maker. No tool and no format uses it by itself."""
LATITUDE, LONGITUDE = 48.85661, 2.35222


def needs(tool: str) -> pytest.MarkDecorator:
    """Skips a test loudly where a witness is missing; `make system` brings it."""
    return pytest.mark.skipif(
        shutil.which(tool) is None, reason=f"{tool} is not installed: run `make system`"
    )


def cleaned(cleaner: Cleaner, data: bytes, *, fit: int | None = None) -> Cleaned:
    """The clean file; fails where it was refused."""
    (result,) = cleaner.clean([Upload(data)], fit=fit)
    assert isinstance(result, Cleaned), result
    return result


def refusal(cleaner: Cleaner, data: bytes, declared_type: str | None = None) -> str:
    """The reason of the refusal; fails where the file was accepted."""
    (result,) = cleaner.clean([Upload(data, declared_type)])
    assert isinstance(result, Refused), result
    return result.reason


def spellings(word: str = WORD) -> list[bytes]:
    """The bytes by which the word may stand in a file."""
    return [
        word.encode(),
        word.encode("utf-16-le"),
        word.encode("utf-16-be"),
        word.lower().encode(),
        word.upper().encode(),
    ]


def says_it(data: bytes, word: str = WORD) -> bool:
    """Whether the word stands in the bytes as they are."""
    return any(spelling in data for spelling in spellings(word))


def exiftool_says(data: bytes, name: str, tmp_path: Path) -> dict[str, str]:
    """Everything that exiftool finds, embedded streams and unknown tags too, less what it says of the file itself."""
    path = tmp_path / name
    path.write_bytes(data)
    command = ["exiftool", "-j", "-a", "-G1", "-u", "-ee3", "-api", "largefilesupport=1", str(path)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    (found,) = json.loads(done.stdout)
    return {
        key: str(value)
        for key, value in found.items()
        if not key.startswith(("SourceFile", "ExifTool:", "System:"))
    }
