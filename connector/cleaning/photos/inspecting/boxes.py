"""What a HEIC or AVIF carries."""

from connector.cleaning.photos import iso_boxes as iso
from connector.cleaning.photos.inspecting.notes import in_exif, in_trailer, in_xmp
from connector.cleaning.words import NOTHING, Found

_PLAIN = frozenset({b"ftyp", b"meta", b"mdat", b"free", b"skip", b"moov", b"idat"})
_CLIPS = frozenset({b"mpvd"})
"""Where phones put the film that they take along with a photo."""
_ALPHA = (b"auxid:1", b"auxiliary:alpha", b"aux:alpha")


def look(data: bytes) -> Found:
    """What the file carries besides its picture."""
    return _items(data) | _in_boxes(data) | _texts(data)


def _items(data: bytes) -> Found:
    found = NOTHING
    kinds = iso.item_kinds(data)
    if b"jumb" in kinds:
        found |= Found.ORIGIN
    if b"mime" in kinds:
        found |= Found.APP_NOTES
    if b"uri " in kinds:
        found |= Found.OTHER
    if iso.has_references(data, b"thmb"):
        found |= Found.PREVIEW
    if any(not name.rstrip(b"\0").endswith(_ALPHA) for name in iso.auxiliaries(data)):
        found |= Found.SECOND_PICTURE
    return found


def _in_boxes(data: bytes) -> Found:
    found, end = NOTHING, 0
    for box in iso.boxes(data):
        if box.name == b"colr" and box.payload[:4] in (b"prof", b"rICC"):
            found |= Found.COLOUR_PROFILE
        elif box.name == b"udes":
            found |= Found.COMMENTS
        elif box.top and box.name in _CLIPS:
            found |= Found.CLIP
        elif box.top and box.name == b"uuid":
            found |= Found.ORIGIN if b"jumb" in box.payload[:100] else Found.OTHER
        elif box.top and box.name not in _PLAIN:
            found |= Found.OTHER
        if box.top:
            end = max(end, data.find(box.payload, end) + len(box.payload) if box.payload else end)
    return found | in_trailer(data[end:])


def _texts(data: bytes) -> Found:
    """Where exactly notes lie is told by a table of offsets; looking for their beginnings finds them as well."""
    found, at = NOTHING, data.find(b"Exif\0\0")
    kinds = iso.item_kinds(data)
    if b"Exif" in kinds:
        found |= in_exif(data[at + 6 :]) if at >= 0 else Found.OTHER
    if b"mime" in kinds and (at := data.find(b"<x:xmpmeta")) >= 0:
        found |= in_xmp(data[at : data.find(b"</x:xmpmeta>", at)])
    return found
