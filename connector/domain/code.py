"""The reporter's secret: 20 digits in five groups of four. It has no face: nothing prints, logs or pickles it."""

import unicodedata
from typing import NoReturn

DIGITS = 20


class MalformedCode(ValueError):
    """Not a code at all. Says nothing of what was typed."""

    def __init__(self) -> None:
        super().__init__("a code has 20 digits")


class Code:
    """A code that somebody has typed, or that was just drawn. Only `reveal` shows it."""

    __slots__ = ("_digits",)

    def __init__(self, digits: str) -> None:
        """From exactly 20 ASCII digits. Raises MalformedCode."""
        if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
            raise MalformedCode
        self._digits = digits

    @classmethod
    def parse(cls, text: str) -> "Code":
        """Read what somebody typed: spaces and any dashes between digits do not matter, nor does the digits' script.

        Raises MalformedCode for everything else, also for texts too long to be a code with separators.
        """
        if len(text) > 4 * DIGITS:
            raise MalformedCode
        digits = []
        for char in unicodedata.normalize("NFKC", text):
            if char.isdecimal():
                digits.append(str(unicodedata.decimal(char)))
            elif not (char.isspace() or unicodedata.category(char) == "Pd"):
                raise MalformedCode
        return cls("".join(digits))

    def reveal(self) -> str:
        """The code as it is shown to its reporter: `0000-0000-0000-0000-0000`."""
        return "-".join(self._digits[start : start + 4] for start in range(0, DIGITS, 4))

    def digits(self) -> bytes:
        """The 20 digits, for derivation."""
        return self._digits.encode("ascii")

    def __repr__(self) -> str:
        return "Code(...)"

    def __format__(self, _spec: str) -> str:
        return "Code(...)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a code is not written anywhere")

    def __eq__(self, other: object) -> bool:
        raise TypeError("codes are not compared; what is derived from them is looked up")

    __hash__ = None  # type: ignore[assignment]
