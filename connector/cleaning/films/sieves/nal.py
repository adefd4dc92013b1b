"""H.264 and HEVC: a packet is a row of units, of which only those are kept that a picture is decoded from.

What goes: supplemental enhancement information (types 6; 39 and 40), in which encoders leave their names and
settings, cameras their positions and dates, and captions travel; fillers; units of further layers and views;
Dolby Vision's (62, 63); whatever is reserved or unspecified. Sources: ITU-T H.264 7.4.1 and H.265 7.4.2.2;
ISO/IEC 14496-15 5.3.3 and 8.3.3 for the headers in files.

Own code rather than FFmpeg's `filter_units`: that one unpacks and repacks every byte, which takes five times as
long as everything else that is done to a film.
"""

import re
from collections.abc import Iterator

_KEPT = {
    # Slices, parameter sets, delimiter, end of sequence and of stream.
    "h264": frozenset({1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 13}),
    "hevc": frozenset({*range(10), *range(16, 22), 32, 33, 34, 35, 36, 37}),
}
_SETS = {"h264": frozenset({7, 8, 13}), "hevc": frozenset({32, 33, 34})}

_START_CODE = re.compile(rb"\x00\x00\x01")
_START = b"\x00\x00\x00\x01"


class NalSieve:
    """Takes packets whose units have a length before them (MP4, Matroska) or a start code (AVI)."""

    def __init__(self, codec: str, header: bytes | None) -> None:
        self._codec = codec
        self._wanted = bytes(self._is_kept(first, 0) for first in range(256))
        self._length = _length_size(codec, header)
        self.header = None if header is None else self._bare(header)

    def __call__(self, packet: bytes, header: bytes | None = None) -> bytes:
        """The packet without units that show nothing; units that are cut off go too.

        A new header's parameter sets are put before the first unit: the file that is written has one header.
        """
        units = [] if header is None else [set_ for set_ in self._sets_of(header)]
        if self._length:
            units += [unit for unit in _with_lengths(packet, self._length) if self._keeps(unit)]
            size = self._length
            return b"".join(part for unit in units for part in (len(unit).to_bytes(size), unit))
        units += [unit for unit in _with_start_codes(packet) if self._keeps(unit)]
        return b"".join(part for unit in units for part in (_START, unit))

    def _keeps(self, unit: bytes) -> bool:
        if self._codec == "hevc" and (len(unit) < 2 or unit[1] & 0xF8):
            return False
        return bool(self._wanted[unit[0]])

    def _is_kept(self, first: int, _: int) -> bool:
        if self._codec == "h264":
            return not first & 0x80 and first & 0x1F in _KEPT["h264"]
        # The lowest bit begins the number of the layer: only the base layer, nought, is kept.
        return not first & 0x81 and first >> 1 in _KEPT["hevc"]

    def _bare(self, header: bytes) -> bytes:
        if not self._length:
            return b"".join(_START + unit for unit in _with_start_codes(header) if self._is_set(unit))
        return _bare_avcc(header) if self._codec == "h264" else _bare_hvcc(header)

    def _is_set(self, unit: bytes) -> bool:
        kind = unit[0] & 0x1F if self._codec == "h264" else unit[0] >> 1 & 0x3F
        return self._keeps(unit) and kind in _SETS[self._codec]

    def _sets_of(self, header: bytes) -> list[bytes]:
        bare = NalSieve(self._codec, header).header or b""
        if not _length_size(self._codec, header):
            return list(_with_start_codes(bare))
        return _avcc_sets(bare) if self._codec == "h264" else _hvcc_sets(bare)


def _length_size(codec: str, header: bytes | None) -> int:
    """How many bytes a unit's length takes; nought where units begin with start codes."""
    least, at = (7, 4) if codec == "h264" else (23, 21)
    if not header or header[0] != 1 or len(header) < least:
        return 0
    return (header[at] & 3) + 1


def _with_lengths(packet: bytes, size: int) -> Iterator[bytes]:
    at, end = 0, len(packet)
    while at + size < end:
        begin = at + size
        at = begin + int.from_bytes(packet[at:begin])
        if at > end:
            return
        if at > begin:
            yield packet[begin:at]


def _with_start_codes(packet: bytes) -> Iterator[bytes]:
    begins = [found.end() for found in _START_CODE.finditer(packet)]
    for begin, after in zip(begins, [*(begin - 3 for begin in begins[1:]), len(packet)], strict=True):
        unit = packet[begin:after].rstrip(b"\0")
        if unit:
            yield unit


def _taken(data: bytes, at: int, count: int) -> tuple[list[bytes], int]:
    """So many units with lengths of two bytes, and where the data go on."""
    units = []
    for _ in range(count):
        end = at + 2 + int.from_bytes(data[at : at + 2])
        if end > len(data):
            raise ValueError("a header is cut off")
        units.append(data[at + 2 : end])
        at = end
    return units, at


def _avcc_sets(header: bytes) -> list[bytes]:
    sequences, at = _taken(header, 6, header[5] & 0x1F)
    pictures, _ = _taken(header, at + 1, header[at])
    return sequences + pictures


def _bare_avcc(header: bytes) -> bytes:
    """AVCDecoderConfigurationRecord with its parameter sets and, in the higher profiles, four bytes more."""
    sequences, at = _taken(header, 6, header[5] & 0x1F)
    pictures, at = _taken(header, at + 1, header[at]) if at < len(header) else ([], at)
    sequences = [unit for unit in sequences if unit and unit[0] & 0x1F == 7]
    pictures = [unit for unit in pictures if unit and unit[0] & 0x1F == 8]
    record = header[:5] + bytes([0xE0 | len(sequences)]) + _packed(sequences)
    record += bytes([len(pictures)]) + _packed(pictures)
    if header[1] in (100, 110, 122, 144, 244) and len(header) >= at + 4:
        # Chroma format and bit depths; extensions of sequence parameter sets are for a second layer.
        record += bytes([0xFC | header[at], 0xF8 | header[at + 1], 0xF8 | header[at + 2], 0])
    return record


def _hvcc_arrays(header: bytes) -> Iterator[tuple[int, list[bytes]]]:
    at = 23
    for _ in range(header[22]):
        kind, count = header[at], int.from_bytes(header[at + 1 : at + 3])
        units, at = _taken(header, at + 3, count)
        yield kind, units


def _hvcc_sets(header: bytes) -> list[bytes]:
    return [unit for _, units in _hvcc_arrays(header) for unit in units]


def _bare_hvcc(header: bytes) -> bytes:
    """HEVCDecoderConfigurationRecord with the parameter sets of its base layer."""
    arrays = []
    for kind, units in _hvcc_arrays(header):
        base = [unit for unit in units if len(unit) > 2 and not unit[0] & 0x81 and not unit[1] & 0xF8]
        if kind & 0x3F in _SETS["hevc"] and base:
            arrays.append(bytes([kind & 0xBF]) + len(base).to_bytes(2) + _packed(base))
    return header[:22] + bytes([len(arrays)]) + b"".join(arrays)


def _packed(units: list[bytes]) -> bytes:
    return b"".join(len(unit).to_bytes(2) + unit for unit in units)
