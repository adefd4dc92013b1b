"""The cleaning child: one photo in, one answer out, and nothing else in reach.

Started as its own process for every file, by `connector.cleaning.process`. Imports first, then the walls, and
only then reads the stranger's bytes.
"""

import io
import os
import socket
import sys
from collections.abc import Sequence

# Pillow loads this one late, when it first meets EXIF; by then the walls are up and no file can be opened.
import PIL.TiffImagePlugin  # noqa: F401

from connector.cleaning.kinds import Kind
from connector.cleaning.recode import TooManyPixels, recode
from connector.cleaning.walls import NO_WALL, raise_walls
from connector.cleaning.wire import Answer, Outcome

_BLOCK = 1024 * 1024


def main(arguments: Sequence[str]) -> None:
    """Clean (`clean KIND PIXELS MEMORY CPU`), or say which walls hold (`walls MEMORY CPU`)."""
    match list(arguments):
        case ["clean", kind, pixels, memory, cpu]:
            raise_walls(int(memory), int(cpu))
            answer = _clean(Kind(kind), int(pixels)).to_bytes()
        case ["walls", memory, cpu]:
            answer = _tried(raise_walls(int(memory), int(cpu)).against_the_network()).encode()
        case _:
            raise SystemExit("usage: clean KIND PIXELS MEMORY CPU | walls MEMORY CPU")
    _write(answer)
    # The interpreter's own way out opens and flushes this and that; there is nothing left to do.
    os._exit(0)


def _clean(kind: Kind, max_pixels: int) -> Answer:
    data = _read()
    try:
        photo, found = recode(kind, data, max_pixels)
    except TooManyPixels:
        return Answer(Outcome.TOO_MANY_PIXELS)
    except MemoryError:
        return Answer(Outcome.GAVE_UP)
    except Exception:  # noqa: BLE001 - decoders raise almost anything, and none of it is told
        return Answer(Outcome.DAMAGED)
    return Answer(Outcome.CLEANED, found, photo)


def _tried(walls: str) -> str:
    """What was reported, if it is true: a socket is asked for, and must be refused or lead nowhere."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as leak:
            # Sends nothing: only asks the kernel for a route.
            leak.connect(("192.0.2.1", 9))
    except OSError:
        return walls
    return NO_WALL


def _read() -> bytes:
    blocks = io.BytesIO()
    while block := os.read(sys.stdin.fileno(), _BLOCK):
        blocks.write(block)
    return blocks.getvalue()


def _write(answer: bytes) -> None:
    rest = memoryview(answer)
    while rest:
        rest = rest[os.write(sys.stdout.fileno(), rest[:_BLOCK]) :]
