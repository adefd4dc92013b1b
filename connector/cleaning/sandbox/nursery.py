"""The nursery: a process that has loaded every parser, and bears a child for each file.

Loading takes half a second, bearing a few milliseconds. It reads no stranger's byte itself. It is started with
an empty environment, in the directory `/`, holding one socket; it ends when the service does.
"""

import contextlib
import gc
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Sequence

from connector.cleaning.routines import load_all
from connector.cleaning.sandbox import errand
from connector.cleaning.sandbox.walls import die_with_parent
from connector.cleaning.sandbox.wire import MOST, Errand

_MOST_DESCRIPTORS = 3


def main(arguments: Sequence[str]) -> None:
    """Serve the socket whose descriptor is the only argument, until the other end is closed."""
    control = socket.socket(fileno=int(arguments[0]))
    load_all()
    # What is loaded stays: children share these pages, and a collection would write to every one of them.
    gc.collect()
    gc.freeze()
    _Nursery(control).serve()


class _Nursery:
    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._deadlines: dict[int, float] = {}
        self._wake, self._waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        # A child's death interrupts the wait below.
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._waker, warn_on_full_buffer=False)

    def serve(self) -> None:
        while True:
            control = self._control.fileno()
            ready, _, _ = select.select([control, self._wake], [], [], self._patience())
            if self._wake in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(self._wake, MOST)
            self._bury()
            self._end_the_slow()
            if control in ready and not self._bear_one():
                self._end_all()
                return

    def _bear_one(self) -> bool:
        order, descriptors, _, _ = socket.recv_fds(self._control, MOST, _MOST_DESCRIPTORS)
        if not order:
            return False
        asked = Errand.from_bytes(order)
        child = os.fork()
        if child == 0:
            self._become_child(asked, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        self._deadlines[child] = time.monotonic() + asked.wall_seconds
        return True

    def _become_child(self, asked: Errand, descriptors: list[int]) -> None:
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            die_with_parent()
            for descriptor in (self._control.detach(), self._wake, self._waker):
                os.close(descriptor)
            errand.run(asked, descriptors)
        finally:
            os._exit(1)

    def _patience(self) -> float | None:
        if not self._deadlines:
            return None
        return max(0.0, min(self._deadlines.values()) - time.monotonic())

    def _bury(self) -> None:
        for child in list(self._deadlines):
            if os.waitpid(child, os.WNOHANG)[0] == child:
                del self._deadlines[child]

    def _end_the_slow(self) -> None:
        now = time.monotonic()
        for child, deadline in self._deadlines.items():
            if deadline <= now:
                os.kill(child, signal.SIGKILL)

    def _end_all(self) -> None:
        for child in self._deadlines:
            os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1:])
