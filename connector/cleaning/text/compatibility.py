"""Compatibility characters are written plainly (Unicode form NFKC), except where that changes what is said.

Letters of many widths and fonts can mark a text, and hide a number from whoever looks for it. Source: Unicode
Standard Annex 15. What keeps its form, because NFKC would break it:

- numbers that say more than their digits: `1\u00bd` is not 11/2, `10\u00b2` not 102, and two circled digits not one number
- signs that are emoji as well: \u2122 \u2139 \u24c2 \u203c \u2049 and the squared Chinese ones
- accents that stand alone, as in `don\u00b4t`: NFKC makes a space of them, with the accent upon it
- Korean letters that stand alone, as in \u314b\u314b\u314b: NFKC makes halves of syllables of them, which then grow together
- the two Arabic signs that stand for a whole sentence
"""

import unicodedata
from functools import cache

_EMOJI = frozenset("\u203c\u2049\u2122\u2139\u24c2\u3297\u3299") | {
    chr(code) for code in range(0x1F200, 0x1F252)
}
_SENTENCES = frozenset("\ufdfa\ufdfb")


def plainly(text: str) -> str:
    """`text` with compatibility characters written plainly. The caller brings it into form NFC. Linear in time."""
    return text if text.isascii() else text.translate(_table())


@cache
def _table() -> dict[int, str]:
    """What each compatibility character becomes. Some 3,600 of them, found in some milliseconds."""
    # No compatibility character stands among the Chinese characters and Korean syllables, or after plane 2.
    codes = (*range(0xA0, 0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x20000), *range(0x2F800, 0x2FA20))
    return {
        code: plain
        for code in codes
        if unicodedata.decomposition(sign := chr(code))
        and (plain := unicodedata.normalize("NFKC", sign)) != unicodedata.normalize("NFC", sign)
        and not _keeps_its_form(sign, plain)
    }


def _keeps_its_form(sign: str, plain: str) -> bool:
    return (
        unicodedata.category(sign) == "No"
        or sign in _EMOJI
        or sign in _SENTENCES
        or (plain.startswith(" ") and len(plain) > 1)
        or any("\u1100" <= letter <= "\u11ff" for letter in plain)
    )
