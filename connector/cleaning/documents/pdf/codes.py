"""CMaps (Adobe Technical Note 5014): which code is which character, without their comments and names."""

import re

_COMMENT = re.compile(rb"%[^\r\n]*")
_SECTION = re.compile(
    rb"begin(codespacerange|bfchar|bfrange|cidchar|cidrange|notdefchar|notdefrange)(.*?)end\1", re.DOTALL
)
_PART = re.compile(rb"<[0-9A-Fa-f\s]*>|\[|\]|[0-9]+|/[A-Za-z0-9]+")
_WRITING_MODE = re.compile(rb"/WMode\s+([01])\s+def")
_USED = re.compile(rb"/([A-Za-z0-9-]{1,30})\s+usecmap")
_MOST = 100
"""Entries of one section."""


def bare_cmap(data: bytes) -> bytes:
    """The sections of a CMap, in a fresh one that says nothing else."""
    text = _COMMENT.sub(b"", data)
    lines = [
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        b"/CIDSystemInfo 3 dict dup begin /Registry (Adobe) def /Ordering (UCS) def /Supplement 0 def end def",
        b"/CMapName /C def /CMapType 2 def",
    ]
    if (used := _USED.search(text)) is not None:
        lines.append(b"/" + used[1] + b" usecmap")
    if (mode := _WRITING_MODE.search(text)) is not None:
        lines.append(b"/WMode " + mode[1] + b" def")
    for section in _SECTION.finditer(text):
        entries = list(_entries(section[1], section[2]))
        for start in range(0, len(entries), _MOST):
            some = entries[start : start + _MOST]
            lines.append(b"%d begin%s" % (len(some), section[1]))
            lines += [*some, b"end" + section[1]]
    return b"\n".join((*lines, b"endcmap CMapName currentdict /CMap defineresource pop end end", b""))


def _entries(name: bytes, body: bytes) -> list[bytes]:
    """The entries of a section, a line each."""
    wanted = 3 if name.endswith((b"bfrange", b"cidrange", b"notdefrange")) else 2
    entries, entry, within = [], [], False
    for part in _PART.findall(body):
        entry.append(part)
        within = (within or part == b"[") and part != b"]"
        if not within and _values(entry) == wanted:
            entries.append(b" ".join(entry))
            entry = []
    return entries


def _values(entry: list[bytes]) -> int:
    if b"[" not in entry:
        return len(entry)
    return entry.index(b"[") + 1
