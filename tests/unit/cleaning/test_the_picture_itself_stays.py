"""What is seen stays: size, orientation, colours, transparency."""

import io

import pytest
from PIL import Image

from connector.cleaning import Cleaner
from tests.unit.cleaning.asking import cleaned

ORIENTATION = 0x0112


def four_colours() -> Image.Image:
    """Red, green above blue, white: one glance tells how it is turned."""
    image = Image.new("RGB", (200, 100))
    corners = {(0, 0): "red", (100, 0): "green", (0, 50): "blue", (100, 50): "white"}
    for (left, top), colour in corners.items():
        image.paste(colour, (left, top, left + 100, top + 50))
    return image


def seen(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def close(one: object, other: tuple[int, int, int]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) < 40 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(
    ("orientation", "size", "top_left"),
    [
        (1, (200, 100), (255, 0, 0)),
        (3, (200, 100), (255, 255, 255)),
        (6, (100, 200), (0, 0, 255)),
        (8, (100, 200), (0, 128, 0)),
    ],
)
def test_a_phone_held_sideways_is_turned_as_it_was_seen(
    cleaner: Cleaner, orientation: int, size: tuple[int, int], top_left: tuple[int, int, int]
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    file = io.BytesIO()
    four_colours().save(file, "JPEG", exif=exif, quality=95)
    result = seen(cleaned(cleaner, file.getvalue()).data)
    assert result.size == size
    assert close(result.getpixel((10, 10)), top_left)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_colours_and_size_stay(cleaner: Cleaner, form: str) -> None:
    file = io.BytesIO()
    four_colours().save(file, form)
    result = seen(cleaned(cleaner, file.getvalue()).data)
    assert result.size == (200, 100)
    for place, colour in (((10, 10), (255, 0, 0)), ((190, 10), (0, 128, 0)), ((10, 90), (0, 0, 255))):
        assert close(result.getpixel(place), colour)


def test_a_picture_in_the_colours_of_print_can_be_seen(cleaner: Cleaner) -> None:
    file = io.BytesIO()
    Image.new("CMYK", (50, 50), (0, 255, 255, 0)).save(file, "JPEG", quality=95)
    assert close(seen(cleaned(cleaner, file.getvalue()).data).getpixel((25, 25)), (255, 0, 0))


def test_cleaning_twice_finds_nothing_more(cleaner: Cleaner) -> None:
    file = io.BytesIO()
    four_colours().save(file, "JPEG", comment=b"by Maria")
    first = cleaned(cleaner, file.getvalue())
    assert first.removed
    assert cleaned(cleaner, first.data).removed == ()
