"""Whatever a photo carries besides its picture is gone afterwards. Witnesses: a search of the bytes, and exiftool."""

import json
import shutil
import subprocess

import pytest

from connector.cleaning import Cleaned, Cleaner, Upload
from tests.fixtures_photos import (
    jpeg,
    loaded_jpeg,
    loaded_png,
    picture,
    planted_chunks,
    planted_in,
    planted_segments,
    png,
    with_chunks,
    with_segments,
)
from tests.unit.cleaning.asking import cleaned

_TECHNICAL = {"File", "ExifTool", "Composite", "JFIF"}
"""Groups in which exiftool reports what follows from the pixels and the file itself."""
_OF_A_BARE_PNG = {
    *("ImageWidth", "ImageHeight", "BitDepth", "ColorType", "Compression", "Filter", "Interlace"),
}


def _exiftool(data: bytes) -> dict[str, object]:
    """Everything that exiftool sees in these bytes, as `Group:Tag`."""
    command = shutil.which("exiftool")
    if command is None:
        pytest.skip("NOT CHECKED BY EXIFTOOL: it is not installed; `make system` does that")
    answer = subprocess.run(
        [command, "-json", "-a", "-u", "-G0", "-ee", "-"], input=data, capture_output=True, check=False
    )
    (seen,) = json.loads(answer.stdout)
    assert isinstance(seen, dict)
    return seen


def _told(data: bytes) -> set[str]:
    """The tags that tell more than the picture does."""
    return {
        tag
        for tag in _exiftool(data)
        if ":" in tag
        and tag.partition(":")[0] not in _TECHNICAL
        and tag.partition(":")[2] not in _OF_A_BARE_PNG
    }


def test_a_jpeg_with_everything_in_it_comes_out_with_nothing(cleaner: Cleaner) -> None:
    photo = loaded_jpeg()
    assert len(planted_in(photo)) >= 20
    assert planted_in(cleaned(cleaner, photo).data) == set()


def test_a_png_with_everything_in_it_comes_out_with_nothing(cleaner: Cleaner) -> None:
    photo = loaded_png()
    assert len(planted_in(photo)) >= 15
    assert planted_in(cleaned(cleaner, photo).data) == set()


@pytest.mark.parametrize("name", planted_segments())
def test_each_thing_in_a_jpeg_is_told_to_the_reporter_and_gone(cleaner: Cleaner, name: str) -> None:
    photo = with_segments(jpeg(), planted_segments()[name])
    result = cleaned(cleaner, photo)
    assert planted_in(photo) != set()
    assert planted_in(result.data) == set()
    assert result.removed != ()


@pytest.mark.parametrize("name", planted_chunks())
def test_each_thing_in_a_png_is_told_to_the_reporter_and_gone(cleaner: Cleaner, name: str) -> None:
    result = cleaned(cleaner, with_chunks(png(), planted_chunks()[name]))
    assert planted_in(result.data) == set()
    assert result.removed != ()


def test_exiftool_finds_nothing_in_a_cleaned_jpeg(cleaner: Cleaner) -> None:
    photo = loaded_jpeg()
    assert {"EXIF:GPSLatitude", "EXIF:Make", "XMP:Creator", "MakerNotes:all"} & _told(photo)
    assert _told(cleaned(cleaner, photo).data) == set()


def test_exiftool_finds_nothing_in_a_cleaned_png(cleaner: Cleaner) -> None:
    photo = loaded_png()
    assert {"EXIF:GPSLatitude", "PNG:Author", "PNG:ModifyDate"} <= _told(photo)
    assert _told(cleaned(cleaner, photo).data) == set()


def test_the_position_is_in_no_group_of_exiftool_and_not_in_its_numbers(cleaner: Cleaner) -> None:
    assert "48" in str(_exiftool(loaded_jpeg())["EXIF:GPSLatitude"])
    assert not [tag for tag in _exiftool(cleaned(cleaner, loaded_jpeg()).data) if "GPS" in tag]


def test_tables_that_name_the_app_do_not_survive(cleaner: Cleaner) -> None:
    # Apps and phones are recognised by the quantisation tables they use.
    some, others = jpeg(quality=60), jpeg(quality=95)
    assert _tables(some) != _tables(others)
    assert _tables(cleaned(cleaner, some).data) == _tables(cleaned(cleaner, others).data)


def _tables(data: bytes) -> bytes:
    return data[data.index(b"\xff\xdb") : data.index(b"\xff\xc0")]


def test_equal_files_give_equal_results_in_the_order_of_the_files(cleaner: Cleaner) -> None:
    uploads = [
        Upload(loaded_jpeg()),
        Upload(loaded_png()),
        Upload(jpeg(picture(40, 30))),
        Upload(loaded_jpeg()),
    ]
    first, second = (
        [
            (result.extension, result.removed, result.data)
            for result in cleaner.clean(uploads)
            if isinstance(result, Cleaned)
        ]
        for _ in range(2)
    )
    assert len(first) == len(uploads)
    assert first == second
    assert [extension for extension, *_ in first] == ["jpg", "png", "jpg", "jpg"]
    assert first[0] == first[3]


def test_without_files_there_are_no_answers(cleaner: Cleaner) -> None:
    assert cleaner.clean([]) == []
