"""Looking at what a photo carries besides its picture, so that the reporter can be told what is gone.

Only for telling: nothing here decides what is passed on. Runs in the child. What cannot be read is called
other data.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from connector.cleaning.kinds import Kind
from connector.cleaning.photos.inspecting import bitmap, boxes, gif, jpeg, png, tiff, webp
from connector.cleaning.words import Found

_LOOKERS: Mapping[Kind, Callable[[bytes], Found]] = MappingProxyType(
    {
        Kind.JPEG: jpeg.look,
        Kind.PNG: png.look,
        Kind.WEBP: webp.look,
        Kind.GIF: gif.look,
        Kind.TIFF: tiff.look,
        Kind.BMP: bitmap.look,
        Kind.HEIC: boxes.look,
        Kind.AVIF: boxes.look,
    }
)


def look(kind: Kind, data: bytes) -> Found:
    """What `data` carries besides its picture. Never raises: what cannot be read is gone all the same."""
    try:
        return _LOOKERS[kind](data)
    except Exception:  # noqa: BLE001 - a decoder may stop at what does not keep others from showing the picture
        return Found.OTHER
