"""Looking at what a film carries besides picture and sound, so that the reporter can be told what is gone.

Only for telling: nothing here decides what is passed on.
"""

import re
from typing import BinaryIO

from av.container.input import InputContainer
from av.stream import Disposition

from connector.cleaning.films.boxes import moov, top_boxes
from connector.cleaning.films.reading import Shown
from connector.cleaning.kinds import Kind
from connector.cleaning.words import NOTHING, Found

_KEYS = (
    (re.compile(r"location|gps|latitude|longitude|xyz|loci|place", re.IGNORECASE), Found.PLACE),
    (re.compile(r"date|time|year|tdr", re.IGNORECASE), Found.DATE),
    (re.compile(r"make|model|manufacturer|device|serial|camera|android\.version|firmware", re.IGNORECASE), Found.CAMERA),
    (re.compile(r"encod|software|handler|vendor|writing|application|tool|creator", re.IGNORECASE), Found.SOFTWARE),
    (re.compile(r"artist|author|composer|copyright|owner|director|performer|publisher", re.IGNORECASE), Found.AUTHOR),
    (re.compile(r"title|comment|descri|album|genre|keyword|lyric|synopsis", re.IGNORECASE), Found.COMMENTS),
)
_TECHNICAL = re.compile(
    r"(major_brand|minor_version|compatible_brands|language|duration|rotate|bps|number_of_\w+|_statistics.*)(-eng)?",
    re.IGNORECASE,
)
_PLAIN_HANDLERS = frozenset({"", "VideoHandler", "SoundHandler", "VideoHandle", "SoundHandle"})

_BOXES = (
    (b"\xa9xyz", Found.PLACE),
    (b"loci", Found.PLACE),
    (b"location.ISO6709", Found.PLACE),
    (b"x:xmpmeta", Found.APP_NOTES),
    (b"covr", Found.COVER),
    (b"\xa9mak", Found.CAMERA),
    (b"\xa9mod", Found.CAMERA),
)
_PLAIN_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"styp", b"sidx", b"moof", b"mfra"})
_EMPTY = 64
"""Bytes of a `free` box that are nothing to speak of."""


def look(kind: Kind, source: BinaryIO, film: InputContainer, taken: Shown) -> Found:
    """What the film carries besides what is taken of it."""
    found = _in_words(film.metadata)
    kept = {stream.index for stream in (taken.picture, *taken.sounds) if stream is not None}
    for stream in film.streams:
        found |= _in_words(stream.metadata)
        if stream.disposition & (Disposition.attached_pic | Disposition.timed_thumbnails):
            found |= Found.COVER
        elif stream.index not in kept:
            found |= Found.EXTRA_TRACKS
    if film.chapters():
        found |= Found.CHAPTERS
    return found | _in_boxes(source) if kind in (Kind.MP4, Kind.MOV, Kind.THREE_GP, Kind.M4A) else found


def _in_words(metadata: dict[str, str]) -> Found:
    found = NOTHING
    for key, value in metadata.items():
        if _TECHNICAL.fullmatch(key) or value.strip() in _PLAIN_HANDLERS or value == "[0][0][0][0]":
            continue
        flags = [flag for pattern, flag in _KEYS if pattern.search(key)]
        found |= flags[0] if flags else Found.OTHER
    return found


def _in_boxes(source: BinaryIO) -> Found:
    boxes = top_boxes(source)
    described = moov(source, boxes)
    found = NOTHING
    for mark, flag in _BOXES:
        if mark in described:
            found |= flag
    for box in boxes:
        if box.name not in _PLAIN_BOXES or (box.name in (b"free", b"skip") and box.end - box.begin > _EMPTY):
            found |= Found.TRAILER if box is boxes[-1] else Found.OTHER
    return found
