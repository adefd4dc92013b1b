"""Bringing a decoded picture into plain colours: grey or sRGB with 8 bits each, with its transparency."""

import io

from PIL import Image, ImageChops, ImageCms

from connector.cleaning.photos.profiles import Known, is_standard_grey, known

_WIDE = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N", "F"})
_GREY = frozenset({"1", "L", "LA", "La", *_WIDE})
_SRGB = ImageCms.createProfile("sRGB")
_LAB = ImageCms.createProfile("LAB")


def in_plain_mode(image: Image.Image) -> Image.Image:
    """The picture in mode L, LA, RGB, RGBA or CMYK. Transparency that hides nothing is dropped."""
    if image.mode in _WIDE:
        return _narrowed(image)
    if image.mode == "LAB":
        return _converted(image, ImageCms.ImageCmsProfile(_LAB), "RGB")
    grey = image.mode in _GREY
    if image.has_transparency_data:
        seen_through = _in_mode(image, "LA" if grey else "RGBA")
        if seen_through.getchannel("A").getextrema()[0] != 255:
            return seen_through
        image = seen_through
    return _in_mode(image, "CMYK" if image.mode == "CMYK" else "L" if grey else "RGB")


def _in_mode(image: Image.Image, mode: str) -> Image.Image:
    return image if image.mode == mode else image.convert(mode)


def _narrowed(image: Image.Image) -> Image.Image:
    """Pillow's own conversion cuts off at 255 instead of scaling."""
    if image.mode == "F":
        lowest, highest = (float(bound) for bound in image.getextrema() if isinstance(bound, int | float))
        scale = 255 / (highest - lowest) if highest > lowest else 1.0
        return image.point(lambda value: value * scale - lowest * scale).convert("L")
    whole = image.convert("I")
    _, top = whole.getextrema()
    # Numbers of 32 bits are rare and use what range they like.
    scale = 1 / 256 if not isinstance(top, int) or top < 65536 else 255 / top
    return whole.point(lambda value: value * scale).convert("L")


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """A picture in plain mode, in the colours that its profile means. A broken or foreign profile is passed over."""
    if profile and image.mode in ("L", "LA") and not is_standard_grey(profile):
        image = _grey_in_srgb(image, profile)
    elif profile and image.mode in ("RGB", "RGBA", "CMYK") and known(profile) is not Known.SRGB:
        image = _tried(image, profile)
    return image.convert("RGB") if image.mode == "CMYK" else image


def _grey_in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    if profile[16:20] != b"GRAY":
        return image
    shown = _tried(image.getchannel("L"), profile, "RGB")
    if shown.mode != "RGB":
        return image
    grey = shown.getchannel("G")
    return Image.merge("LA", (grey, image.getchannel("A"))) if image.mode == "LA" else grey


def _tried(image: Image.Image, profile: bytes, mode: str | None = None) -> Image.Image:
    wanted = mode or ("RGB" if image.mode == "CMYK" else image.mode)
    try:
        return _converted(image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), wanted)
    except (ImageCms.PyCMSError, OSError, ValueError):
        # The profile is broken, or meant for another kind of picture: the colours are taken as they are.
        return image


def _converted(image: Image.Image, source: ImageCms.ImageCmsProfile, mode: str) -> Image.Image:
    in_place = mode == image.mode
    converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode=mode, inPlace=in_place)
    return image if converted is None else converted


def hides_a_picture(image: Image.Image) -> bool:
    """Whether fully transparent pixels differ from one another: what was cut out could be made visible."""
    hidden = _hidden(image)
    if hidden is None:
        return False
    colours = (image.getchannel(band) for band in image.getbands() if band != "A")
    return any(len(set(_bounds_within(colour, hidden))) > 1 for colour in colours)


def paint_over_hidden(image: Image.Image) -> bool:
    """Make fully transparent pixels black, in place. Whether that changed any."""
    hidden = _hidden(image)
    if hidden is None:
        return False
    colours = (image.getchannel(band) for band in image.getbands() if band != "A")
    differs = any(ImageChops.darker(colour, hidden).getbbox() is not None for colour in colours)
    if differs:
        image.paste((0,) * len(image.getbands()), (0, 0, *image.size), hidden)
    return differs


def _hidden(image: Image.Image) -> Image.Image | None:
    """A mask of what cannot be seen at all; None where that is nothing."""
    if image.mode not in ("LA", "RGBA"):
        return None
    alpha = image.getchannel("A")
    return alpha.point([255] + [0] * 255) if alpha.getextrema()[0] == 0 else None


def _bounds_within(colour: Image.Image, mask: Image.Image) -> tuple[int, int]:
    histogram = colour.histogram(mask)
    used = [value for value, count in enumerate(histogram) if count]
    return used[0], used[-1]
