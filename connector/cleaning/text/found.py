"""What was found in a text."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["email", "phone", "handle", "name", "link"]
"""What could give a reporter away; the words of the public interface."""

SHARED, STORED, TRACKED = "shared", "stored", "tracked"
"""Notes of a link: made for the one who shared it; opens somebody's files; had marks that are taken out."""
TAKEN, PART = "taken", "part"
"""Notes of what the reporter gave as their own: taken out; a part of the name, which stays."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place in the plain form of a text (`folding.Folded`). `mine` says that the words claim it as the reporter's own."""

    kind: Kind
    start: int
    end: int
    mine: bool = False
    note: str = ""
    """Which of several messages of its kind fits; nothing where there is only one."""
