"""The decoder of HEIC, which comes with the extra `heic`. Raises ImportError where that is not installed."""

import io

import pillow_heif.options
from PIL.ImageFile import ImageFile
from pillow_heif.as_plugin import HeifImageFile

# What else is in the file is not even decoded. No thread of ours helps; libheif takes one in any case.
pillow_heif.options.THUMBNAILS = False
pillow_heif.options.DEPTH_IMAGES = False
pillow_heif.options.AUX_IMAGES = False
pillow_heif.options.DECODE_THREADS = 0


def opened(data: bytes) -> ImageFile:
    """The primary picture, turned as the file says. Nothing is decoded yet. Raises what the decoder raises."""
    image: ImageFile = HeifImageFile(io.BytesIO(data))
    return image
