"""Looking at what a photo carries besides its picture, so that the reporter can be told what is gone.

Only for telling: nothing here decides what is passed on. Runs in the child. What cannot be read is called
other data.
"""

import re
from collections.abc import Iterator

from PIL import ExifTags
from PIL.ImageFile import ImageFile

from connector.cleaning.kinds import Kind
from connector.cleaning.photos import jpeg_segments as jpeg
from connector.cleaning.photos.png_chunks import MalformedPng, chunks
from connector.cleaning.words import NOTHING, Found

_SEGMENTS: tuple[tuple[int, bytes, Found], ...] = (
    (jpeg.APP0, b"JFIF\0", NOTHING),
    (jpeg.APP0, b"JFXX\0", Found.PREVIEW),
    (jpeg.APP1, b"Exif\0", NOTHING),
    (jpeg.APP1, b"http://ns.adobe.com/", Found.APP_NOTES),
    (jpeg.APP2, b"ICC_PROFILE\0", Found.COLOUR_PROFILE),
    (jpeg.APP2, b"MPF\0", Found.SECOND_PICTURE),
    (jpeg.APP11, b"JP", Found.ORIGIN),
    (jpeg.APP13, b"Photoshop", Found.COMMENTS),
    (jpeg.APP14, b"Adobe", NOTHING),
    (jpeg.COM, b"", Found.COMMENTS),
)
"""Marker, beginning of the payload, what it is. EXIF is looked into; `Adobe` tells of colours only."""

_CHUNKS = {
    **dict.fromkeys(
        (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"eXIf", b"gAMA", b"cHRM", b"sRGB"), NOTHING
    ),
    **dict.fromkeys((b"sBIT", b"bKGD", b"pHYs", b"hIST", b"cICP", b"mDCV", b"cLLI"), NOTHING),
    **dict.fromkeys((b"tEXt", b"zTXt", b"iTXt"), Found.COMMENTS),
    **dict.fromkeys((b"acTL", b"fcTL", b"fdAT"), Found.ANIMATION),
    b"tIME": Found.DATE,
    b"iCCP": Found.COLOUR_PROFILE,
    b"caBX": Found.ORIGIN,
}
_XMP_KEYWORD = b"XML:com.adobe.xmp\0"

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


def look(kind: Kind, data: bytes, image: ImageFile) -> Found:
    """What `data`, of which `image` has been loaded, carries besides its picture."""
    marks = _jpeg_marks(data) if kind is Kind.JPEG else _png_marks(data)
    found = NOTHING
    for mark in marks:
        found |= mark
    return found | _in_exif(image) | _in_xmp(image)


def _jpeg_marks(data: bytes) -> Iterator[Found]:
    try:
        for segment in jpeg.segments(data):
            yield _of_segment(segment)
            if segment.marker == jpeg.EOI and segment.end < len(data):
                yield Found.TRAILER
    except jpeg.MalformedJpeg:
        # The decoder is more forgiving than the format. What follows is not known, but it is gone.
        yield Found.OTHER


def _of_segment(segment: jpeg.Segment) -> Found:
    if segment.marker != jpeg.COM and not jpeg.APP0 <= segment.marker <= jpeg.APP15:
        return NOTHING
    for marker, beginning, found in _SEGMENTS:
        if segment.marker == marker and segment.payload.startswith(beginning):
            thumbnail = beginning == b"JFIF\0" and len(segment.payload) > 14
            return Found.PREVIEW if thumbnail else found
    return Found.OTHER


def _png_marks(data: bytes) -> Iterator[Found]:
    try:
        for chunk in chunks(data):
            xmp = chunk.name == b"iTXt" and chunk.payload.startswith(_XMP_KEYWORD)
            yield Found.APP_NOTES if xmp else _CHUNKS.get(chunk.name, Found.OTHER)
            if chunk.name == b"IEND" and chunk.end < len(data):
                yield Found.TRAILER
    except MalformedPng:
        yield Found.OTHER


def _in_exif(image: ImageFile) -> Found:
    try:
        return _read_exif(image)
    except Exception:  # noqa: BLE001 - broken notes make it raise almost anything
        return Found.OTHER


def _read_exif(image: ImageFile) -> Found:
    exif = image.getexif()
    tags = {*exif, *exif.get_ifd(ExifTags.IFD.Exif)}
    found = NOTHING
    if exif.get_ifd(ExifTags.IFD.GPSInfo):
        found |= Found.PLACE
    if exif.get_ifd(ExifTags.IFD.IFD1):
        found |= Found.PREVIEW
    if tags & _DATES:
        found |= Found.DATE
    if tags & _CAPTIONS:
        found |= Found.COMMENTS
    if tags - _DATES - _CAPTIONS - _TECHNICAL:
        found |= Found.CAMERA
    return found


def _in_xmp(image: ImageFile) -> Found:
    found = NOTHING
    for key in ("xmp", "XML:com.adobe.xmp"):
        notes = image.info.get(key, b"")
        text = notes.encode("utf-8", "replace") if isinstance(notes, str) else notes
        for pattern, flag in _XMP_WORDS:
            if isinstance(text, bytes) and pattern.search(text):
                found |= flag
    return found
