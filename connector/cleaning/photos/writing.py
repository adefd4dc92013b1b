"""Encoding fresh pictures. Nothing here takes a setting over from the file that came in.

So the tables of a JPEG no longer name the app or phone that wrote it.
"""

import io
from typing import BinaryIO

from PIL import Image

from connector.cleaning.kinds import Kind
from connector.cleaning.photos.riff_chunks import ALPH, VP8, VP8L, chunks

# `save` would look for further writers when it is first called; by then the walls are up.
Image.preinit()

_JPEG_QUALITY = 90
_WEBP_QUALITY = 90
_SMALL, _MIDDLING = 9_000_000, 75_000_000
"""Bytes of pixels up to which a PNG is packed well, and up to which it is packed fairly; the rest in haste."""


def write_still(kind: Kind, image: Image.Image, out: BinaryIO, *, lossless: bool = True) -> None:
    """Write a JPEG, PNG or WebP. `lossless` tells what to do with a WebP."""
    match kind:
        case Kind.JPEG:
            image.save(out, "JPEG", quality=_JPEG_QUALITY, subsampling="4:2:0")
        case Kind.WEBP:
            out.write(_webp(image, lossless=lossless))
        case _:
            write_png(image, out)


def write_png(image: Image.Image, out: BinaryIO, profile: bytes | None = None) -> None:
    """Write a PNG, with a profile that we have written if there is one."""
    image.save(out, "PNG", compress_level=packing(image), icc_profile=profile)


def packing(image: Image.Image) -> int:
    """How hard zlib is to try."""
    size = image.width * image.height * len(image.getbands())
    return 6 if size <= _SMALL else 3 if size <= _MIDDLING else 1


def png_data(image: Image.Image) -> bytes:
    """A PNG file in memory."""
    out = io.BytesIO()
    write_png(image, out)
    return out.getvalue()


def webp_parts(image: Image.Image, *, lossless: bool) -> dict[bytes, bytes]:
    """The chunks of a WebP that hold the pixels."""
    found = {chunk.name: chunk.payload for chunk in chunks(_webp(image, lossless=lossless))}
    return {name: found[name] for name in (ALPH, VP8, VP8L) if name in found}


def _webp(image: Image.Image, *, lossless: bool) -> bytes:
    out = io.BytesIO()
    if lossless:
        image.save(out, "WEBP", lossless=True, quality=0, method=0, exact=True)
    else:
        image.save(out, "WEBP", quality=_WEBP_QUALITY, method=1)
    return out.getvalue()
