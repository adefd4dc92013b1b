"""What goes into cleaning and what comes out of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from connector.cleaning.kinds import AS_WHAT, Kind
from connector.domain.blob import Blob, as_blob, whole

_NOUNS = {"image": "photo", "video": "film", "audio": "sound", "application": "document", "text": "text"}
"""By the first half of the media type."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a reporter sent it. Its name is not here: a file name carries names and dates.

    `declared_type` is what the browser called it. It is not believed; it only helps to find the words of a
    refusal.
    """

    content: bytes | Blob = field(repr=False)
    declared_type: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file that may leave, with nothing in it but what is meant to be seen or heard.

    `kind` may differ from what was sent: a HEIC becomes a JPEG. `removed` says in plain words what the
    original carried.
    """

    kind: Kind
    content: bytes | Blob = field(repr=False)
    removed: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        """As which it is passed on."""
        return AS_WHAT[self.kind][0]

    @property
    def extension(self) -> str:
        """Without a dot."""
        return AS_WHAT[self.kind][1]

    @property
    def noun(self) -> str:
        """What such a file is called: photo, film, sound, document, text."""
        return _NOUNS[self.media_type.partition("/")[0]]

    @property
    def size(self) -> int:
        """How many bytes."""
        return as_blob(self.content).size

    def pieces(self) -> Iterator[bytes]:
        """All its bytes in order."""
        return as_blob(self.content).pieces()

    @property
    def data(self) -> bytes:
        """All its bytes, in memory at once."""
        return whole(self.content)


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that may not leave, and what to tell the reporter: what is wrong and what to do instead."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A file that was not cleaned in the time that the reporter can wait. To be kept, and cleaned later."""


@dataclass(frozen=True, slots=True)
class CleaningLimits:
    """How much one file may cost.

    `pixels` is checked before anything is decoded: 80 million lets every phone's usual settings pass.
    `all_pixels` bounds pixels times frames of a moving picture. `unpacked_bytes` bounds a document that is
    packed. `memory_bytes` is the whole address space of the child and `cpu_seconds` its processor time;
    `wall_seconds` counts from its start. `answer_bytes` bounds the cleaned file. `at_once` children run side
    by side; further files wait their turn.
    """

    pixels: int = 80_000_000
    all_pixels: int = 500_000_000
    unpacked_bytes: int = 300_000_000
    memory_bytes: int = 1536 * 1024 * 1024
    cpu_seconds: int = 20
    wall_seconds: float = 40.0
    answer_bytes: int = 250_000_000
    at_once: int = 2
