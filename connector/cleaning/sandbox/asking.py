"""The service's end: starting the nursery, sending files in, and waiting for answers, bounded in time and in bytes.

The time-outs here are those of real processes and use the machine's monotonic clock.
"""

import os
import select
import socket
import subprocess  # nosec B404
import sys
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import PIL

from connector.cleaning.sandbox.wire import Errand

_GRACE = 2.0
"""Seconds after a child's own deadline until the nursery itself is given up."""
_MOST_ANSWER = 1000

_BEGIN = (
    "import sys; sys.path += sys.argv[1:3]; "
    "from connector.cleaning.sandbox import nursery; nursery.main(sys.argv[3:])"
)


def nursery_command() -> tuple[str, ...]:
    """How the nursery is started; the descriptor of its socket follows.

    `-I` keeps the environment, the working directory and the home directory out of the search path, `-S`
    whatever site-packages would run at start-up. The two places that it imports from are those that we
    ourselves came from, whether installed or run from a checkout.
    """
    ours, pillow = Path(__file__).resolve().parents[3], Path(PIL.__file__).resolve().parents[1]
    return (sys.executable, "-I", "-S", "-c", _BEGIN, str(ours), str(pillow))


class ChildFailed(Exception):
    """The child crashed or was too slow. It is dead by now."""


class Sandbox:
    """Sends errands to a nursery, which is started at the first one, and anew where it has died."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        """`command` starts the nursery; only tests have one of their own."""
        self._command = tuple(command) if command is not None else nursery_command()
        self._lock = threading.Lock()
        self._running: _Running | None = None
        self._ending: Callable[[], object] | None = None

    def warm(self) -> None:
        """Start the nursery now, so that the first file need not wait for it. Raises OSError."""
        with self._lock:
            self._started()

    def run(self, errand: Errand, descriptors: Sequence[int] = ()) -> bytes:
        """What the child answered. Raises ChildFailed; OSError where no nursery can be started."""
        try:
            return self._tried(errand, descriptors)
        except ChildFailed:
            running = self._running
            if running is None or running.alive:
                raise
            # Not the child has died but the nursery, which has nothing to do with this file.
            return self._tried(errand, descriptors)

    def _tried(self, errand: Errand, descriptors: Sequence[int]) -> bytes:
        reader, writer = os.pipe2(os.O_CLOEXEC)
        try:
            try:
                self._send(errand.to_bytes(), [writer, *descriptors])
            finally:
                os.close(writer)
            return self._answer(reader, errand.wall_seconds)
        finally:
            os.close(reader)

    def close(self) -> None:
        """End the nursery and its children."""
        with self._lock:
            self._end()

    def _send(self, order: bytes, descriptors: Sequence[int]) -> None:
        with self._lock:
            for last in (False, True):
                control = self._started()
                try:
                    socket.send_fds(control, [order], descriptors)
                except OSError:
                    self._end()
                    if last:
                        raise ChildFailed("the nursery takes nothing") from None
                else:
                    return

    def _answer(self, reader: int, wall_seconds: float) -> bytes:
        deadline = time.monotonic() + wall_seconds + _GRACE
        answer = b""
        while select.select([reader], [], [], max(0.0, deadline - time.monotonic()))[0]:
            block = os.read(reader, _MOST_ANSWER)
            if not block:
                if not answer:
                    raise ChildFailed("crashed")
                return answer
            answer += block
            if len(answer) > _MOST_ANSWER:
                break
        # It should have been ended by the nursery long ago, or says what no child of ours says.
        self.close()
        raise ChildFailed("too slow")

    def _started(self) -> socket.socket:
        if self._running is None or not self._running.alive:
            self._end()
            self._running = _Running.start(self._command)
            # Also where nobody closes this object: a nursery never outlives who it works for.
            self._ending = weakref.finalize(self, self._running.end)
        return self._running.control

    def _end(self) -> None:
        if self._ending is not None:
            self._ending()
        self._running = self._ending = None


@dataclass(frozen=True, slots=True)
class _Running:
    """A nursery that was started, and our end of its socket."""

    process: "subprocess.Popen[bytes]"
    control: socket.socket

    @classmethod
    def start(cls, command: Sequence[str]) -> "_Running":
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            try:
                process = subprocess.Popen(  # nosec B603
                    (*command, str(theirs.fileno())),
                    stdin=subprocess.DEVNULL,
                    # What a decoder prints about a file is of no use to us, and must not reach a log.
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env={},
                    cwd="/",
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
            except OSError:
                ours.close()
                raise
        return cls(process, ours)

    @property
    def alive(self) -> bool:
        """Whether the other end of the socket is open: that is known sooner than that a process has ended."""
        try:
            return self.control.recv(1, socket.MSG_DONTWAIT | socket.MSG_PEEK) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def end(self) -> None:
        self.control.close()
        # Its children end with it.
        self.process.kill()
        self.process.wait()
