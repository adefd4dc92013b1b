"""The one call: files in, clean photos or plain refusals out."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

from connector.cleaning.files import Cleaned, CleaningLimits, Refused, Upload
from connector.cleaning.kinds import Kind, kind_of
from connector.cleaning.process import ChildFailed, child_command, converse
from connector.cleaning.verifying import is_clean
from connector.cleaning.wire import Answer, GarbledAnswer, Outcome
from connector.cleaning.words import Trouble, reason, removed_words
from connector.errors import TipbridgeError

_AS_WHAT = {Kind.JPEG: ("image/jpeg", "jpg"), Kind.PNG: ("image/png", "png")}

_TROUBLES = {
    Outcome.DAMAGED: Trouble.DAMAGED,
    Outcome.TOO_MANY_PIXELS: Trouble.TOO_MANY_PIXELS,
    Outcome.GAVE_UP: Trouble.GAVE_UP,
}

_HEAD_ROOM = 64
"""Bytes of an answer besides the photo, generously."""


class CleaningUnavailable(TipbridgeError):
    """The cleaning child does not start: every photo would be refused. The message says what to look at."""


class Cleaner:
    """Cleans reporters' files, each in a child process of its own.

    What cannot be cleaned is refused, never passed on and never raised about: the tip goes through without
    it. May be used by many threads; together they run at most `limits.at_once` children, the others wait.
    """

    def __init__(self, limits: CleaningLimits, command: Sequence[str] | None = None) -> None:
        """`command` starts the child; only tests have one of their own."""
        self._limits = limits
        self._command = tuple(command) if command is not None else child_command()
        self._room = BoundedSemaphore(limits.at_once)

    def clean(self, files: Sequence[Upload]) -> list[Cleaned | Refused]:
        """What became of each file, in the order of the files. Equal files give equal results."""
        if len(files) < 2:
            return [self._clean(file) for file in files]
        with ThreadPoolExecutor(min(len(files), self._limits.at_once), "cleaning") as side_by_side:
            return list(side_by_side.map(self._clean, files))

    def _clean(self, file: Upload) -> Cleaned | Refused:
        kind = kind_of(file.data, file.declared_type)
        if kind not in _AS_WHAT:
            return Refused(reason(kind))
        try:
            answer = self._ask_child(kind, file.data)
        except (ChildFailed, GarbledAnswer):
            return Refused(reason(Trouble.GAVE_UP))
        except OSError:
            return Refused(reason(Trouble.NO_CHILD))
        if answer.outcome is not Outcome.CLEANED:
            return Refused(reason(_TROUBLES[answer.outcome]))
        if not is_clean(kind, answer.photo):
            return Refused(reason(Trouble.NOT_CLEAN))
        media_type, extension = _AS_WHAT[kind]
        return Cleaned(answer.photo, media_type, extension, removed_words(answer.found))

    def _ask_child(self, kind: Kind, data: bytes) -> Answer:
        limits = self._limits
        arguments = (kind.value, limits.pixels, limits.memory_bytes, limits.cpu_seconds)
        command = (*self._command, "clean", *(str(argument) for argument in arguments))
        with self._room:
            # The clock starts when the child does: waiting for room costs a file nothing.
            most = limits.answer_bytes + _HEAD_ROOM
            return Answer.from_bytes(converse(command, data, seconds=limits.wall_seconds, most=most))


def network_wall(limits: CleaningLimits | None = None) -> str:
    """What keeps the cleaning child from the network on this machine, found out by starting one; for `check`.

    Words such as "system call filter, own empty network, no new descriptors", or `NO_WALL` ("none"): then
    only the limits on time and memory hold, and the operator should run Tipbridge where the kernel allows
    more. Raises CleaningUnavailable if the child does not start.
    """
    limits = limits or CleaningLimits()
    command = (*child_command(), "walls", str(limits.memory_bytes), str(limits.cpu_seconds))
    try:
        return converse(command, b"", seconds=limits.wall_seconds, most=1000).decode("ascii")
    except (ChildFailed, OSError, UnicodeDecodeError) as error:
        raise CleaningUnavailable(
            "the process that cleans photos does not start, so every photo would be refused; look at the "
            "limits on processes and memory of this service, and whether Pillow is installed beside Tipbridge"
        ) from error
