"""Reading fields one after the other, and insisting on what they are."""

import struct


class NotClean(Exception):
    """Something is there that does not belong, or is missing. Says nothing of the content."""


class Fields:
    """A box's or element's payload, read from its beginning."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def take(self, count: int) -> bytes:
        """So many bytes."""
        end = self.at + count
        if count < 0 or end > len(self._data):
            raise NotClean("ends too soon")
        part = self._data[self.at : end]
        self.at = end
        return part

    def number(self, size: int) -> int:
        """An unsigned number, big endian."""
        return int.from_bytes(self.take(size))

    def numbers(self, count: int, form: str = "I") -> tuple[int, ...]:
        """Several of one form (see `struct`)."""
        return struct.unpack(f">{count}{form}", self.take(count * struct.calcsize(form)))

    def must_be(self, expected: bytes) -> None:
        """These very bytes."""
        if self.take(len(expected)) != expected:
            raise NotClean("something else where only one thing can be")

    def zeros(self, count: int) -> None:
        """Nothing but noughts."""
        self.must_be(bytes(count))

    @property
    def rest_size(self) -> int:
        """How many bytes are left."""
        return len(self._data) - self.at

    def rest(self) -> bytes:
        """All that is left."""
        return self.take(self.rest_size)

    def end(self) -> None:
        """There must be no more."""
        if self.rest_size:
            raise NotClean("goes on where it should end")


def insist(holds: bool) -> None:
    """Raise NotClean unless it holds."""
    if not holds:
        raise NotClean("not as it should be")
