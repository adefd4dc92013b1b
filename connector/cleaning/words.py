"""What reporters are told about their files: what was taken out, and why a file cannot be passed on.

Each refusal says what is wrong and what to do instead, in words that a twelve-year-old reads without help.
"""

from enum import Enum, IntFlag, auto
from types import MappingProxyType

from connector.cleaning.kinds import Kind


class Found(IntFlag):
    """What a photo carried besides its picture. Flags: the child answers with one number."""

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
    OTHER = auto()


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
        Found.OTHER: "other hidden data",
    }
)


def removed_words(found: Found) -> tuple[str, ...]:
    """What was found, and is gone, in plain words and always in the same order."""
    return tuple(words for flag, words in _REMOVED.items() if flag in found)


class Trouble(Enum):
    """Why a photo could not be cleaned although it looked like one."""

    DAMAGED = auto()
    TOO_MANY_PIXELS = auto()
    GAVE_UP = auto()
    """The child crashed, or met one of its limits."""
    NOT_CLEAN = auto()
    """The result did not pass the second look."""
    NO_CHILD = auto()
    """The child could not be started."""


_SCREENSHOT = "Take a screenshot of it and send that."
_PHOTOS_ONLY = (
    "We can only pass on photos (JPEG or PNG) at the moment. "
    "Take a screenshot or a photo of it and send that."
)

_REASONS: MappingProxyType[Kind | Trouble, str] = MappingProxyType(
    {
        Kind.EMPTY: "This file is empty. Choose it again, or take a screenshot of it and send that.",
        Kind.HEIC: "This photo is in the HEIC format that iPhones use, and we cannot pass that on yet. "
        "Open the photo, take a screenshot of it and send the screenshot.",
        Kind.PICTURE: "We cannot pass on this kind of picture yet, only JPEG and PNG. " + _SCREENSHOT,
        Kind.VIDEO: "We cannot pass on videos yet. Take screenshots of the moments that matter and send "
        "those, and write down what happens in between.",
        Kind.SOUND: "We cannot pass on sound yet. Write down what can be heard.",
        Kind.ARCHIVE: "We cannot open packed files such as ZIP. Send the photos in it one by one.",
        Kind.DOCUMENT: _PHOTOS_ONLY,
        Kind.UNKNOWN: _PHOTOS_ONLY,
        Trouble.DAMAGED: "This photo is damaged, or did not arrive whole. "
        "Send it again, or take a screenshot of it and send that.",
        Trouble.TOO_MANY_PIXELS: "This picture is too large for us. " + _SCREENSHOT,
        Trouble.GAVE_UP: "We could not clean this photo, so we did not pass it on. " + _SCREENSHOT,
        Trouble.NOT_CLEAN: "We could not make sure that this photo is clean, so we did not pass it on. "
        + _SCREENSHOT,
        Trouble.NO_CHILD: "We could not clean this photo just now, so we did not pass it on. "
        "Send it again later.",
    }
)


def reason(why: Kind | Trouble) -> str:
    """What to tell the reporter of a refused file. `why` is anything but a kind that can be cleaned."""
    return _REASONS[why]
