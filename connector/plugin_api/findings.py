"""What `tipbridge check` finds."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """ERROR makes `check` exit 1. NOT_LOOKED_AT says honestly what our token could not read."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    NOT_LOOKED_AT = "not looked at"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `check`: a stable id (`ZMD-W003`), what is so, and what to do in the platform's own menu words."""

    finding_id: str
    level: Level
    what: str
    remedy: str = ""
