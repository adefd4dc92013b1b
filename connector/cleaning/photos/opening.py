"""Opening still pictures, by the decoder of their kind and no other, without decoding them yet."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType, ModuleType
from typing import Protocol

from PIL import AvifImagePlugin, ExifTags, Image
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from connector.cleaning.kinds import Kind
from connector.cleaning.photos import plain_png
from connector.cleaning.photos.coded_colours import profile_by_numbers
from connector.cleaning.photos.riff_chunks import EXIF, ICCP, chunks, picture_parts, size_of, still
from connector.cleaning.routines import CannotClean
from connector.cleaning.words import Trouble

heif: ModuleType | None
try:
    from connector.cleaning.photos import heif
except ImportError:
    # The extra `heic` is not installed.
    heif = None

# The size is checked by us, before anything is decoded, and against the operator's limit.
Image.MAX_IMAGE_PIXELS = None
# No thread can begin where we decode.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1

_REDUCTION = 2
"""By how much a JPEG that is too large is made smaller while it is decoded: 200 million pixels become 50."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A picture that has been opened: how it must be turned (EXIF, 1 to 8), and the profile of its colours.

    `loose_alpha`: its kind is known for programs that leave the transparency at nought and mean nothing by it.
    """

    image: Image.Image
    orientation: int = 1
    profile: bytes | None = None
    loose_alpha: bool = False


class _Opener(Protocol):
    def __call__(self, data: bytes, max_pixels: int) -> Opened: ...


def opened(kind: Kind, data: bytes, max_pixels: int) -> Opened:
    """The picture, its first if there are several.

    Raises CannotClean if it has more pixels than this, and for a damaged file whatever the decoder raises.
    """
    found = _OPENERS[kind](data, max_pixels)
    check_size(found.image.size, max_pixels)
    return found


def check_size(size: tuple[int, int], max_pixels: int) -> None:
    """Raise CannotClean for a picture with more pixels, and ValueError for one with none."""
    if not size[0] or not size[1]:
        raise ValueError("a picture without pixels")
    if size[0] * size[1] > max_pixels:
        raise CannotClean(Trouble.TOO_MANY_PIXELS)


def orientation_in(exif: bytes | None) -> int:
    """How EXIF says that the picture is held, 1 to 8; 1 where it does not say, or nonsense."""
    if not exif:
        return 1
    try:
        notes = Image.Exif()
        notes.load(exif)
        found = notes.get(ExifTags.Base.Orientation, 1)
    except Exception:  # noqa: BLE001 - broken notes make it raise almost anything; the picture is still good
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def _noted(image: ImageFile) -> Opened:
    """With what the decoder found in the notes."""
    try:
        turned = image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # noqa: BLE001 - as above
        turned = 1
    profile = image.info.get("icc_profile")
    return Opened(
        image,
        turned if isinstance(turned, int) and 1 <= turned <= 8 else 1,
        profile if isinstance(profile, bytes) else None,
    )


def _jpeg(data: bytes, max_pixels: int) -> Opened:
    image = JpegImageFile(io.BytesIO(data))
    if image.width * image.height > max_pixels:
        image.draft(None, (image.width // _REDUCTION, image.height // _REDUCTION))
    return _noted(image)


def _png(data: bytes, max_pixels: int) -> Opened:
    picture = plain_png.read(data)
    check_size(picture.size, max_pixels)
    return Opened(
        PngImageFile(io.BytesIO(picture.bare())), orientation_in(picture.exif), picture.colour_profile()
    )


def _webp(data: bytes, max_pixels: int) -> Opened:
    parts: dict[bytes, bytes] = {}
    for chunk in chunks(data):
        parts.setdefault(chunk.name, chunk.payload)
    picture = picture_parts(parts)
    # The decoder makes room for the picture when it opens the file.
    check_size(size_of(picture), max_pixels)
    image = WebPImageFile(io.BytesIO(still(picture)))
    return Opened(image, orientation_in(parts.get(EXIF)), parts.get(ICCP))


def noted_page(image: TiffImageFile) -> Opened:
    """The page of a TIFF that has been sought. Its decoder turns it by itself."""
    profile = image.info.get("icc_profile")
    return Opened(image, 1, profile if isinstance(profile, bytes) else None, loose_alpha=True)


def _tiff(data: bytes, max_pixels: int) -> Opened:  # noqa: ARG001
    return noted_page(TiffImageFile(io.BytesIO(data)))


def _bmp(data: bytes, max_pixels: int) -> Opened:  # noqa: ARG001
    return Opened(BmpImageFile(io.BytesIO(data)), loose_alpha=True)


def _avif(data: bytes, max_pixels: int) -> Opened:  # noqa: ARG001
    return _noted(AvifImageFile(io.BytesIO(data)))


def _heic(data: bytes, max_pixels: int) -> Opened:
    if heif is None:
        raise CannotClean(Trouble.NOT_HERE)
    image = heif.opened(data)
    check_size(image.size, max_pixels)
    noted = _noted(image)
    # Some files say it in numbers instead.
    coded = image.info.get("nclx_profile") or {}
    numbers = coded.get("color_primaries"), coded.get("transfer_characteristics")
    by_numbers = profile_by_numbers(*numbers) if all(isinstance(number, int) for number in numbers) else None
    return Opened(image, noted.orientation, noted.profile or by_numbers)


_OPENERS: Mapping[Kind, _Opener] = MappingProxyType(
    {
        Kind.JPEG: _jpeg,
        Kind.PNG: _png,
        Kind.WEBP: _webp,
        Kind.TIFF: _tiff,
        Kind.BMP: _bmp,
        Kind.AVIF: _avif,
        Kind.HEIC: _heic,
    }
)
