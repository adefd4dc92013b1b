"""The one call: files in, clean files or plain refusals out."""

import contextlib
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

from connector.cleaning.files import Cleaned, CleaningLimits, Refused, Unfinished, Upload
from connector.cleaning.kinds import FILMS, HEAD, Kind, kind_of
from connector.cleaning.routines import CAN_BE_CLEANED, Wish
from connector.cleaning.sandbox import (
    Answer,
    ChildFailed,
    Errand,
    GarbledAnswer,
    MemoryFile,
    Sandbox,
    Task,
    filled,
    new_memory_file,
)
from connector.cleaning.words import Trouble, reason, removed_words
from connector.domain.blob import Blob, as_blob, whole
from connector.errors import TipbridgeError

_SMALL = 1_000_000
"""Bytes up to which a result is kept as it is; larger ones stay in the memory file they were written to."""


class CleaningUnavailable(TipbridgeError):
    """The cleaning child does not start: every file would be refused. The message says what to look at."""


class _NoTimeLeft(ChildFailed):
    """The reporter has waited long enough."""


class Cleaner:
    """Cleans reporters' files, each in a child process of its own, and has each result looked at by another.

    What cannot be cleaned is refused, never passed on and never raised about: the tip goes through without
    it. May be used by many threads; together they run at most `limits.at_once` children, the others wait.
    """

    def __init__(
        self, limits: CleaningLimits, command: Sequence[str] | None = None, *, faithful: bool = False
    ) -> None:
        """`faithful` keeps the pixels of photos where the format allows. `command` is for tests."""
        self._limits = limits
        self._faithful = faithful
        self._sandbox = Sandbox(command)
        self._room = BoundedSemaphore(limits.at_once)

    def clean(
        self, files: Sequence[Upload], *, fit: int | None = None, within: float | None = None
    ) -> list[Cleaned | Refused | Unfinished]:
        """What became of each file, in the order of the files. Equal files give equal results.

        Films come down to `fit` bytes each, if that is possible. What is not done `within` so many seconds, all
        files together, is Unfinished.
        """
        deadline = None if within is None else time.monotonic() + within

        def one(file: Upload) -> Cleaned | Refused | Unfinished:
            return self._clean(file, fit, deadline)

        if len(files) < 2:
            return [one(file) for file in files]
        with ThreadPoolExecutor(min(len(files), self._limits.at_once), "cleaning") as side_by_side:
            return list(side_by_side.map(one, files))

    def clean_one(self, file: Upload, *, fit: int | None = None) -> Cleaned | Refused:
        """What became of one file, however long it takes."""
        result = self._clean(file, fit, None)
        # Without a deadline nothing stays unfinished.
        return Refused(reason(Trouble.GAVE_UP)) if isinstance(result, Unfinished) else result

    def _clean(self, file: Upload, fit: int | None, deadline: float | None) -> Cleaned | Refused | Unfinished:
        content = as_blob(file.content)
        kind = kind_of(_head(content), file.declared_type)
        if kind not in CAN_BE_CLEANED:
            return Refused(reason(kind))
        if deadline is not None and kind in FILMS and fit is not None and content.size > fit:
            # Making a film smaller takes minutes: there is no use in beginning.
            return Unfinished()
        limits = self._limits
        wish = Wish(limits.pixels, limits.all_pixels, limits.unpacked_bytes, self._faithful, fit)
        try:
            return self._washed_and_witnessed(kind, content, wish, deadline)
        except (ChildFailed, GarbledAnswer) as failure:
            if isinstance(failure, _NoTimeLeft) or (deadline is not None and time.monotonic() >= deadline):
                return Unfinished()
            trouble = Trouble.GAVE_UP
        except OSError:
            trouble = Trouble.NO_CHILD
        return Refused(reason(trouble))

    def warm(self) -> None:
        """Get ready, so that the first file need not wait."""
        # Where nothing starts, each file says so; a tip without files goes through.
        with contextlib.suppress(OSError):
            self._sandbox.warm()

    def walls(self) -> str:
        """What keeps the child from the network on this machine, found out by starting one; for `check`.

        Words such as "system call filter, own empty network, no new descriptors", or `NO_WALL` ("none"): then
        only the limits on time and memory hold, and the operator should run Tipbridge where the kernel allows
        more. Raises CleaningUnavailable if the child does not start.
        """
        limits = self._limits
        wish = Wish(limits.pixels, limits.all_pixels, limits.unpacked_bytes)
        try:
            return self._sandbox.run(self._errand(Task.WALLS, Kind.UNKNOWN, wish)).decode("ascii")
        except (ChildFailed, OSError, UnicodeDecodeError) as error:
            raise CleaningUnavailable(
                "the process that cleans files does not start, so every file would be refused; look at the "
                "limits on processes and memory of this service, and whether Pillow is installed beside Tipbridge"
            ) from error

    def close(self) -> None:
        """End all children. The next file starts them anew."""
        self._sandbox.close()

    def _washed_and_witnessed(
        self, kind: Kind, content: Blob, wish: Wish, deadline: float | None
    ) -> Cleaned | Refused:
        with self._room_by(deadline):
            answer, result = self._wash(kind, content, wish, deadline)
            if answer.trouble is None:
                errand = self._errand(Task.WITNESS, answer.kind, wish, deadline)
                looked = Answer.from_bytes(self._sandbox.run(errand, [result.descriptor]))
                if looked.trouble is None and looked.kind is answer.kind and result.size:
                    kept = whole(result) if result.size <= _SMALL else result
                    return Cleaned(answer.kind, kept, removed_words(answer.found))
        return Refused(reason(answer.trouble or Trouble.NOT_CLEAN))

    @contextlib.contextmanager
    def _room_by(self, deadline: float | None) -> Iterator[None]:
        """The clock of a child starts when it does: waiting for room costs a file only what the reporter waits."""
        patience = None if deadline is None else max(0.0, deadline - time.monotonic())
        if not self._room.acquire(timeout=patience):
            raise _NoTimeLeft
        try:
            yield
        finally:
            self._room.release()

    def _wash(
        self, kind: Kind, content: Blob, wish: Wish, deadline: float | None
    ) -> tuple[Answer, MemoryFile]:
        source = filled(content)
        out = new_memory_file()
        try:
            said = self._sandbox.run(self._errand(Task.WASH, kind, wish, deadline), [source.descriptor, out])
        finally:
            # Sealed from here on: whoever still holds it can change nothing in it.
            result = MemoryFile(out)
            if source is not content:
                source.close()
        return Answer.from_bytes(said), result

    def _errand(self, task: Task, kind: Kind, wish: Wish, deadline: float | None = None) -> Errand:
        limits = self._limits
        wall = limits.wall_seconds
        if deadline is not None:
            wall = min(wall, deadline - time.monotonic())
        if wall <= 0:
            raise _NoTimeLeft
        return Errand(
            task,
            kind,
            wish,
            memory_bytes=limits.memory_bytes,
            cpu_seconds=limits.cpu_seconds,
            wall_seconds=wall,
            answer_bytes=limits.answer_bytes,
        )


def _head(content: Blob) -> bytes:
    head = b""
    for piece in content.pieces():
        head += piece[: HEAD - len(head)]
        if len(head) >= HEAD:
            break
    return head
