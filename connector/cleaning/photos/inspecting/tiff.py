"""What a TIFF carries."""

import io

from PIL.TiffImagePlugin import ImageFileDirectory_v2, TiffImageFile

from connector.cleaning.photos.inspecting.notes import in_iptc, in_tags, in_xmp
from connector.cleaning.words import NOTHING, Found

_OWN = frozenset(
    {0x00FE, 0x00FF, 0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x0107, 0x010A, 0x0111, 0x0112, 0x0115, 0x0116}
    | {0x0117, 0x0118, 0x0119, 0x011A, 0x011B, 0x011C, 0x0122, 0x0123, 0x0124, 0x0125, 0x0128, 0x0129, 0x012D}
    | {0x013D, 0x013E, 0x013F, 0x0140, 0x0142, 0x0143, 0x0144, 0x0145, 0x014C, 0x014D, 0x0150, 0x0152, 0x0153}
    | {0x0154, 0x0155, 0x015B, 0x0200, 0x0201, 0x0202, 0x0203, 0x0205, 0x0207, 0x0208, 0x0209, 0x0211, 0x0212}
    | {0x0213, 0x0214, 0x8769, 0x8825, 0xA005, 0x9000, 0x9101, 0xA000, 0xA001, 0xA002, 0xA003}
)
"""How the pixels are stored (TIFF 6.0, and its JPEG and fax parts)."""
_XMP, _IPTC, _PHOTOSHOP, _ICC, _SUB_IFDS = 0x02BC, 0x83BB, 0x8649, 0x8773, 0x014A
_NAMES = frozenset({0x010D, 0x011D, 0x013C, 0x80A4})
"""Document, page, host computer, and a comment of another program."""
_TOLD = _NAMES | {_XMP, _IPTC, _PHOTOSHOP, _ICC, _SUB_IFDS}
_MOST_PAGES = 100


def look(data: bytes) -> Found:
    """What the file carries besides its pages. May raise."""
    image = TiffImageFile(io.BytesIO(data))
    # Camera notes hang on the first page.
    found = in_tags(image.getexif(), _OWN | _TOLD)
    for page in range(1, _MOST_PAGES):
        found |= _on_page(image.tag_v2)
        try:
            image.seek(page)
        except EOFError:
            break
    return found


def _on_page(tags: ImageFileDirectory_v2) -> Found:
    found = NOTHING
    if _XMP in tags:
        found |= in_xmp(_bytes(tags[_XMP]))
    if _IPTC in tags or _PHOTOSHOP in tags:
        found |= in_iptc(_bytes(tags.get(_IPTC, b"")) + _bytes(tags.get(_PHOTOSHOP, b"")))
    if _ICC in tags:
        found |= Found.COLOUR_PROFILE
    if _SUB_IFDS in tags:
        found |= Found.SECOND_PICTURE
    if not _NAMES.isdisjoint(tags):
        found |= Found.COMMENTS
    return found


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    return bytes(number & 0xFF for number in value) if isinstance(value, tuple) else str(value).encode()
