"""Drawing a picture anew: its pixels are decoded, and a fresh picture with nothing else in it is made of them.

Taking things out of a file leaves what one did not think of; this takes only the pixels over. Large pictures
are why no step here keeps more copies of the pixels than it must.
"""

from PIL import Image

from connector.cleaning.photos.colours import in_plain_mode, in_srgb, paint_over_hidden
from connector.cleaning.photos.opening import Opened, check_size
from connector.cleaning.words import NOTHING, Found

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What brings a picture upright, by its orientation in EXIF."""


def drawn_anew(opened: Opened, max_pixels: int, *, into_srgb: bool = True) -> tuple[Image.Image, Found]:
    """The picture upright in mode L, LA, RGB or RGBA, as a fresh image, and whether something was hidden in it.

    A fresh image has no `info` that a writer could put back into the file, as Pillow does with comments.
    Without `into_srgb` the numbers of the colours stay. Raises what the decoder raises.
    """
    opened.image.load()
    # Some decoders only now know the size.
    check_size(opened.image.size, max_pixels)
    image: Image.Image = opened.image
    if opened.loose_alpha and image.mode == "RGBA" and image.getchannel("A").getextrema()[1] == 0:
        image = image.convert("RGB")
    plain, found = plain_and_clean(image, opened.profile if into_srgb else None)
    return fresh(turned(plain, opened.orientation)), found


def plain_and_clean(image: Image.Image, profile: bytes | None) -> tuple[Image.Image, Found]:
    """A decoded picture or frame in plain colours, painted over where it cannot be seen. May change `image`."""
    plain = in_srgb(in_plain_mode(image), profile)
    return plain, Found.BEHIND_TRANSPARENCY if paint_over_hidden(plain) else NOTHING


def turned(image: Image.Image, orientation: int) -> Image.Image:
    """The picture as it is to be held."""
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def fresh(image: Image.Image) -> Image.Image:
    """The same pixels in an image that has nothing else."""
    made = Image.new(image.mode, image.size)
    made.paste(image)
    return made
