"""Files that lie in memory and nowhere else: what goes to the child and what comes from it never touches a disk.

See memfd_create(2). Their pages belong to the kernel, not to the process that holds them open.
"""

import fcntl
import os
import weakref
from collections.abc import Iterator

from connector.domain.blob import PIECE, Blob

_SEALS = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW


class MemoryFile:
    """A blob in a memory file that nobody can change any more. It is gone when this object is."""

    def __init__(self, descriptor: int) -> None:
        """Takes the descriptor over, and seals the file."""
        self.descriptor = descriptor
        self._closing = weakref.finalize(self, os.close, descriptor)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
        self._size = os.fstat(descriptor).st_size

    @property
    def size(self) -> int:
        """How many bytes."""
        return self._size

    def pieces(self) -> Iterator[bytes]:
        """All bytes in order."""
        at = 0
        while piece := os.pread(self.descriptor, PIECE, at):
            at += len(piece)
            yield piece

    def close(self) -> None:
        """Let it go at once."""
        self._closing()


def new_memory_file() -> int:
    """The descriptor of an empty one. Raises OSError where the system has none."""
    return os.memfd_create("", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)


def filled(content: Blob) -> MemoryFile:
    """A memory file with this content."""
    if isinstance(content, MemoryFile):
        return content
    descriptor = new_memory_file()
    try:
        for piece in content.pieces():
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
    except BaseException:
        os.close(descriptor)
        raise
    return MemoryFile(descriptor)
