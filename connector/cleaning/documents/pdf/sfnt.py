"""TrueType and OpenType fonts with the tables that a PDF needs (ISO 32000-1, 9.9), and no others.

The table of names holds who made the font, under which licence and sometimes for whom; the head says when.
"""

import struct

from connector.cleaning.documents.pdf.cff import NoCff, silent_cff

_TABLES = frozenset(
    {b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp", b"cvt ", b"fpgm", b"prep", b"cmap", b"post", b"CFF "}
    | {b"vhea", b"vmtx", b"VORG"}
)


class NoSfnt(ValueError):
    """The bytes are no such font. Says nothing of their content."""


def bare_sfnt(data: bytes) -> bytes:
    """The font with the tables that draw, dates set to nought. Raises NoSfnt."""
    start = 0
    if data[:4] == b"ttcf":
        # A collection: the first of its fonts.
        start = int.from_bytes(data[12:16])
    count = int.from_bytes(data[start + 4 : start + 6])
    if len(data) < start + 12 + 16 * count:
        raise NoSfnt("breaks off")
    tables: dict[bytes, bytes] = {}
    for index in range(count):
        name, _, offset, length = struct.unpack_from(">4sIII", data, start + 12 + 16 * index)
        if name in _TABLES and name not in tables:
            tables[name] = _silent(name, data[offset : offset + length])
    if not tables:
        raise NoSfnt("no tables")
    return _assembled(data[start : start + 4], tables)


def _silent(name: bytes, table: bytes) -> bytes:
    if name == b"head" and len(table) >= 36:
        # Version of the font and sum, then the two dates.
        return table[:4] + bytes(4) + bytes(4) + table[12:20] + bytes(16) + table[36:54]
    if name == b"CFF ":
        try:
            return silent_cff(table)
        except NoCff as why:
            raise NoSfnt("its CFF table is none") from why
    return table


def _assembled(version: bytes, tables: dict[bytes, bytes]) -> bytes:
    names = sorted(tables)
    highest = max(1, 1 << (len(names).bit_length() - 1))
    header = struct.pack(
        ">4sHHHH", version, len(names), 16 * highest, highest.bit_length() - 1, 16 * (len(names) - highest)
    )
    directory, bodies = b"", []
    offset = 12 + 16 * len(names)
    for name in names:
        table = tables[name]
        padded = table + bytes(-len(table) % 4)
        directory += struct.pack(">4sIII", name, _sum(padded), offset, len(table))
        bodies.append(padded)
        offset += len(padded)
    return header + directory + b"".join(bodies)


def _sum(padded: bytes) -> int:
    return sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
