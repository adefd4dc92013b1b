"""Compact fonts (Adobe Technical Note 5176), their words painted over in place.

Names, notices and copyrights are strings in an index; each is overwritten by as many letters, so that nothing
moves. The names of glyphs stay: codes are looked up by them.
"""

_WORDS = frozenset({0, 1, 2, 3, 4, 1200, 1221, 1222, 1238})
"""Operators whose operand is such a string: version, notice, names, weight; copyright, PostScript, base font
name, font name (12 x is written as 1200 + x)."""
_FD_ARRAY = 1236
_STANDARD_STRINGS = 391
_MOST_FONTS = 256


class NoCff(ValueError):
    """The bytes are no such font. Says nothing of their content."""


def silent_cff(data: bytes) -> bytes:
    """The font, of the same length, without words. Raises NoCff."""
    try:
        return _silent(bytearray(data))
    except (IndexError, ValueError) as why:
        raise NoCff("breaks off") from why


def _silent(font: bytearray) -> bytes:
    names, after = _index(font, font[2])
    tops, after = _index(font, after)
    strings, _ = _index(font, after)
    dictionaries = list(tops)
    for start, end in tops:
        for operator, operands in _entries(font, start, end):
            if operator == _FD_ARRAY and operands:
                dictionaries += _index(font, operands[0])[0][:_MOST_FONTS]
    for start, end in dictionaries:
        for operator, operands in _entries(font, start, end):
            if operator in _WORDS and operands and operands[-1] >= _STANDARD_STRINGS:
                _paint_over(font, *strings[operands[-1] - _STANDARD_STRINGS])
    for start, end in names:
        _paint_over(font, start, end)
    return bytes(font)


def _paint_over(font: bytearray, start: int, end: int) -> None:
    if not 0 <= start <= end <= len(font):
        raise NoCff("an entry outside the font")
    font[start:end] = b"F" * (end - start)


def _index(font: bytearray, at: int) -> tuple[list[tuple[int, int]], int]:
    """Where each entry of an INDEX begins and ends, and where the font goes on."""
    count = int.from_bytes(font[at : at + 2])
    if count == 0:
        return [], at + 2
    size = font[at + 2]
    if not 1 <= size <= 4 or at + 3 + (count + 1) * size > len(font):
        raise NoCff("an index outside the font")
    offsets = [int.from_bytes(font[at + 3 + size * i : at + 3 + size * (i + 1)]) for i in range(count + 1)]
    base = at + 2 + (count + 1) * size
    return [(base + a, base + b) for a, b in zip(offsets, offsets[1:], strict=False)], base + offsets[-1]


def _entries(font: bytearray, at: int, end: int) -> list[tuple[int, list[int]]]:
    """Operators of a DICT with their operands; real numbers count as nought."""
    found: list[tuple[int, list[int]]] = []
    operands: list[int] = []
    while at < end:
        first = font[at]
        at += 1
        if first <= 21:
            operator = first
            if first == 12:
                operator, at = 1200 + font[at], at + 1
            found.append((operator, operands))
            operands = []
        elif first == 28:
            operands.append(int.from_bytes(font[at : at + 2], signed=True))
            at += 2
        elif first == 29:
            operands.append(int.from_bytes(font[at : at + 4], signed=True))
            at += 4
        elif first == 30:
            while font[at] & 0x0F != 0x0F and font[at] >> 4 != 0x0F:
                at += 1
            at += 1
            operands.append(0)
        elif first <= 246:
            operands.append(first - 139)
        elif first <= 250:
            operands.append((first - 247) * 256 + font[at] + 108)
            at += 1
        else:
            operands.append(-(first - 251) * 256 - font[at] - 108)
            at += 1
    return found
