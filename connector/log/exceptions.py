"""Exceptions in the log: their classes and where they arose. Never their text, arguments or variables."""

import traceback
from pathlib import PurePath
from typing import Any

_DEEPEST = 4
_MOST_FRAMES = 30


def described(error: BaseException) -> dict[str, Any]:
    """The fields of an exception: `error` (its class), `cause` (that of the first in its chain), `frames`.

    `frames` are `file:line`, outermost first, of the first exception in the chain: that is where the trouble
    arose.
    """
    chain = [error]
    while len(chain) < _DEEPEST and (earlier := _earlier(chain[-1])) is not None and earlier not in chain:
        chain.append(earlier)
    cause = {"cause": type(chain[-1]).__name__} if len(chain) > 1 else {}
    return {"error": type(error).__name__, **cause, "frames": _frames(chain[-1])}


def _earlier(error: BaseException) -> BaseException | None:
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _frames(error: BaseException) -> list[str]:
    walked = list(traceback.walk_tb(error.__traceback__))[-_MOST_FRAMES:]
    return [f"{_short(frame.f_code.co_filename)}:{line}" for frame, line in walked]


def _short(filename: str) -> str:
    """The last parts of a path: enough to find the file, without the directories of this machine."""
    return "/".join(PurePath(filename).parts[-3:]).lstrip("/").replace(" ", "_") or "unknown"
