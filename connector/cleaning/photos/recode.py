"""Drawing a photo anew: its pixels are decoded, and a fresh picture with nothing else in it is encoded.

Taking things out of a file leaves what one did not think of; this takes only the pixels over. Runs in the
child.

Decisions: A JPEG becomes a JPEG of fixed quality, so that its tables no longer name the app or phone that
wrote them. A PNG becomes a PNG with 8 bits per channel, grey or colour, with its transparency; palettes and
16 bits are not kept. Of an animated PNG the still picture is kept that a viewer without animation shows.
Colours with a profile, and CMYK, become sRGB; grey pictures are taken as they are. What lies behind full
transparency is painted over.
"""

import io

# Pillow loads this one late, when it first meets EXIF; by then the walls are up and no file can be opened.
import PIL.TiffImagePlugin  # noqa: F401
from PIL import Image, ImageChops, ImageCms, ImageOps
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from connector.cleaning.kinds import Kind
from connector.cleaning.photos.inspecting import look
from connector.cleaning.routines import CannotClean
from connector.cleaning.words import NOTHING, Found, Trouble

_JPEG_QUALITY = 90
_SIXTEEN_BIT = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N"})


def recode(kind: Kind, data: bytes, max_pixels: int) -> tuple[bytes, Found]:
    """The photo drawn anew, and what the original carried besides. Equal input gives equal output.

    Raises CannotClean for one that is too large, and for a damaged picture whatever the decoder raises.
    """
    fresh, found = _drawn_anew(kind, data, max_pixels)
    return _encoded(kind, fresh), found


def _drawn_anew(kind: Kind, data: bytes, max_pixels: int) -> tuple[Image.Image, Found]:
    """A new image: it has no `info` that a writer could put back into the file, as Pillow does with comments.

    Large pictures are why no step here keeps more copies of the pixels than it must.
    """
    image = _opened(kind, data)
    if image.width * image.height > max_pixels:
        raise CannotClean(Trouble.TOO_MANY_PIXELS)
    image.load()
    found = look(kind, data, image)
    _turn_upright(image)
    profile = image.info.get("icc_profile")
    plain = _in_srgb(_in_plain_mode(kind, image), profile)
    if plain.mode in ("LA", "RGBA"):
        found |= _paint_over_hidden(plain)
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    return fresh, found


def _opened(kind: Kind, data: bytes) -> ImageFile:
    # The decoders by name: `Image.open` would choose among dozens, and load what it has not yet loaded.
    return JpegImageFile(io.BytesIO(data)) if kind is Kind.JPEG else PngImageFile(io.BytesIO(data))


def _turn_upright(image: ImageFile) -> None:
    try:
        ImageOps.exif_transpose(image, in_place=True)
    except Exception:  # noqa: BLE001 - broken notes make it raise almost anything; the picture is still good
        return


def _in_plain_mode(kind: Kind, image: ImageFile) -> Image.Image:
    if image.mode in _SIXTEEN_BIT:
        # Pillow's own conversion cuts off at 255 instead of scaling.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    grey = image.mode in ("1", "L", "LA")
    if kind is Kind.PNG and image.has_transparency_data:
        mode = "LA" if grey else "RGBA"
    else:
        mode = "CMYK" if image.mode == "CMYK" else "L" if grey else "RGB"
    return image if image.mode == mode else image.convert(mode)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        try:
            return _converted(image, profile)
        except (ImageCms.PyCMSError, OSError, ValueError):
            # The profile is broken, or meant for another kind of picture: the colours are taken as they are.
            pass
    return image.convert("RGB") if image.mode == "CMYK" else image


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    source, srgb = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
    mode = "RGB" if image.mode == "CMYK" else image.mode
    in_place = mode == image.mode
    converted = ImageCms.profileToProfile(image, source, srgb, outputMode=mode, inPlace=in_place)
    return image if converted is None else converted


def _paint_over_hidden(image: Image.Image) -> Found:
    """Fully transparent pixels keep their colours in the file: what was cut out could be made visible."""
    alpha = image.getchannel("A")
    if alpha.getextrema()[0] != 0:
        return NOTHING
    hidden = alpha.point([255] + [0] * 255)
    colours = (image.getchannel(band) for band in image.getbands() if band != "A")
    differs = any(ImageChops.darker(colour, hidden).getbbox() is not None for colour in colours)
    image.paste((0,) * len(image.getbands()), (0, 0, *image.size), hidden)
    return Found.BEHIND_TRANSPARENCY if differs else NOTHING


def _encoded(kind: Kind, image: Image.Image) -> bytes:
    out = io.BytesIO()
    if kind is Kind.JPEG:
        image.save(out, "JPEG", quality=_JPEG_QUALITY, subsampling="4:2:0")
    else:
        image.save(out, "PNG")
    return out.getvalue()
