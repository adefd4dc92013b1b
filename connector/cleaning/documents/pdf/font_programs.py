"""Font programs: TrueType and OpenType, Type 1, and CFF, each without what it says in words."""

import re
from dataclasses import dataclass

from connector.cleaning.documents.pdf.cff import NoCff, silent_cff
from connector.cleaning.documents.pdf.sfnt import NoSfnt, bare_sfnt

_SFNT = (b"\0\1\0\0", b"true", b"OTTO", b"ttcf")
_ENCRYPTED = re.compile(rb"currentfile[\s]+eexec[\r\n\t ]")
_COMMENT = re.compile(rb"%[^\r\n]*")
_STRING = re.compile(rb"\((?:[^()\\]|\\.|\([^()]*\))*\)", re.DOTALL)
_NAME = re.compile(rb"/FontName\s*/[^\s/(){}\[\]<>%]*")
_UNIQUE = re.compile(rb"/(?:UniqueID|XUID)\s*(?:[0-9]+|\[[^\]]*\])\s*(?:readonly\s+)?def")
_END = b"0" * 512 + b"\ncleartomark\n"
_NOUGHTS = re.compile(rb"(?:0[\s]*){200,}[\s]*(?:cleartomark)?.*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Program:
    """A font program, and the lengths of its parts as a PDF names them."""

    data: bytes
    lengths: tuple[int, ...]


def bare_program(data: bytes) -> Program:
    """A font program that says nothing in words. What is of no known form becomes empty."""
    try:
        if data[:4] in _SFNT:
            sfnt = bare_sfnt(data)
            return Program(sfnt, (len(sfnt),))
        if data[:1] == b"\x01" and len(data) > 4:
            return Program(silent_cff(data), ())
    except (NoSfnt, NoCff):
        return Program(b"", ())
    return _type1(_without_pfb(data))


def _type1(data: bytes) -> Program:
    start = _ENCRYPTED.search(data)
    if start is None:
        return Program(b"", ())
    head, body = data[: start.end()], _NOUGHTS.sub(b"", data[start.end() :])
    head = b"%!PS-AdobeFont-1.0: F\n" + _COMMENT.sub(b"", head).lstrip()
    head = _UNIQUE.sub(b"", _NAME.sub(b"/FontName /F", _STRING.sub(b"()", head)))
    return Program(head + body + _END, (len(head), len(body), len(_END)))


def _without_pfb(data: bytes) -> bytes:
    """Some programs leave the headers of the pieces in (Adobe Technical Note 5040)."""
    pieces, at = [], 0
    while data[at : at + 1] == b"\x80" and data[at + 1 : at + 2] in (b"\x01", b"\x02"):
        length = int.from_bytes(data[at + 2 : at + 6], "little")
        pieces.append(data[at + 6 : at + 6 + length])
        at += 6 + length
    return b"".join(pieces) or data
