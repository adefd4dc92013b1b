"""Every way to spoil a sealed value, and what every refusal must keep to itself."""

import traceback
from collections.abc import Callable, Iterator

import pytest

from connector.errors import TipbridgeError

PLANTED = b"Mara saw it behind the gym"
"""What no refusal may repeat."""


def every_bit_flip(sealed: bytes) -> Iterator[bytes]:
    """The value with one bit changed, for each of its bits."""
    for position in range(len(sealed)):
        for bit in range(8):
            spoilt = bytearray(sealed)
            spoilt[position] ^= 1 << bit
            yield bytes(spoilt)


def every_truncation(sealed: bytes) -> Iterator[bytes]:
    """All proper beginnings of the value, the empty one first."""
    return (sealed[:length] for length in range(len(sealed)))


def is_refused(
    opening: Callable[[], object], kind: type[TipbridgeError] | tuple[type[TipbridgeError], ...]
) -> str:
    """The message of the refusal, whose printed trace shows nothing of what was sealed."""
    with pytest.raises(kind) as refusal:
        opening()
    printed = "".join(traceback.format_exception(refusal.value))
    assert PLANTED.decode() not in printed
    assert PLANTED.hex() not in printed
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None
    return str(refusal.value)
