"""The words of a content stream, one after the other (ISO 32000-1, 7.2 and 7.3)."""

import re
from dataclasses import dataclass

_SPACE = rb"[\0\t\n\f\r ]"
_FIGURE = rb"[-+]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)"

_SHOWN = rb"\((?:[^()\\]|\\.)*+\)|<[0-9A-Fa-f\0\t\n\f\r ]*+>"

_PLAIN = re.compile(
    _SPACE + rb"*+(?:(?:" + _FIGURE + _SPACE + rb"++){0,6}+"
    rb"(?:m|l|c|v|y|re|h|f\*?|F|S|s|n|W\*?|B\*?|b\*?|w|J|j|M|i|q|Q|cm|g|G|rg|RG|k|K|"
    rb"Td|TD|Tm|T\*|Tc|Tw|Tz|TL|Tr|Ts|BT|ET)" + _SPACE + rb"++"
    rb"|(?:" + _SHOWN + rb")" + _SPACE + rb"*+Tj" + _SPACE + rb"++"
    rb"|\[(?:" + _SPACE + rb"++|" + _FIGURE + rb"|" + _SHOWN + rb")*+\]" + _SPACE + rb"*+TJ" + _SPACE + rb"++)++",
    re.DOTALL,
)
"""Operators that take nothing but numbers, and those that show a text: most of a drawing."""

_TOKEN = re.compile(
    rb"(?:" + _SPACE + rb"|%[^\r\n]*+)*+(?:(?P<number>[-+.0-9]++)|(?P<name>/[^\0\t\n\f\r ()<>\[\]{}/%]*+)"
    rb"|(?P<string>\((?:[^()\\]|\\.)*+\))|(?P<hex><[0-9A-Fa-f\0\t\n\f\r ]*+>)|(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|(?P<word>[A-Za-z'\"][A-Za-z0-9'\"*]*+)|(?P<other>.))",
    re.DOTALL,
)
_IN_STRING = re.compile(rb"\\.|[()]", re.DOTALL)
_NUMBER = re.compile(_FIGURE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the stream. `kind` is number, name, string, hex, array, dictionary or word (an operator).

    Of arrays only the numbers and strings are kept, of dictionaries nothing.
    """

    kind: str
    text: bytes

    def fits(self, wanted: str) -> bool:
        """Whether it is a number `n`, a string `s`, an array `a` or a name `/`."""
        return self.kind in {"n": ("number",), "s": ("string", "hex"), "a": ("array",), "/": ("name",)}[wanted]


class Scanner:
    """Reads tokens from the start to the end. Takes any bytes; what fits nowhere is passed over."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def plain_run(self) -> bytes | None:
        """Operators with nothing but numbers, as many as stand here."""
        match = _PLAIN.match(self.data, self.at)
        if match is None:
            return None
        self.at = match.end()
        return match[0].strip(b"\0\t\n\f\r ")

    def next(self) -> Token | None:
        """The next token; None at the end."""
        while (found := self._piece()) is not None:
            kind, text = found
            if kind == "open":
                return self._array() if text == b"[" else self._dictionary()
            if kind not in ("close", "other"):
                return Token(kind, text)
        return None

    def _piece(self) -> tuple[str, bytes] | None:
        match = _TOKEN.match(self.data, self.at)
        if match is None:
            return None
        kind = str(match.lastgroup)
        text = match[kind]
        self.at = match.end()
        if kind == "number" and _NUMBER.fullmatch(text) is None:
            text = _mended(text)
        if kind == "other" and text == b"(":
            return "string", self._nested_string(match.end() - 1)
        return kind, text

    def _nested_string(self, start: int) -> bytes:
        depth = 0
        for match in _IN_STRING.finditer(self.data, start):
            depth += {b"(": 1, b")": -1}.get(match[0], 0)
            if depth == 0:
                self.at = match.end()
                return self.data[start : self.at]
        # It never ends: the rest of the stream is in it, and readers see no more than that either.
        self.at = len(self.data)
        return b"()"

    def _array(self) -> Token:
        parts: list[bytes] = []
        depth = 1
        while depth and (found := self._piece()) is not None:
            kind, text = found
            if kind in ("open", "close"):
                depth += 1 if text == b"[" else -1 if text == b"]" else 0
            elif kind in ("number", "string", "hex"):
                parts.append(text)
        return Token("array", b"[" + b" ".join(parts) + b"]")

    def _dictionary(self) -> Token:
        depth = 1
        while depth and (found := self._piece()) is not None:
            depth += {b"<<": 1, b">>": -1}.get(found[1], 0) if found[0] in ("open", "close") else 0
        return Token("dictionary", b"")


def _mended(text: bytes) -> bytes:
    """Some programs write `--5`, `1.2.3` or `5-`; readers take the number at the beginning."""
    match = _NUMBER.search(text)
    return match[0] if match is not None else b"0"
