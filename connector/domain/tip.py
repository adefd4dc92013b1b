"""What a reporter submits, already parted from anything technical about the reporter."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file that has been cleaned and may leave. `name` is ours (`photo-1.jpg`), never the reporter's."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tip:
    """A reporter's words and choices. `repr` shows none of the words, so a traceback cannot either.

    `danger_now` is None where the question was not answered. `about_staff` says that the tip names somebody who works
    at the school.
    """

    school: str
    category: str
    text: str = field(repr=False)
    danger_now: bool | None = None
    about_staff: bool = False
    language: str | None = None
    where: str = field(default="", repr=False)
    when: str = field(default="", repr=False)
    who: str = field(default="", repr=False)
