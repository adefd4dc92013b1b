"""Finding where a JPEG's picture data end, to the bit, so that nothing can hide behind them (ITU-T T.81, annexes F and G).

The numbers are counted, not decoded. What is left between their end and the next mark is no picture.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from connector.cleaning.photos.faithful import Unsuited
from connector.cleaning.photos.faithful.counting import (
    Counter,
    first_band,
    firsts,
    later_band,
    later_bits,
    whole_blocks,
)
from connector.cleaning.photos.faithful.huffman import Table

_RESTART = re.compile(rb"\xff+([\xd0-\xd7])")
_MOST_SEQUENTIAL, _MOST_PROGRESSIVE = 8_000_000, 3_000_000
"""Bytes of a photo's data up to which they are counted: that takes a second for two million, three where they come in
refining passes. Larger ones are taken as they are, with their marks in order."""


@dataclass(slots=True)
class Component:
    """One colour: its blocks within a unit, across and down the picture, and which of their numbers are known."""

    across: int
    down: int
    columns: int
    rows: int
    known: list[int] = field(default_factory=list, repr=False)


@dataclass(slots=True)
class Frame:
    """The picture's measures (SOF)."""

    progressive: bool
    units: int
    components: dict[int, Component]


@dataclass(frozen=True, slots=True)
class Scan:
    """One pass over the picture (SOS): components with their tables, which numbers of a block, and which of their bits."""

    components: tuple[tuple[int, int, int], ...]
    first: int
    last: int
    high: int
    low: int

    def tables(self, *, progressive: bool) -> list[int]:
        """Numbers of the tables it needs, those for all but the first number of a block counted from 16."""
        firsts = [dc for _, dc, _ in self.components if self.first == 0 and not self.high]
        others = [16 + ac for _, _, ac in self.components if self.first or not progressive]
        return firsts + others

    def payload(self, *, progressive: bool) -> bytes:
        """As it is to be written: numbers of tables that it does not need are nought."""
        needed = set(self.tables(progressive=progressive))
        rows = b"".join(
            bytes((name, (dc << 4 if dc in needed else 0) | (ac if 16 + ac in needed else 0)))
            for name, dc, ac in self.components
        )
        bits = (self.first, self.last, self.high << 4 | self.low) if progressive else (0, 63, 0)
        return bytes((len(self.components),)) + rows + bytes(bits)


def frame(marker: int, payload: bytes) -> Frame:
    """Raises Unsuited for kinds of JPEG that hardly anybody writes."""
    if marker not in (0xC0, 0xC1, 0xC2) or len(payload) < 9 or len(payload) != 6 + 3 * payload[5]:
        raise Unsuited("a rare kind of JPEG")
    depth, height, width = payload[0], int.from_bytes(payload[1:3]), int.from_bytes(payload[3:5])
    rows = [payload[at : at + 3] for at in range(6, len(payload), 3)]
    sides = [(row[1] >> 4, row[1] & 15) for row in rows]
    if depth != 8 or not width or not height or not all(0 < across < 5 and 0 < down < 5 for across, down in sides):
        raise Unsuited("a rare kind of JPEG")
    most_across, most_down = max(across for across, _ in sides), max(down for _, down in sides)
    components = {
        row[0]: Component(
            across,
            down,
            -(-width * across // (8 * most_across)),
            -(-height * down // (8 * most_down)),
        )
        for row, (across, down) in zip(rows, sides, strict=True)
    }
    units = -(-width // (8 * most_across)) * -(-height // (8 * most_down))
    return Frame(marker == 0xC2, units, components)


def scan(payload: bytes) -> Scan:
    """Raises Unsuited where it does not follow the format."""
    count = payload[0] if payload else 0
    if not 1 <= count <= 4 or len(payload) != 4 + 2 * count:
        raise Unsuited("not a scan")
    rows = (payload[1 + 2 * at : 3 + 2 * at] for at in range(count))
    first, last, bits = payload[-3:]
    if first > last or last > 63:
        raise Unsuited("not a scan")
    return Scan(tuple((row[0], row[1] >> 4, row[1] & 15) for row in rows), first, last, bits >> 4, bits & 15)


def picture_only(frame: Frame, scan: Scan, tables: dict[int, Table], interval: int, packed: bytes) -> bytes:
    """The data of one scan up to the last bit of the picture, padded with ones as the format says, and its restart marks.

    `tables` by their number, those for all but the first number of a block counted from 16; `interval` is how
    many units there are between restart marks, nought for all. Raises Unsuited for data that do not work out.
    """
    packed = packed.rstrip(b"\xff")
    marks = _RESTART.findall(packed)
    if any(mark[0] != 0xD0 + number % 8 for number, mark in enumerate(marks)) or (marks and not interval):
        raise Unsuited("restart marks out of order")
    pieces = _RESTART.split(packed)[::2]
    if len(packed) > (_MOST_PROGRESSIVE if frame.progressive else _MOST_SEQUENTIAL):
        return _joined(piece.rstrip(b"\xff") for piece in pieces)
    units, count = _measured(frame, scan, tables)
    return _joined(_pieces(pieces, interval or units, units, count))


def _pieces(pieces: list[bytes], interval: int, units: int, count: Counter) -> Iterator[bytes]:
    for number, start in enumerate(range(0, units, interval)):
        if number >= len(pieces):
            raise Unsuited("the picture breaks off")
        bare = pieces[number].replace(b"\xff\x00", b"\xff")
        bits = count(bare + bytes(16), start, min(interval, units - start))
        length = -(-bits // 8)
        if length > len(bare):
            raise Unsuited("the picture breaks off")
        kept = bytearray(bare[:length])
        if bits % 8:
            kept[-1] |= 0xFF >> bits % 8
        yield bytes(kept).replace(b"\xff", b"\xff\x00")


def _joined(pieces: Iterator[bytes]) -> bytes:
    out = bytearray()
    for number, piece in enumerate(pieces):
        if number:
            out += bytes((0xFF, 0xD0 + (number - 1) % 8))
        out += piece
    return bytes(out)


def _measured(frame: Frame, scan: Scan, tables: dict[int, Table]) -> tuple[int, Counter]:
    """How many units the scan has, and what counts their bits."""
    parts = [(frame.components.get(name), dc, ac) for name, dc, ac in scan.components]
    blocks: list[tuple[int, int]] = []
    for component, dc, ac in parts:
        if component is None:
            raise Unsuited("a colour that is not there")
        repeated = component.across * component.down if len(parts) > 1 else 1
        blocks += [(dc, ac)] * repeated
    alone = parts[0][0] if len(parts) == 1 else None
    units = frame.units if alone is None else alone.columns * alone.rows
    try:
        return units, _counter(frame, scan, tables, blocks, alone)
    except KeyError:
        raise Unsuited("a table that is not there") from None


def _counter(
    frame: Frame,
    scan: Scan,
    tables: dict[int, Table],
    blocks: list[tuple[int, int]],
    alone: Component | None,
) -> Counter:
    if not frame.progressive:
        return whole_blocks([(tables[dc], tables[16 + ac]) for dc, ac in blocks])
    if scan.first == 0:
        return later_bits(len(blocks)) if scan.high else firsts([tables[dc] for dc, _ in blocks])
    if alone is None:
        raise Unsuited("a pass over several colours at once")
    if not alone.known:
        alone.known = [0] * (alone.columns * alone.rows)
    band = later_band if scan.high else first_band
    return band(tables[16 + blocks[0][1]], alone.known, scan.first, scan.last)
