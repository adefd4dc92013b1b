"""The only note that a photo keeps, and only where its pixels stay as they are: which way up it is held."""

import struct

from connector.cleaning.photos.opening import orientation_in
from connector.cleaning.photos.png_chunks import chunk


def small_exif(orientation: int) -> bytes:
    """A block of EXIF with one tag (EXIF 2.32, section 4.6.2)."""
    return b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0) + bytes(4)


def kept_exif(exif: bytes | None) -> bytes | None:
    """What is kept of a block of EXIF; None where the picture is upright anyway."""
    orientation = orientation_in(exif)
    return small_exif(orientation) if orientation != 1 else None


def orientation_chunk(exif: bytes | None) -> bytes:
    """The same as a chunk of a PNG."""
    kept = kept_exif(exif)
    return chunk(b"eXIf", kept) if kept is not None else b""
