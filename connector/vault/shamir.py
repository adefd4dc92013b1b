"""Parting a key among n so that any k put it together again and fewer learn nothing.

Shamir, "How to Share a Secret" (CACM 1979), byte by byte over GF(2^8) with the polynomial of AES (x^8+x^4+x^3+x+1).
Tests check the field's laws, and every result against an independent library.
"""

import os
from collections.abc import Mapping

MOST = 255
"""Shares: every one has its own place other than 0 in the field."""


class BadShares(ValueError):
    """The shares cannot belong together: too few, of different lengths, or a number out of range."""


def split(secret: bytes, quorum: int, count: int) -> dict[int, bytes]:
    """`count` shares by number (1 to `count`), of which any `quorum` yield the secret. Each is as long as the secret."""
    if not 1 <= quorum <= count <= MOST:
        raise BadShares("1 <= quorum <= count <= 255")
    # A polynomial for each byte: the byte itself at 0, and uniformly random above.
    rows = [secret, *(os.urandom(len(secret)) for _ in range(quorum - 1))]
    return {number: _at(number, rows) for number in range(1, count + 1)}


def combine(shares: Mapping[int, bytes]) -> bytes:
    """The secret, from as many shares as the quorum was. A wrong share gives a wrong secret: check it."""
    if not shares or len({len(share) for share in shares.values()}) != 1:
        raise BadShares("shares must be of one length")
    if not all(1 <= number <= MOST for number in shares):
        raise BadShares("a share's number lies between 1 and 255")
    result = bytes(len(next(iter(shares.values()))))
    for number, share in shares.items():
        factor = 1
        for other in shares:
            if other != number:
                factor = multiply(factor, multiply(other, inverse(other ^ number)))
        result = _plus(result, _times(share, factor))
    return result


def multiply(left: int, right: int) -> int:
    """The product in the field."""
    if left == 0 or right == 0:
        return 0
    return _POWERS[_LOGARITHMS[left] + _LOGARITHMS[right]]


def inverse(value: int) -> int:
    """What gives 1 when multiplied with `value`. Raises ZeroDivisionError for 0."""
    if value == 0:
        raise ZeroDivisionError("0 has no inverse")
    return _POWERS[255 - _LOGARITHMS[value]]


def _at(number: int, rows: list[bytes]) -> bytes:
    result = rows[-1]
    for row in reversed(rows[:-1]):
        result = _plus(_times(result, number), row)
    return result


def _times(values: bytes, factor: int) -> bytes:
    return bytes(multiply(value, factor) for value in values)


def _plus(left: bytes, right: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(left, right, strict=True))


def _tables() -> tuple[list[int], list[int]]:
    """Powers of 3, which generates the field, written twice so that a sum of logarithms needs no remainder."""
    powers, logarithms, value = [], [0] * 256, 1
    for exponent in range(255):
        powers.append(value)
        logarithms[value] = exponent
        doubled = value << 1
        value ^= doubled ^ (0x11B if doubled & 0x100 else 0)
    return powers * 2 + powers[:1], logarithms


_POWERS, _LOGARITHMS = _tables()
