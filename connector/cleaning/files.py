"""What goes into cleaning and what comes out of it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a reporter sent it. Its name is not here: a file name carries names and dates.

    `declared_type` is what the browser called it. It is not believed; it only helps to find the words of a
    refusal.
    """

    data: bytes = field(repr=False)
    declared_type: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file that may leave: drawn anew, with nothing in it but the picture.

    `extension` is without a dot (`jpg`, `png`). `removed` says in plain words what the original carried.
    """

    data: bytes = field(repr=False)
    media_type: str
    extension: str
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that may not leave, and what to tell the reporter: what is wrong and what to do instead."""

    reason: str


@dataclass(frozen=True, slots=True)
class CleaningLimits:
    """How much one file may cost.

    `pixels` is checked before anything is decoded: 80 million lets every phone's usual settings pass.
    `memory_bytes` is the whole address space of the child and `cpu_seconds` its processor time;
    `wall_seconds` counts from its start. `answer_bytes` bounds the cleaned file. `at_once` children run side
    by side; further files wait their turn.
    """

    pixels: int = 80_000_000
    memory_bytes: int = 1536 * 1024 * 1024
    cpu_seconds: int = 20
    wall_seconds: float = 40.0
    answer_bytes: int = 100_000_000
    at_once: int = 2
