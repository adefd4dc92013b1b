"""What a BMP carries: hardly ever anything but a profile, or what was put behind its pixels."""

from connector.cleaning.photos.inspecting.notes import in_trailer
from connector.cleaning.words import NOTHING, Found

_WITH_PROFILE = 124
_KINDS_OF_PROFILE = (b"DEBM", b"KNIL")


def look(data: bytes) -> Found:
    """What the file carries besides its picture."""
    found = NOTHING
    if int.from_bytes(data[14:18], "little") == _WITH_PROFILE and data[70:74] in _KINDS_OF_PROFILE:
        found |= Found.COLOUR_PROFILE
    size = int.from_bytes(data[2:6], "little")
    return found | in_trailer(data[size:]) if size >= 54 else found
