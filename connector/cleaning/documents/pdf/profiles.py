"""ICC profiles with nothing in them but numbers (ICC.1:2022, clause 7 to 10).

A profile says in words what it is for and whose it is: its description often names the screen or the printer,
its header a date, a maker and a model.
"""

import struct

_HEADER = 128
_TAGS = frozenset(
    {b"wtpt", b"bkpt", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"chad"}
    | {b"A2B0", b"A2B1", b"A2B2", b"lumi"}
)
_TYPES = frozenset({b"XYZ ", b"curv", b"para", b"sf32", b"mft1", b"mft2", b"mAB "})
"""Types that hold numbers only."""
_MOST_TAGS = 100


def bare_profile(profile: bytes) -> bytes | None:
    """The profile with the tags that a reader needs, or None if it cannot be read."""
    if len(profile) < _HEADER + 4 or profile[36:40] != b"acsp":
        return None
    count = int.from_bytes(profile[_HEADER : _HEADER + 4])
    if count > _MOST_TAGS:
        return None
    kept: list[tuple[bytes, bytes]] = []
    for index in range(count):
        entry = profile[_HEADER + 4 + 12 * index :][:12]
        if len(entry) < 12:
            return None
        name, offset, size = struct.unpack(">4sII", entry)
        body = profile[offset : offset + size]
        if name in _TAGS and body[:4] in _TYPES and len(body) == size:
            kept.append((name, body))
    return _assembled(profile, kept) if kept else None


def _assembled(profile: bytes, tags: list[tuple[bytes, bytes]]) -> bytes:
    offset = _HEADER + 4 + 12 * len(tags)
    table, bodies = b"", b""
    for name, body in tags:
        table += struct.pack(">4sII", name, offset + len(bodies), len(body))
        bodies += body + bytes(-len(body) % 4)
    size = offset + len(bodies)
    # Version, class, spaces, intent and illuminant stay; maker, model, date, creator and checksum are nought.
    header = struct.pack(">I4x", size) + profile[8:24] + bytes(12) + b"acsp" + bytes(24) + profile[64:80]
    return header + bytes(_HEADER - len(header)) + struct.pack(">I", len(tags)) + table + bodies
