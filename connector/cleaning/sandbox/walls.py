"""The walls that the cleaning child puts up around itself before it reads a stranger's file.

Each is tried, and what holds is told: kernels and containers differ. The system call filter is the strong
one; the others stand behind it, or in its place.
"""

import ctypes
import resource
import signal
import sys
from dataclasses import dataclass

from connector.cleaning.sandbox import seccomp

NO_WALL = "none"
"""What is reported where nothing keeps the child from the network."""

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000


@dataclass(frozen=True, slots=True)
class Walls:
    """Which walls hold."""

    call_filter: bool
    own_network: bool
    no_new_descriptors: bool

    def against_the_network(self) -> str:
        """What keeps the child from the network, in words; `NO_WALL` if nothing does."""
        words = (
            (self.call_filter, "system call filter"),
            (self.own_network, "own empty network"),
            (self.no_new_descriptors, "no new descriptors"),
        )
        return ", ".join(name for holds, name in words if holds) or NO_WALL


def die_with_parent() -> None:
    """Have the kernel end this process when its parent ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def raise_walls(memory_bytes: int, cpu_seconds: int, file_bytes: int, *, threads: bool = False) -> Walls:
    """Shut this process in, for good. Everything it will need must be imported by now.

    Only the limits on memory, on time and on the size of what it writes are given by the caller; all else is
    nought. `threads` lets threads begin where the call filter tells them from processes.
    """
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, file_bytes)
    _limit(resource.RLIMIT_CPU, cpu_seconds)
    _limit(resource.RLIMIT_AS, memory_bytes)
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    own_network = libc is not None and _leave_the_network(libc)
    if libc is not None:
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        # A crash must not hand the reporter's picture to a core dump: a collector behind a pipe (core(5))
        # takes no notice of RLIMIT_CORE. Set after leaving the network, which resets it.
        libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    # The pipe and the files are open already; a limit of nought only keeps new ones, files and sockets, from being opened.
    no_new_descriptors = _limit(resource.RLIMIT_NOFILE, 0)
    # This limit counts threads as well.
    if not threads:
        _limit(resource.RLIMIT_NPROC, 0)
    call_filter = libc is not None and seccomp.install(libc, threads=threads)
    if threads and not call_filter:
        _limit(resource.RLIMIT_NPROC, 0)
    return Walls(call_filter, own_network, no_new_descriptors)


def _limit(which: int, most: int) -> bool:
    try:
        resource.setrlimit(which, (most, most))
    except (ValueError, OSError):
        # A lower limit is in force already, or the system (macOS) does not know this one.
        return False
    return True


def _leave_the_network(libc: ctypes.CDLL) -> bool:
    """Move into a network of our own that has nothing in it, not even a working loopback.

    Without privileges this needs a user namespace as well; some systems allow that to nobody, but then root
    may do without.
    """
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWUSER | _CLONE_NEWNET, _CLONE_NEWNET))
