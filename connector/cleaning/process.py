"""Starting the cleaning child and talking with it: bounded in time, in bytes, and in what the child can see.

The child gets an empty environment, two pipes and a working directory of `/`; it never sees the disk's files,
our settings or our keys. The time-outs here are those of a real process and use the machine's monotonic
clock.
"""

import os
import selectors
import subprocess  # nosec B404
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import PIL

_BLOCK = 64 * 1024

_BEGIN = (
    "import sys; sys.path += sys.argv[1:3]; from connector.cleaning import child; child.main(sys.argv[3:])"
)


def child_command() -> tuple[str, ...]:
    """How the child is started; its arguments follow.

    `-I` keeps the environment, the working directory and the home directory out of the search path, `-S`
    whatever site-packages would run at start-up. The two places that the child imports from are those that we
    ourselves came from, whether installed or run from a checkout.
    """
    ours, pillow = Path(__file__).resolve().parents[2], Path(PIL.__file__).resolve().parents[1]
    return (sys.executable, "-I", "-S", "-c", _BEGIN, str(ours), str(pillow))


class ChildFailed(Exception):
    """The child crashed, was too slow, or answered too much. It is dead by now."""


def converse(command: Sequence[str], data: bytes, *, seconds: float, most: int) -> bytes:
    """Start a child, hand it `data`, and return its answer. The child has ended when this returns or raises.

    Raises ChildFailed if it takes longer than `seconds`, answers more than `most` bytes, or does not end with
    status 0; OSError if it cannot be started.
    """
    deadline = time.monotonic() + seconds
    with subprocess.Popen(  # nosec B603
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # What a decoder prints about a picture is of no use to us, and must not reach a log.
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    ) as child:
        try:
            answer = _exchange(child, data, deadline, most)
            status = child.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired as error:
            raise ChildFailed("too slow") from error
        finally:
            child.kill()
    if status != 0:
        raise ChildFailed("crashed")
    return answer


def _exchange(child: "subprocess.Popen[bytes]", data: bytes, deadline: float, most: int) -> bytes:
    """Write and read side by side, so that neither end waits for the other with a full pipe."""
    to, back = child.stdin, child.stdout
    if to is None or back is None:
        raise ChildFailed("has no pipes")
    rest, answer = memoryview(data), bytearray()
    with selectors.DefaultSelector() as ready:
        for pipe, event in ((to, selectors.EVENT_WRITE), (back, selectors.EVENT_READ)):
            os.set_blocking(pipe.fileno(), False)
            ready.register(pipe, event)
        while now := ready.select(max(0.0, deadline - time.monotonic())):
            for key, event in now:
                if event == selectors.EVENT_WRITE:
                    rest = _hand_over(key.fd, rest)
                    if not rest:
                        ready.unregister(to)
                        to.close()
                    continue
                block = os.read(key.fd, _BLOCK)
                if not block:
                    return bytes(answer)
                answer += block
                if len(answer) > most:
                    raise ChildFailed("answers too much")
    raise ChildFailed("too slow")


def _hand_over(pipe: int, rest: memoryview) -> memoryview:
    try:
        return rest[os.write(pipe, rest[:_BLOCK]) :]
    except BrokenPipeError:
        # The child has stopped listening; its status will say why.
        return rest[:0]
