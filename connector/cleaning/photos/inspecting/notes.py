"""What the notes in a photo tell: EXIF, XMP, IPTC, and what stands behind the picture's end."""

import re

from PIL import ExifTags, Image

from connector.cleaning.words import NOTHING, Found

_XMP_WORDS = (
    (re.compile(rb"GPS(Latitude|Longitude|Position)|Iptc4xmp\w{1,8}:Location|photoshop:City"), Found.PLACE),
    (re.compile(rb"(Create|Modify|Metadata)Date|DateCreated|DateTime|dc:date"), Found.DATE),
    (re.compile(rb"tiff:(Make|Model)|SerialNumber|CreatorTool|Lens"), Found.CAMERA),
    (re.compile(rb"dc:(creator|description|title|rights)|OwnerName"), Found.COMMENTS),
    (re.compile(rb"Thumbnails?|GImage:Data"), Found.PREVIEW),
)

_DATES = frozenset({0x0132, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9290, 0x9291, 0x9292})
_CAPTIONS = frozenset({0x010E, 0x013B, 0x8298, 0x9286, 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F, 0xA430})
"""Description, artist, copyright, comment, the five fields of Windows, owner of the camera."""
_TECHNICAL = frozenset(
    {0x0100, 0x0101, 0x0112, 0x011A, 0x011B, 0x0128, 0x0213, 0x8769, 0x8825, 0xA005}
    | {0x9000, 0x9101, 0xA000, 0xA001, 0xA002, 0xA003}
)
"""Size, orientation, resolution, versions, pointers: what any picture has. All else tells of the camera."""

_IPTC = ((b"\x1c\x02\x5a", Found.PLACE), (b"\x1c\x02\x5c", Found.PLACE), (b"\x1c\x02\x37", Found.DATE))
"""City, sublocation and date (IPTC-IIM 4.2, record 2)."""


def in_exif(packed: bytes) -> Found:
    """What a block of EXIF tells."""
    try:
        notes = Image.Exif()
        notes.load(packed)
        return in_tags(notes, _TECHNICAL)
    except Exception:  # noqa: BLE001 - broken notes make it raise almost anything
        return Found.OTHER


def in_tags(notes: Image.Exif, technical: frozenset[int]) -> Found:
    """What tags tell of which `technical` ones are the picture's own. May raise almost anything."""
    tags = {*notes, *notes.get_ifd(ExifTags.IFD.Exif)}
    found = NOTHING
    if notes.get_ifd(ExifTags.IFD.GPSInfo):
        found |= Found.PLACE
    if notes.get_ifd(ExifTags.IFD.IFD1):
        found |= Found.PREVIEW
    if tags & _DATES:
        found |= Found.DATE
    if tags & _CAPTIONS:
        found |= Found.COMMENTS
    if tags - _DATES - _CAPTIONS - technical:
        found |= Found.CAMERA
    return found


def in_xmp(text: bytes) -> Found:
    """What XMP tells; it is a note of an app in any case."""
    found = Found.APP_NOTES
    for pattern, flag in _XMP_WORDS:
        if pattern.search(text):
            found |= flag
    return found


def in_iptc(block: bytes) -> Found:
    """What IPTC tells, with or without Photoshop's wrapping."""
    found = Found.COMMENTS
    for beginning, flag in _IPTC:
        if beginning in block:
            found |= flag
    return found


def in_trailer(rest: bytes) -> Found:
    """What stands behind the end of a picture. Noughts that fill a file up are nothing."""
    if not rest.strip(b"\0"):
        return NOTHING
    found = Found.TRAILER
    if b"ftyp" in rest:
        found |= Found.CLIP
    if b"\xff\xd8\xff" in rest:
        found |= Found.SECOND_PICTURE
    if b"Image_UTC_Data" in rest:
        found |= Found.DATE
    return found
