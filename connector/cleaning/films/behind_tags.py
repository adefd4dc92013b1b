"""What a file that begins with an ID3 tag really is: MP3 most often, but FLAC and AAC carry such tags too."""

from typing import BinaryIO

from connector.cleaning.kinds import HEAD, Kind, kind_of

_TAG_HEAD = 10
_MOST_TAGS = 10


def behind_tags(kind: Kind, source: BinaryIO) -> Kind:
    """The kind of what follows the tags; `kind` itself where that cannot be told (ID3v2.4, section 3.1)."""
    if kind is not Kind.MP3:
        return kind
    at = 0
    for _ in range(_MOST_TAGS):
        source.seek(at)
        head = source.read(HEAD)
        if not head.startswith(b"ID3"):
            found = kind_of(head)
            return found if found in (Kind.FLAC, Kind.AAC, Kind.OGG) else kind
        size = 0
        for byte in head[6:_TAG_HEAD]:
            size = size << 7 | byte & 0x7F
        at += _TAG_HEAD + size
    return kind
