"""What a reporter submits, already parted from anything technical about the reporter."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from connector.domain.blob import Blob, as_blob, whole


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file that has been cleaned and may leave. `name` is ours (`photo-1.jpg`), never the reporter's.

    A film may be larger than memory should hold: `pieces` gives its bytes one after the other.
    """

    name: str
    media_type: str
    content: bytes | Blob = field(repr=False)

    @property
    def size(self) -> int:
        """How many bytes."""
        return as_blob(self.content).size

    @property
    def data(self) -> bytes:
        """All its bytes, in memory at once."""
        return whole(self.content)

    def pieces(self) -> Iterator[bytes]:
        """All its bytes in order, in pieces; may be called again."""
        return as_blob(self.content).pieces()


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
