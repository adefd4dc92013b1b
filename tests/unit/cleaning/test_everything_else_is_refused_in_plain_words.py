"""What cannot be cleaned is refused, with words that help, and nothing in it is believed: no name, no declared type."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from connector.cleaning import Cleaned, Cleaner, CleaningLimits, Refused, Upload
from tests.unit.cleaning.asking import refusal


def picture(form: str, side: int = 40) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((side, side), 60).convert("RGB").save(file, form)
    return file.getvalue()


def archive(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr(name, "x" * 100)
    return file.getvalue()


OTHERS = {
    "a film": (b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 200, "video/mp4"),
    "a film of an iPhone": (b"\x00\x00\x00\x14ftypqt  " + b"\x00" * 200, "video/quicktime"),
    "a photo of an iPhone": (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 200, "image/heic"),
    "a GIF": (picture("GIF"), "image/gif"),
    "a WebP": (picture("WEBP"), "image/webp"),
    "a BMP": (picture("BMP"), "image/bmp"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "application/pdf"),
    "a letter": (archive("word/document.xml"), "application/msword"),
    "an archive": (archive("secret.txt"), "application/zip"),
    "a page": (
        b"<svg xmlns='http://www.w3.org/2000/svg'><image href='http://evil.example/'/></svg>",
        "image/svg+xml",
    ),
    "a recording": (b"ID3\x03" + b"\x00" * 100, "audio/mpeg"),
    "nothing": (b"", "image/jpeg"),
    "a program": (b"MZ" + b"\x00" * 100, "image/jpeg"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_it_is_refused_and_the_reporter_is_told_what_to_do(cleaner: Cleaner, name: str) -> None:
    data, declared = OTHERS[name]
    words = refusal(cleaner, data, declared)
    assert len(words) > 20
    assert words[0].isupper()
    assert words.endswith(".")
    for jargon in ("Exception", "error", "MIME", "codec", declared):
        assert jargon not in words


def test_a_declared_type_makes_no_photo(cleaner: Cleaner) -> None:
    refusal(cleaner, b"%PDF-1.7 not a photo", "image/jpeg")
    (result,) = cleaner.clean([Upload(picture("JPEG"), "application/pdf")])
    assert isinstance(result, Cleaned)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_photo_that_breaks_off_is_refused_or_whole_again(cleaner: Cleaner, form: str, share: float) -> None:
    whole = picture(form, 120)
    (result,) = cleaner.clean([Upload(whole[: int(len(whole) * share)])])
    if isinstance(result, Cleaned):
        assert Image.open(io.BytesIO(result.data)).size == (120, 120)
    else:
        assert isinstance(result, Refused)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says it is this large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_bomb_is_refused_by_its_size_before_it_is_unpacked(cleaner: Cleaner) -> None:
    words = refusal(cleaner, bomb(60_000, 60_000))
    assert "large" in words or "big" in words or "pixels" in words


def test_one_bad_file_among_good_ones_costs_only_itself(cleaner: Cleaner) -> None:
    good = Upload(picture("PNG"))
    results = cleaner.clean(
        [good, Upload(bomb(60_000, 60_000)), good, Upload(b"\xff\xd8\xff" + b"\x00" * 500)]
    )
    assert [type(result) for result in results] == [Cleaned, Refused, Cleaned, Refused]


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(noise=st.binary(max_size=600), head=st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_whatever_follows_a_photos_first_bytes_ends_in_an_answer(noise: bytes, head: bytes) -> None:
    cleaner = Cleaner(CleaningLimits())
    (result,) = cleaner.clean([Upload(head + noise)])
    assert isinstance(result, Refused)
