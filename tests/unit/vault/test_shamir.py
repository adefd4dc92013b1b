"""Parting a key: the field's laws, any k of n, fewer tell nothing, and another hand's implementation agrees."""

import itertools
from collections import Counter

import pyshamir
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.vault.shamir import BadShares, combine, inverse, multiply, split

BYTE = st.integers(0, 255)
UNIT = st.integers(1, 255)
QUORUMS = st.integers(1, 6).flatmap(lambda count: st.tuples(st.integers(1, count), st.just(count)))


def _by_hand(left: int, right: int) -> int:
    """Multiplication as FIPS 197 defines it (section 4.2): shift, add, reduce."""
    product = 0
    for bit in range(8):
        if right >> bit & 1:
            product ^= left << bit
    for bit in range(15, 7, -1):
        if product >> bit & 1:
            product ^= 0x11B << (bit - 8)
    return product


def test_every_product_is_the_one_of_the_standard() -> None:
    assert all(multiply(a, b) == _by_hand(a, b) for a in range(256) for b in range(256))


def test_the_example_of_the_standard() -> None:
    assert multiply(0x57, 0x83) == 0xC1


def test_every_value_but_zero_has_an_inverse() -> None:
    assert all(multiply(value, inverse(value)) == 1 for value in range(1, 256))
    with pytest.raises(ZeroDivisionError):
        inverse(0)


@given(BYTE, BYTE, BYTE)
def test_the_laws_of_a_field(a: int, b: int, c: int) -> None:
    assert multiply(a, b) == multiply(b, a)
    assert multiply(a, multiply(b, c)) == multiply(multiply(a, b), c)
    assert multiply(a, b ^ c) == multiply(a, b) ^ multiply(a, c)
    assert multiply(a, 1) == a


@given(st.binary(min_size=1, max_size=40), QUORUMS)
def test_any_quorum_yields_the_secret(secret: bytes, numbers: tuple[int, int]) -> None:
    quorum, count = numbers
    shares = split(secret, quorum, count)
    for some in itertools.combinations(shares, quorum):
        assert combine({number: shares[number] for number in some}) == secret
    assert combine(shares) == secret


@given(st.binary(min_size=32, max_size=32), QUORUMS)
def test_another_hand_puts_ours_together_and_we_theirs(secret: bytes, numbers: tuple[int, int]) -> None:
    quorum, count = max(numbers[0], 2), max(numbers[1], 2)
    ours = split(secret, quorum, count)
    as_theirs = [bytearray(share) + bytearray([number]) for number, share in ours.items()]
    assert bytes(pyshamir.combine(as_theirs[:quorum])) == secret
    theirs = pyshamir.split(secret, count, quorum)
    assert combine({share[-1]: bytes(share[:-1]) for share in theirs[:quorum]}) == secret


def test_one_share_of_two_may_belong_to_any_secret_equally() -> None:
    # For each value of the share there is exactly one line through it for each secret: so the share says nothing.
    secrets = {combine({1: bytes([7]), 2: bytes([other])})[0] for other in range(256)}
    assert secrets == set(range(256))


def test_shares_are_drawn_evenly() -> None:
    drawn = Counter(split(b"\x42", 2, 3)[1][0] for _ in range(25_600))
    # 255 degrees of freedom: a chi-square beyond 400 comes once in a hundred million.
    assert sum((drawn[value] - 100) ** 2 / 100 for value in range(256)) < 400


@given(st.binary(min_size=4, max_size=4), UNIT)
def test_a_wrong_share_gives_another_secret(secret: bytes, flip: int) -> None:
    shares = split(secret, 2, 3)
    shares[1] = bytes([shares[1][0] ^ flip, *shares[1][1:]])
    assert combine({1: shares[1], 2: shares[2]}) != secret


@pytest.mark.parametrize(("quorum", "count"), [(0, 3), (4, 3), (1, 256), (-1, 2)])
def test_a_quorum_that_cannot_be_is_refused(quorum: int, count: int) -> None:
    with pytest.raises(BadShares):
        split(b"x", quorum, count)


@pytest.mark.parametrize("shares", [{}, {1: b"a", 2: b"ab"}, {0: b"a"}, {256: b"a"}])
def test_shares_that_cannot_belong_together_are_refused(shares: dict[int, bytes]) -> None:
    with pytest.raises(BadShares):
        combine(shares)
