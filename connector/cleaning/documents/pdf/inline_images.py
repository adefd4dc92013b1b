"""Images that stand within a content stream (ISO 32000-1, 8.9.7)."""

import re
from dataclasses import dataclass

from connector.cleaning.documents.pdf.tokens import Scanner

_LONG = {
    b"/BPC": "/BitsPerComponent",
    b"/CS": "/ColorSpace",
    b"/D": "/Decode",
    b"/DP": "/DecodeParms",
    b"/F": "/Filter",
    b"/H": "/Height",
    b"/IM": "/ImageMask",
    b"/I": "/Interpolate",
    b"/W": "/Width",
}
_VALUES = {
    b"/G": b"/DeviceGray",
    b"/RGB": b"/DeviceRGB",
    b"/CMYK": b"/DeviceCMYK",
    b"/I": b"/Indexed",
    b"/AHx": b"/ASCIIHexDecode",
    b"/A85": b"/ASCII85Decode",
    b"/LZW": b"/LZWDecode",
    b"/Fl": b"/FlateDecode",
    b"/RL": b"/RunLengthDecode",
    b"/CCF": b"/CCITTFaxDecode",
    b"/DCT": b"/DCTDecode",
}
_KEY = re.compile(rb"(?:[\0\t\n\f\r ]|%[^\r\n]*)*+(/[^\0\t\n\f\r ()<>\[\]{}/%]*+|ID|EI)")
_END = re.compile(rb"[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ]|$)|(?<=>)EI(?=[\0\t\n\f\r ]|$)")
_NAME = re.compile(rb"/[^\0\t\n\f\r ()<>\[\]{}/%]*+")
_GARBAGE = re.compile(rb"[^\t\n\f\r\x20-\x7e]")


@dataclass(frozen=True, slots=True)
class InlineImage:
    """Its dictionary, with the long keys and names, as a source text each; and its bytes."""

    entries: dict[str, bytes]
    data: bytes

    @classmethod
    def read(cls, scanner: Scanner) -> "InlineImage | None":
        """The image whose `BI` has been read; None if it breaks off. The scanner stands after it."""
        entries = {}
        while (key := _KEY.match(scanner.data, scanner.at)) is not None and key[1].startswith(b"/"):
            scanner.at = start = key.end()
            if scanner.next() is None:
                return None
            value = scanner.data[start : scanner.at].strip(b"\0\t\n\f\r ")
            long = _LONG.get(key[1]) or key[1].decode("latin-1")
            # The names of resources may be the same as the short forms; those are allowed for these only.
            entries[long] = _NAME.sub(lambda name: _VALUES.get(name[0], name[0]), value)
        if key is None or key[1] != b"ID":
            return None
        start = key.end() + 1
        for end in _END.finditer(scanner.data, start):
            # The data may hold these letters by chance; what follows the end of an image is readable.
            if not _GARBAGE.search(scanner.data[end.end() : end.end() + 20]):
                scanner.at = end.end()
                return cls(entries, scanner.data[start : end.start()])
        return None
