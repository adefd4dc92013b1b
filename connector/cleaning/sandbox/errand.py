"""What a child of the nursery does: puts up its walls, reads one file, answers, and dies."""

import os
import socket
from typing import BinaryIO, cast

from connector.cleaning.kinds import Kind
from connector.cleaning.routines import CannotClean, pair_for
from connector.cleaning.sandbox.walls import NO_WALL, raise_walls
from connector.cleaning.sandbox.wire import Answer, Errand, Task
from connector.cleaning.words import Trouble


def run(errand: Errand, descriptors: list[int]) -> None:
    """Do it and end this process. `descriptors`: where the answer goes, then the file, then where the clean one goes."""
    answer, *files = descriptors
    walls = raise_walls(
        errand.memory_bytes,
        errand.cpu_seconds,
        errand.answer_bytes,
        # libheif decodes nothing without a thread of its own, however few it is told to use.
        threads=errand.kind is Kind.HEIC and errand.task is Task.WASH,
    )
    words = _tried(walls.against_the_network()).encode() if errand.task is Task.WALLS else None
    os.write(answer, words or _done(errand, files).to_bytes())
    # The interpreter's own way out opens and flushes this and that; there is nothing left to do.
    os._exit(0)


def _done(errand: Errand, files: list[int]) -> Answer:
    return _washed(errand, *files) if errand.task is Task.WASH else _witnessed(errand, *files)


def _washed(errand: Errand, source: int, out: int) -> Answer:
    try:
        # An earlier try may have ended in the middle.
        os.ftruncate(out, 0)
        with _opened(source, "rb") as reader, _opened(out, "r+b") as writer:
            washed = pair_for(errand.kind)[0].wash(errand.kind, reader, writer, errand.wish)
        return Answer(None, washed.found, washed.kind)
    except CannotClean as why:
        return Answer(why.trouble)
    except ImportError:
        return Answer(Trouble.NOT_HERE)
    except MemoryError:
        return Answer(Trouble.GAVE_UP)
    except Exception:  # noqa: BLE001 - decoders raise almost anything, and none of it is told
        return Answer(Trouble.DAMAGED)


def _witnessed(errand: Errand, result: int) -> Answer:
    try:
        with _opened(result, "rb") as reader:
            clean = pair_for(errand.kind)[1].is_clean(errand.kind, reader, errand.wish)
    except Exception:  # noqa: BLE001 - what the witness cannot read is not clean
        clean = False
    return Answer(None if clean else Trouble.NOT_CLEAN, kind=errand.kind if clean else Kind.UNKNOWN)


def _opened(descriptor: int, mode: str) -> BinaryIO:
    os.lseek(descriptor, 0, os.SEEK_SET)
    return cast("BinaryIO", os.fdopen(descriptor, mode, closefd=False))


def _tried(walls: str) -> str:
    """What was reported, if it is true: a socket is asked for, and must be refused or lead nowhere."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as leak:
            # Sends nothing: only asks the kernel for a route.
            leak.connect(("192.0.2.1", 9))
    except OSError:
        return walls
    return NO_WALL
