"""A large upload on its way in: on the disk only as ciphertext, in a file without a name.

The key is drawn for this one file and lives in this object alone: when it is gone, by a crash too, so is the content.
Counter mode (NIST SP 800-38A, 6.5) lets a reader begin anywhere. It must never cover two contents with the same part of
its stream, so a spool is only ever written at its end.
"""

import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR

from connector.domain.blob import PIECE

_BLOCK = 16


class Spool(io.RawIOBase):
    """A file to be written once and read as often as wished. Raises OSError where the disk is full."""

    def __init__(self, directory: Path) -> None:
        """In `directory`, which must exist."""
        super().__init__()
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=directory, buffering=0)  # noqa: SIM115  closed by `close`
        self._key, self._start = os.urandom(32), int.from_bytes(os.urandom(8), "big") << 64
        self._size = self._at = 0

    @property
    def size(self) -> int:
        """How many bytes were written."""
        return self._size

    def readable(self) -> bool:
        """Yes."""
        return True

    def writable(self) -> bool:
        """At the end."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: bytes | bytearray | memoryview) -> int:  # type: ignore[override]  # narrower: no arrays
        """Append. Raises io.UnsupportedOperation anywhere but at the end."""
        if self._at != self._size:
            raise io.UnsupportedOperation("a spool is written at its end only")
        sealed = self._stream(self._at).update(data)
        rest = memoryview(sealed)
        self._file.seek(self._at)
        while rest:
            rest = rest[self._file.write(rest) :]
        self._size = self._at = self._at + len(sealed)
        return len(sealed)

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes from here."""
        left = max(0, self._size - self._at)
        wanted = left if size is None or size < 0 else min(size, left)
        self._file.seek(self._at)
        sealed = bytearray()
        while len(sealed) < wanted and (block := self._file.read(wanted - len(sealed))):
            sealed += block
        plain = self._stream(self._at).update(sealed)
        self._at += len(plain)
        return plain

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # narrower: no arrays
        """Fill `buffer` from here."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """Where we are."""
        return self._at

    def pieces(self) -> Iterator[bytes]:
        """All bytes in order, whoever reads elsewhere meanwhile."""
        at = 0
        while at < self._size:
            self.seek(at)
            piece = self.read(PIECE)
            at += len(piece)
            yield piece

    def close(self) -> None:
        """Give the disk's room back."""
        if not self.closed:
            self._file.close()
        super().close()

    def _stream(self, at: int) -> CipherContext:
        counter = (self._start + at // _BLOCK) % (1 << 128)
        stream = Cipher(AES256(self._key), CTR(counter.to_bytes(_BLOCK, "big"))).encryptor()
        stream.update(bytes(at % _BLOCK))
        return stream


class Incoming(io.RawIOBase):
    """An upload as it comes: in memory while it is small, in a spool from `most` bytes on."""

    def __init__(self, directory: Path, most: int) -> None:
        super().__init__()
        self._directory, self._most = directory, most
        self._inner: io.BytesIO | Spool = io.BytesIO()

    @property
    def size(self) -> int:
        """How many bytes were written."""
        return self._inner.size if isinstance(self._inner, Spool) else self._inner.getbuffer().nbytes

    def readable(self) -> bool:
        """Yes."""
        return True

    def writable(self) -> bool:
        """At the end."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: bytes | bytearray | memoryview) -> int:  # type: ignore[override]  # narrower: no arrays
        """Append."""
        if isinstance(self._inner, io.BytesIO) and self.size + len(data) > self._most:
            spool = Spool(self._directory)
            spool.write(self._inner.getbuffer())
            self._inner = spool
        return self._inner.write(data)

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes from here."""
        return self._inner.read(size)

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # narrower: no arrays
        """Fill `buffer` from here."""
        return self._inner.readinto(buffer)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place."""
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        """Where we are."""
        return self._inner.tell()

    def pieces(self) -> Iterator[bytes]:
        """All bytes in order."""
        if isinstance(self._inner, Spool):
            yield from self._inner.pieces()
        else:
            # A view, not a copy: the whole of it would stand in memory twice.
            for start in range(0, self.size, PIECE):
                yield bytes(self._inner.getbuffer()[start : start + PIECE])

    def close(self) -> None:
        """Give memory and disk back."""
        self._inner.close()
        super().close()
