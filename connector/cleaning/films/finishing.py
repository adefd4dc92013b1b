"""What FFmpeg's muxers write of themselves is blanked in place.

They leave no choice: an MP4 gets an empty list of tags, one with Dolby Vision's settings a brand that it no longer
deserves, a WebM the muxer's name, where the format demands some name.
"""

from typing import BinaryIO

from connector.cleaning.films.boxes import top_boxes
from connector.cleaning.kinds import Kind

_NO_TAGS = (
    b"\0\0\0\x3dudta\0\0\0\x35meta\0\0\0\0\0\0\0\x21hdlr\0\0\0\0\0\0\0\0mdirappl" + bytes(9) + b"\0\0\0\x08ilst"
)
_NAMES = (b"\x4d\x80\x84Lavf", b"\x57\x41\x84Lavf")
"""MuxingApp and WritingApp, which every Matroska file has to have."""
_NOBODY = b"none"
_HEAD = 4096


def finish(kind: Kind, out: BinaryIO) -> None:
    """Blank it."""
    out.flush()
    if kind is Kind.WEBM:
        _blank_names(out)
    elif kind in (Kind.MP4, Kind.M4A, Kind.THREE_GP):
        _blank_tags(out)
    out.flush()


def _blank_names(out: BinaryIO) -> None:
    out.seek(0)
    head = out.read(_HEAD)
    for name in _NAMES:
        at = head.find(name)
        if at >= 0:
            out.seek(at + 3)
            out.write(_NOBODY)


def _blank_tags(out: BinaryIO) -> None:
    for box in top_boxes(out):
        if box.name == b"ftyp":
            out.seek(box.begin)
            brands = out.read(box.end - box.begin).replace(b"dby1", b"isom")
            out.seek(box.begin)
            out.write(brands)
        elif box.name == b"moov":
            at = box.end - len(_NO_TAGS)
            out.seek(at)
            if out.read(len(_NO_TAGS)) == _NO_TAGS:
                out.seek(at + 4)
                out.write(b"free" + bytes(len(_NO_TAGS) - 8))
