"""Bytes that have no face."""

import hmac
from typing import NoReturn


class SecretBytes:
    """Key material. Nothing prints, logs or pickles it; comparing takes the same time wherever they differ."""

    __slots__ = ("_value",)

    def __init__(self, value: bytes) -> None:
        self._value = bytes(value)

    def reveal(self) -> bytes:
        """The bytes, for the line of code that uses them."""
        return self._value

    def __repr__(self) -> str:
        return "SecretBytes(...)"

    def __format__(self, _spec: str) -> str:
        return "SecretBytes(...)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SecretBytes) and hmac.compare_digest(self._value, other._value)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere")
