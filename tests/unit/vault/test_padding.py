"""Sizes that tell little: Padme's own numbers, and what it costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.vault.padding import SMALLEST, pad, padded_size, unpad

SIZES = [
    (0, 256),
    (256, 256),
    (257, 272),
    (264, 272),
    (1000, 1024),
    (1024, 1024),
    (1025, 1088),
    (4097, 4352),
    (10_000, 10_240),
    (65_537, 67_584),
    (1_000_000, 1_015_808),
    (200_000_000, 201_326_592),
]
"""From the paper's Algorithm 1 with floating-point logarithms, apart from the floor of 256."""


@pytest.mark.parametrize(("size", "padded"), SIZES)
def test_sizes_are_those_of_the_paper(size: int, padded: int) -> None:
    assert padded_size(size) == padded


@given(st.binary(max_size=5000))
def test_what_was_padded_comes_back(plaintext: bytes) -> None:
    padded = pad(plaintext)
    assert unpad(padded) == plaintext
    assert len(padded) == padded_size(len(plaintext) + 8)


@given(st.integers(SMALLEST, 2**40))
def test_a_padded_size_stays_and_costs_twelve_percent_at_most(size: int) -> None:
    padded = padded_size(size)
    assert padded_size(padded) == padded
    assert size <= padded <= size * 1.12


@given(st.integers(0, 2**40), st.integers(0, 2**40))
def test_a_longer_text_is_never_smaller(one: int, other: int) -> None:
    assert padded_size(min(one, other)) <= padded_size(max(one, other))


def test_short_messages_all_look_alike() -> None:
    assert {len(pad(bytes(size))) for size in range(SMALLEST - 8 + 1)} == {SMALLEST}


def test_a_kilobyte_and_a_megabyte_have_few_sizes_between_them() -> None:
    assert len({padded_size(size) for size in range(1024, 1_048_577)}) < 250


@pytest.mark.parametrize("spoilt", [b"", bytes(7), (1).to_bytes(8, "big"), b"\xff" * 300])
def test_a_length_that_does_not_fit_is_refused(spoilt: bytes) -> None:
    with pytest.raises(ValueError, match="padding does not fit"):
        unpad(spoilt)
