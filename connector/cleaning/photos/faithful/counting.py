"""Counting the bits that pieces of a JPEG's picture take (ITU-T T.81: F.2.2 sequential, G.1.2 and G.2 progressive).

The loops here run some million times for a photo, which is why they are written out.
"""

from collections.abc import Callable

from connector.cleaning.photos.faithful import Unsuited
from connector.cleaning.photos.faithful.huffman import (
    END_OF_BLOCK,
    SIXTEEN_ZEROS,
    Table,
    bits_of_first,
    many_steps,
    single_steps,
)

Counter = Callable[[bytes, int, int], int]
"""From data without stuffing but with 16 more bytes, the number of the first unit, and how many units: their bits.

Raises Unsuited for data that are no picture."""

_LAST = 63


def whole_blocks(tables: list[tuple[Table, Table]]) -> Counter:
    """For units of blocks with these tables, all of each block at once."""
    made: dict[int, list[int]] = {}
    plan = []
    for first, others in tables:
        if id(others) not in made:
            made[id(others)] = single_steps(others)
            made[-id(others)] = many_steps(made[id(others)])
        plan.append((bits_of_first(first), made[id(others)], made[-id(others)]))
    return lambda data, _, units: _whole_blocks(plan, data, units)


def _whole_blocks(plan: list[tuple[list[int], list[int], list[int]]], data: bytes, units: int) -> int:
    """`held` has the `count` next bits in its lower end, and what has been used above them."""
    held = count = place = 0
    number = int.from_bytes
    for _ in range(units):
        for firsts_, singles, many in plan:
            if count < 32:
                held = (held & (1 << count) - 1) << 64 | number(data[place : place + 8])
                count, place = count + 64, place + 8
            bits = firsts_[held >> count - 16 & 0xFFFF]
            if not bits:
                raise Unsuited("not a picture")
            count -= bits
            at = 0
            while True:
                if count < 32:
                    held = (held & (1 << count) - 1) << 64 | number(data[place : place + 8])
                    count, place = count + 64, place + 8
                step = many[held >> count - 16 & 0xFFFF]
                at += step >> 6
                if at < _LAST:
                    if not step:
                        raise Unsuited("not a picture")
                    count -= step & 63
                elif at == _LAST or END_OF_BLOCK <= at < END_OF_BLOCK + _LAST:
                    count -= step & 63
                    break
                else:
                    # The block ended before the look did.
                    at -= step >> 6
                    step = singles[held >> count - 16 & 0xFFFF]
                    at += step >> 6
                    count -= step & 63
                    if at == _LAST or at >= END_OF_BLOCK:
                        break
                    if at > _LAST or not step:
                        raise Unsuited("not a picture")
            if place - (count >> 3) > len(data):
                raise Unsuited("the picture breaks off")
    return place * 8 - count


def firsts(tables: list[Table]) -> Counter:
    """For units of blocks of which only the first number is told."""
    plan = [bits_of_first(table) for table in tables]

    def count(data: bytes, _: int, units: int) -> int:
        at = 0
        for _ in range(units):
            for bits in plan:
                taken = bits[_look(data, at)]
                if not taken:
                    raise Unsuited("not a picture")
                at += taken
        return at

    return count


def later_bits(blocks: int) -> Counter:
    """For units of blocks of which the first number gets one more bit."""
    return lambda _data, _, units: units * blocks


def first_band(codes: Table, known: list[int], first: int, last: int) -> Counter:
    """For blocks of which some numbers are told for the first time; what is not nought is noted in `known`."""

    def count(data: bytes, start: int, units: int) -> int:
        at = ended = 0
        for block in range(start, start + units):
            if ended:
                ended -= 1
                continue
            place = first
            while place <= last:
                run, size, at = _code(codes, data, at)
                if size:
                    place += run
                    known[block] |= 1 << place
                    place, at = place + 1, at + size
                elif run == 15:
                    place += 16
                else:
                    ended = (1 << run) + _value(data, at, run) - 1
                    at += run
                    break
        return at

    return count


def later_band(codes: Table, known: list[int], first: int, last: int) -> Counter:
    """For blocks of which some numbers get one more bit, and some become known."""
    band = (1 << last + 1) - (1 << first)

    def count(data: bytes, start: int, units: int) -> int:
        at = ended = 0
        for block in range(start, start + units):
            before, place, told = known[block] & band, first, 0
            while not ended and place <= last:
                run, size, at = _code(codes, data, at)
                if not size and run < 15:
                    ended = (1 << run) + _value(data, at, run)
                    at += run
                    break
                at += size
                place, at = _passed(before, place, last, run, at)
                if size and place <= last:
                    told |= 1 << place
                place += 1
            if ended:
                # Of what is left of the block, known numbers still get their bit.
                at += (before >> place).bit_count()
                ended -= 1
            known[block] |= told
        return at

    return count


def _passed(before: int, place: int, last: int, run: int, at: int) -> tuple[int, int]:
    """Over `run` unknown numbers, and one more to stand on; each known one on the way takes a bit."""
    while place <= last:
        if before >> place & 1:
            at += 1
        elif run == 0:
            break
        else:
            run -= 1
        place += 1
    return place, at


def _code(codes: Table, data: bytes, at: int) -> tuple[int, int, int]:
    look = _look(data, at)
    symbol = codes.symbols[look]
    if symbol < 0:
        raise Unsuited("not a picture")
    return symbol >> 4, symbol & 15, at + codes.lengths[look]


def _look(data: bytes, at: int) -> int:
    """The next 16 bits."""
    byte = at >> 3
    if byte + 3 > len(data):
        raise Unsuited("the picture breaks off")
    return int.from_bytes(data[byte : byte + 3]) >> 8 - (at & 7) & 0xFFFF


def _value(data: bytes, at: int, bits: int) -> int:
    return _look(data, at) >> 16 - bits if bits else 0
