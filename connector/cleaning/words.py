"""What reporters are told about their files: what was taken out, and why a file cannot be passed on.

Each refusal says what is wrong and what to do instead, in words that a twelve-year-old reads without help.
"""

from enum import Enum, IntFlag, auto
from types import MappingProxyType

from connector.cleaning.kinds import Kind


class Found(IntFlag):
    """What a file carried besides what it is sent for. Flags: the child answers with one number."""

    PLACE = auto()
    CAMERA = auto()
    DATE = auto()
    PREVIEW = auto()
    COMMENTS = auto()
    APP_NOTES = auto()
    SECOND_PICTURE = auto()
    TRAILER = auto()
    COLOUR_PROFILE = auto()
    ORIGIN = auto()
    ANIMATION = auto()
    BEHIND_TRANSPARENCY = auto()
    AUTHOR = auto()
    SOFTWARE = auto()
    EARLIER = auto()
    HIDDEN = auto()
    EMBEDDED = auto()
    MACROS = auto()
    REMARKS = auto()
    EXTRA_TRACKS = auto()
    CHAPTERS = auto()
    COVER = auto()
    OTHER = auto()
    LINKS = auto()


NOTHING = Found(0)

_REMOVED = MappingProxyType(
    {
        Found.PLACE: "where it was taken",
        Found.CAMERA: "camera and phone details",
        Found.DATE: "date and time",
        Found.PREVIEW: "hidden preview picture",
        Found.COMMENTS: "comments, captions and names",
        Found.APP_NOTES: "notes that apps left in it",
        Found.SECOND_PICTURE: "second picture in the same file",
        Found.TRAILER: "data after the end of the picture",
        Found.COLOUR_PROFILE: "colour profile text",
        Found.ORIGIN: "record of how it was made (content credentials)",
        Found.ANIMATION: "moving pictures after the first one",
        Found.BEHIND_TRANSPARENCY: "picture parts hidden behind transparency",
        Found.AUTHOR: "names of authors and companies",
        Found.SOFTWARE: "names of programs",
        Found.EARLIER: "earlier versions and deleted text",
        Found.HIDDEN: "hidden parts",
        Found.EMBEDDED: "files inside the file",
        Found.MACROS: "programs inside the file",
        Found.REMARKS: "names on remarks in the margin",
        Found.EXTRA_TRACKS: "extra tracks, such as positions and subtitles",
        Found.CHAPTERS: "chapter names",
        Found.COVER: "cover picture",
        Found.LINKS: "addresses behind links",
        Found.OTHER: "other hidden data",
    }
)


def removed_words(found: Found) -> tuple[str, ...]:
    """What was found, and is gone, in plain words and always in the same order."""
    return tuple(words for flag, words in _REMOVED.items() if flag in found)


class Trouble(Enum):
    """Why a file could not be cleaned although it looked as if it could."""

    DAMAGED = auto()
    TOO_MANY_PIXELS = auto()
    TOO_LONG = auto()
    """Too much of it once it is unpacked: frames, pages, parts."""
    ENCRYPTED = auto()
    UNKNOWN_PARTS = auto()
    """It is made in a way that we do not know how to clean."""
    MACROS = auto()
    DOES_NOT_FIT = auto()
    """It cannot be made small enough for the helpdesk."""
    NOT_HERE = auto()
    """The part of Tipbridge that cleans this kind is not installed."""
    GAVE_UP = auto()
    """The child crashed, or met one of its limits."""
    NOT_CLEAN = auto()
    """The result did not pass the second look."""
    NO_CHILD = auto()
    """The child could not be started."""


_SCREENSHOT = "Take a screenshot of it and send that."
_PAGE = "Take a photo or a screenshot of the page and send that."

_REASONS: MappingProxyType[Kind | Trouble, str] = MappingProxyType(
    {
        Kind.EMPTY: "This file is empty. Choose it again, or take a screenshot of it and send that.",
        Kind.ARCHIVE: "We cannot open packed files such as ZIP. Send the files in it one by one.",
        Kind.OLD_OFFICE: "We cannot clean this kind of document. " + _PAGE,
        Kind.WEB_PAGE: "We cannot clean web pages and drawings. " + _PAGE,
        Kind.UNKNOWN: "We do not know this kind of file and cannot clean it. " + _PAGE,
        Trouble.DAMAGED: "This file is damaged, or did not arrive whole. "
        "Send it again, or take a screenshot of it and send that.",
        Trouble.TOO_MANY_PIXELS: "This picture is too large for us. " + _SCREENSHOT,
        Trouble.TOO_LONG: "There is too much in this file for us. Send the part that matters, or screenshots of it.",
        Trouble.ENCRYPTED: "This file is locked with a password, so we cannot clean it. " + _PAGE,
        Trouble.UNKNOWN_PARTS: "This file is made in a way that we cannot clean. " + _PAGE,
        Trouble.MACROS: "This document has a program in it, so we do not pass it on. " + _PAGE,
        Trouble.DOES_NOT_FIT: "This film is too long for the school's helpdesk, even made smaller. "
        "Cut out the part that matters and send that.",
        Trouble.NOT_HERE: "We cannot clean this kind of file here. Take screenshots of what matters and send those, "
        "and write down the rest.",
        Trouble.GAVE_UP: "We could not clean this file, so we did not pass it on. " + _SCREENSHOT,
        Trouble.NOT_CLEAN: "We could not make sure that this file is clean, so we did not pass it on. "
        + _SCREENSHOT,
        Trouble.NO_CHILD: "We could not clean this file just now, so we did not pass it on. "
        "Send it again later.",
    }
)


def reason(why: Kind | Trouble) -> str:
    """What to tell the reporter of a refused file. `why` is anything but a kind that can be cleaned."""
    return _REASONS[why]
