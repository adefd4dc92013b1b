"""Content streams (ISO 32000-1, 7.8 and annex A): what draws is written anew, what only tells is left out.

Kept are the operators of the format with operands of the right kind. Gone are comments, marked content with
its properties (alternative texts, languages, tags), unknown operators, and what stands in layers that are
switched off. Text that is drawn stays, also where it is invisible or lies outside the page: scanners put the
words of a page there.

Linear in time: runs of plain drawing are taken over in one step.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from connector.cleaning.documents.pdf.inline_images import InlineImage
from connector.cleaning.documents.pdf.tokens import Scanner, Token

_NUMBERS = {
    **dict.fromkeys((b"q", b"Q", b"h", b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n", b"W"), 0),
    **dict.fromkeys((b"W*", b"BT", b"ET", b"T*"), 0),
    **dict.fromkeys((b"w", b"J", b"j", b"M", b"i", b"g", b"G", b"Tc", b"Tw", b"Tz", b"TL", b"Tr", b"Ts"), 1),
    **dict.fromkeys((b"m", b"l", b"Td", b"TD", b"d0"), 2),
    **dict.fromkeys((b"rg", b"RG"), 3),
    **dict.fromkeys((b"v", b"y", b"re", b"k", b"K"), 4),
    **dict.fromkeys((b"c", b"cm", b"Tm", b"d1"), 6),
}
"""Operators that take numbers, and how many."""

_NAMES = frozenset({b"Do", b"sh", b"gs", b"cs", b"CS", b"ri"})
_COLOURS = frozenset({b"sc", b"SC", b"scn", b"SCN"})
_DEVICE_SPACES = frozenset({b"/DeviceGray", b"/DeviceRGB", b"/DeviceCMYK", b"/Pattern"})
_INTENTS = frozenset({b"/Perceptual", b"/RelativeColorimetric", b"/Saturation", b"/AbsoluteColorimetric"})
_PAINTS = frozenset({b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
_MOST_OPERANDS = 40
"""Colours of 32 components and a name are the most that an operator takes."""


@dataclass(slots=True)
class Rewriter:
    """Writes content streams anew.

    `rename` gives a resource the name that it has in the fresh file; `is_hidden` says of a name among the
    properties whether it is a layer that is switched off; `inline_image` cleans an image within the stream,
    None where it is to be left out.
    """

    rename: Callable[[bytes], bytes]
    is_hidden: Callable[[bytes], bool]
    inline_image: Callable[[InlineImage], bytes | None]
    left_out: bool = False
    """Whether something was in a layer that is switched off."""
    _out: list[bytes] = field(default_factory=list)
    _marks: list[bool] = field(default_factory=list)
    _hidden: int = 0

    def rewritten(self, content: bytes) -> bytes:
        """The stream anew. Takes any bytes; what is no content stream becomes nothing."""
        self._out, self._marks, self._hidden = [], [], 0
        scanner = Scanner(content)
        operands: list[Token] = []
        while True:
            if not operands and not self._hidden and (run := scanner.plain_run()):
                self._out.append(run)
            token = scanner.next()
            if token is None:
                break
            if token.kind != "word":
                # No operator takes more; a stream may be nothing but numbers.
                if len(operands) > _MOST_OPERANDS:
                    del operands[:-_MOST_OPERANDS]
                operands.append(token)
                continue
            if token.text == b"BI":
                self._image(scanner)
            else:
                self._operator(token.text, operands)
            operands = []
        return b"\n".join(self._out)

    def _operator(self, operator: bytes, operands: list[Token]) -> None:
        if operator in (b"BMC", b"BDC"):
            self._begin(operands)
        elif operator == b"EMC":
            self._end()
        else:
            written = self._written(operator, operands)
            if written is not None and self._hidden:
                written = self._unpainted(operator, written)
            if written is not None:
                self._out.append(written)

    def _begin(self, operands: list[Token]) -> None:
        names = [token.text for token in operands if token.kind == "name"]
        hidden = len(names) > 1 and names[0] == b"/OC" and self.is_hidden(names[1])
        self._marks.append(hidden)
        self._hidden += hidden
        self.left_out |= hidden

    def _end(self) -> None:
        if self._marks and self._marks.pop():
            self._hidden -= 1

    def _unpainted(self, operator: bytes, written: bytes) -> bytes | None:
        """What remains of an operator in a hidden layer: the state it sets, but nothing to be seen."""
        if operator in _PAINTS:
            return b"n"
        if operator in _SHOWS:
            return b"T*" if operator in (b"'", b'"') else None
        return None if operator in (b"Do", b"sh") else written

    def _written(self, operator: bytes, operands: list[Token]) -> bytes | None:
        wanted = _NUMBERS.get(operator)
        if wanted is not None:
            return _joined(operands, wanted, operator)
        if operator in _NAMES:
            return self._named(operator, operands)
        if operator in _COLOURS:
            return self._colour(operator, operands)
        kinds = {b"Tj": "s", b"'": "s", b'"': "nns", b"TJ": "a", b"d": "an", b"Tf": "/n"}.get(operator)
        if kinds is None or len(operands) < len(kinds):
            return None
        last = operands[-len(kinds) :]
        if any(not token.fits(kind) for token, kind in zip(last, kinds, strict=True)):
            return None
        texts = [self.rename(token.text) if token.kind == "name" else token.text for token in last]
        return b" ".join((*texts, operator))

    def _named(self, operator: bytes, operands: list[Token]) -> bytes | None:
        if not operands or operands[-1].kind != "name":
            return None
        name = operands[-1].text
        if operator == b"ri":
            return name + b" ri" if name in _INTENTS else None
        if operator in (b"cs", b"CS") and name in _DEVICE_SPACES:
            return name + b" " + operator
        return self.rename(name) + b" " + operator

    def _colour(self, operator: bytes, operands: list[Token]) -> bytes | None:
        texts = [token.text for token in operands if token.kind == "number"]
        if operands and operands[-1].kind == "name":
            texts.append(self.rename(operands[-1].text))
        return b" ".join((*texts, operator)) if texts else None

    def _image(self, scanner: Scanner) -> None:
        image = InlineImage.read(scanner)
        written = self.inline_image(image) if image is not None and not self._hidden else None
        if written is not None:
            self._out.append(written)


def _joined(operands: list[Token], wanted: int, operator: bytes) -> bytes | None:
    if not wanted:
        return operator
    last = operands[-wanted:]
    if len(last) < wanted or any(token.kind != "number" for token in last):
        return None
    return b" ".join((*(token.text for token in last), operator))
