"""Sizes that tell little: Padme (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", PoPETs 2019)."""

SMALLEST = 256
"""Bytes: most messages are shorter, so most look alike."""
_LENGTH = 8


def padded_size(size: int) -> int:
    """The size to which `size` bytes are brought: at most 12 % more, and only few different ones."""
    if size <= SMALLEST:
        return SMALLEST
    exponent = size.bit_length() - 1
    mantissa_bits = exponent.bit_length()
    mask = (1 << (exponent - mantissa_bits)) - 1
    return (size + mask) & ~mask


def pad(plaintext: bytes) -> bytes:
    """The length, the bytes, and zeros up to a common size."""
    used = _LENGTH + len(plaintext)
    return b"".join([len(plaintext).to_bytes(_LENGTH, "big"), plaintext, bytes(padded_size(used) - used)])


def unpad(padded: bytes) -> bytes:
    """The bytes again. Raises ValueError where the length does not fit."""
    length = int.from_bytes(padded[:_LENGTH], "big")
    if length > len(padded) - _LENGTH:
        raise ValueError("padding does not fit")
    return padded[_LENGTH : _LENGTH + length]
