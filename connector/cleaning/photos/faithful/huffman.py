"""Tables that tell how many bits a piece of a JPEG's picture takes, without decoding it (ITU-T T.81, annexes C and F).

Most of a picture's codes are short: one look at the next 16 bits passes over several of them.
"""

from dataclasses import dataclass

from connector.cleaning.photos.faithful import Unsuited

LOOK = 16
"""Bits that are looked at; no code is longer."""
END_OF_BLOCK = 256
"""Added to how far a look leads where the block ends with it. A block has 64 places."""
SIXTEEN_ZEROS = 0xF0


@dataclass(frozen=True, slots=True)
class Table:
    """The codes of one table: for each possible next 16 bits the code's length, and its symbol (-1: none)."""

    lengths: list[int]
    symbols: list[int]


def table(counts: bytes, symbols: bytes) -> Table:
    """A table from how many codes there are of each length, and their symbols (T.81, C.2). Raises Unsuited."""
    lengths, found = [0] * (1 << LOOK), [-1] * (1 << LOOK)
    code = place = 0
    for length, count in enumerate(counts, 1):
        for _ in range(count):
            first = code << LOOK - length
            if first >= 1 << LOOK:
                raise Unsuited("more codes than there can be")
            width = 1 << LOOK - length
            lengths[first : first + width] = [length] * width
            found[first : first + width] = [symbols[place]] * width
            code, place = code + 1, place + 1
        code <<= 1
    return Table(lengths, found)


def bits_of_first(codes: Table) -> list[int]:
    """For a block's first number: code and number together; nought where no code begins so."""
    return [
        length + symbol if 0 <= symbol <= 16 else 0
        for length, symbol in zip(codes.lengths, codes.symbols, strict=True)
    ]


def single_steps(codes: Table) -> list[int]:
    """For the other numbers: `places led on << 6 | bits`, END_OF_BLOCK added to the places at its end; nought for none."""
    return [_step(length, symbol) for length, symbol in zip(codes.lengths, codes.symbols, strict=True)]


def _step(length: int, symbol: int) -> int:
    run, size = symbol >> 4, symbol & 15
    if symbol < 0 or (size == 0 and symbol not in (0, SIXTEEN_ZEROS)):
        return 0
    if symbol == 0:
        return END_OF_BLOCK << 6 | length
    return run + 1 << 6 | length + size


def many_steps(singles: list[int]) -> list[int]:
    """The same, leading as far as 16 bits reach."""
    many = singles[:]
    for look, step in enumerate(singles):
        bits, places = step & 63, step >> 6
        if not bits:
            continue
        while bits < LOOK and places < END_OF_BLOCK:
            following = singles[look << bits & 0xFFFF]
            if not following or bits + (following & 63) > LOOK:
                break
            bits, places = bits + (following & 63), places + (following >> 6)
        many[look] = places << 6 | bits
    return many
