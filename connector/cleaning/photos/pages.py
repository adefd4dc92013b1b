"""TIFF: one page becomes a PNG, several a fresh TIFF, which is what an office that sends one can open.

Small copies of pages are left out. A camera's raw file looks like a TIFF whose first page is such a copy; it is
refused, for what its decoder shows is not the photo.
"""

import io
from collections.abc import Iterator
from typing import BinaryIO

from PIL.TiffImagePlugin import ImageFileDirectory_v2, TiffImageFile

from connector.cleaning.kinds import Kind
from connector.cleaning.photos import stills
from connector.cleaning.photos.drawing import drawn_anew
from connector.cleaning.photos.inspecting import look
from connector.cleaning.photos.moving.budget import Budget
from connector.cleaning.photos.opening import noted_page
from connector.cleaning.photos.tiff_writing import TiffWriter
from connector.cleaning.routines import CannotClean, Washed, Wish
from connector.cleaning.words import Trouble

_NEW_SUBFILE, _SUBFILE, _PHOTOMETRIC, _DNG = 0x00FE, 0x00FF, 0x0106, 0xC612
_REDUCED, _MASK = 1, 4
_OF_A_SENSOR = frozenset({32803, 34892})
_CANON_RAW = b"CR\x02"


def redraw(data: bytes, out: BinaryIO, wish: Wish) -> Washed:
    """The pages drawn anew. Raises CannotClean if there is too much of them, and what the decoder raises."""
    image = TiffImageFile(io.BytesIO(data))
    pages = list(_pages(image, data, wish))
    if len(pages) == 1:
        image.seek(pages[0])
        return stills.redraw_opened(Kind.TIFF, noted_page(image), data, out, wish)
    writer, found = TiffWriter(out), look(Kind.TIFF, data)
    for page in pages:
        image.seek(page)
        drawn, hidden = drawn_anew(noted_page(image), wish.pixels)
        writer.add(drawn)
        found |= hidden
    writer.end()
    return Washed(Kind.TIFF, found)


def _pages(image: TiffImageFile, data: bytes, wish: Wish) -> Iterator[int]:
    """The numbers of the pages that are meant to be seen."""
    budget, number, some = Budget(wish), 0, False
    while True:
        if _is_raw(image.tag_v2) or data[8:11] == _CANON_RAW:
            raise CannotClean(Trouble.RAW)
        if not _is_small_copy(image.tag_v2):
            budget.frame(*image.size)
            some = True
            yield number
        number += 1
        try:
            image.seek(number)
        except EOFError:
            break
    if not some:
        raise CannotClean(Trouble.RAW)


def _is_raw(tags: ImageFileDirectory_v2) -> bool:
    return _DNG in tags or tags.get(_PHOTOMETRIC) in _OF_A_SENSOR


def _is_small_copy(tags: ImageFileDirectory_v2) -> bool:
    kind = tags.get(_NEW_SUBFILE, 0)
    return bool(isinstance(kind, int) and kind & (_REDUCED | _MASK)) or tags.get(_SUBFILE) == 2
