"""AV1: a packet is a row of units; metadata, padding, tile lists and time marks are taken out.

Metadata units hold what ITU-T T.35 lets anybody define. Sources: AV1 bitstream specification, sections 5.3 and
5.8; AV1 codec ISO media file format binding, section 2.3.
"""

from collections.abc import Iterator

_KEPT = frozenset({1, 3, 4, 6, 7})
"""Sequence header; frame header, tile group, frame, repeated frame header."""

_RECORD = 4
"""Bytes of an AV1CodecConfigurationRecord before its units."""


class ObuSieve:
    """Takes packets whose units have sizes; the last may go without."""

    def __init__(self, header: bytes | None) -> None:
        self.header = header
        if header and header[0] == 0x81:
            self.header = header[:_RECORD] + self(header[_RECORD:])

    def __call__(self, packet: bytes, header: bytes | None = None) -> bytes:  # noqa: ARG002
        """The packet's frames and headers."""
        return b"".join(unit for kind, unit in _units(packet) if kind in _KEPT)


def _units(data: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(data)
    while at < end:
        first = data[at]
        if first & 0x80:
            return
        begin = at + (2 if first & 4 else 1)
        after = end
        if first & 2:
            size, begin = _leb128(data, begin)
            after = begin + size
        if after > end:
            return
        yield first >> 3, data[at:after]
        at = after


def _leb128(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 56, 7):
        if at >= len(data):
            break
        value |= (data[at] & 0x7F) << shift
        at += 1
        if not data[at - 1] & 0x80:
            return value, at
    raise ValueError("a size without an end")
