"""A text as it is compared: without accents, widths, fonts and invisible characters, and the way back to the text.

Somebody who is frightened writes a number with full-width digits, a name without its accents, a phrase in any case;
somebody else puts invisible characters between. All of it is looked at in one plain form. Sources: Unicode Standard
Annex 15 (NFKD) and 44 (general categories).
"""

import re
import unicodedata
from functools import lru_cache

_UNSEEN_IN_ASCII = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DROPPED = frozenset(("Mn", "Me", "Cf", "Cc", "Cs", "Co"))
"""Marks upon letters, and what cannot be seen: the general categories of both."""
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u0640")
"""Letters without a shape, and the Arabic stroke that only widens a word."""
_BY_HAND = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4\u0060\u2032\u02b9", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043", "-"),
        **dict.fromkeys("\u2028\u2029\x85", "\n"),
        "\u2800": " ",
        "\u0111": "d",
        "\u0110": "D",
        "\u0142": "l",
        "\u0141": "L",
        "\u00f8": "o",
        "\u00d8": "O",
        "\u0131": "i",
        "\u00df": "ss",
        "\u00e6": "ae",
        "\u0153": "oe",
        # Persian and Arabic keyboards write these letters of a name differently.
        "\u06cc": "\u064a",
        "\u0649": "\u064a",
        "\u06a9": "\u0643",
        "\u0629": "\u0647",
    }
)


class Folded:
    """One text in its plain form. `kept` has capitals as they were, `plain` has none; both are of one length.

    Positions in the text are counted in Unicode code points.
    """

    __slots__ = ("_origins", "kept", "plain")

    def __init__(self, text: str) -> None:
        """Fold any string; half a surrogate pair is left out. Linear in time."""
        if text.isascii() and _UNSEEN_IN_ASCII.search(text) is None:
            # ASCII stays as it is, except that a grave accent is often meant for an apostrophe.
            self.kept = text.replace("`", "'")
            self._origins: range | list[int] = range(len(text) + 1)
        else:
            pieces, origins = [], []
            for index, sign in enumerate(text):
                piece = folded_sign(sign)
                pieces.append(piece)
                origins += [index] * len(piece)
            origins.append(len(text))
            self.kept = "".join(pieces)
            self._origins = origins
        self.plain = self.kept.lower()

    def in_text(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the plain form stands in the text, marks upon its last letter included.

        `start` < `end`. What it names folds to that part, or to a little more where one sign was written as several.
        """
        first, last = self._origins[start], self._origins[end - 1]
        return first, max(self._origins[end], last + 1)


@lru_cache(maxsize=8192)
def folded_sign(sign: str) -> str:
    """One character in its plain form: nothing, itself, or several. Lower case has as many as upper case."""
    by_hand = sign.translate(_BY_HAND)
    if by_hand != sign:
        return by_hand
    if sign in "\t\n\r":
        return sign
    category = unicodedata.category(sign)
    if category in _DROPPED or sign in _FILLERS:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    plain = "".join(
        part.translate(_BY_HAND)
        for part in unicodedata.normalize("NFKD", sign)
        if unicodedata.category(part) not in _DROPPED
    )
    return plain if len(plain.lower()) == len(plain) else plain.lower()


def folded(text: str) -> str:
    """The plain form of a text, without capitals."""
    return Folded(text).plain
