"""From a text to its words: small letters without accents, sentence by sentence."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_APOSTROPHE = re.compile("(?<=[a-z0-9])['\u2018\u2019\u02bc\u00b4`](?=[a-z])")
_PIECE = re.compile(
    r"(?P<word>[a-z0-9@$*](?:[a-z0-9@$*!]*[a-z0-9])?)"
    r"|(?P<end>[.?!;\u2026\u00bf\u00a1]|\n[ \t]*\n)"
    r"|(?P<pause>[,:()\n\u2013\u2014]|\s-+\s)"
    r"|(?P<sign>[^\x00-\x7f])"
)
_SPELLED_OUT = 3
"""So many single letters in a row are one word: `k m s`."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was meant, with the sentence it stands in and the piece of it between two commas, counted from 0."""

    text: str
    sentence: int
    clause: int


def words_of(text: str, spelling: Callable[[str], tuple[str, ...]]) -> list[Word]:
    """The words of a text in their order; `spelling` turns what was typed into what was meant. Linear in the text."""
    read: dict[str, tuple[str, ...]] = {}
    found: list[Word] = []
    for typed, sentence, clause in _joined(_pieces(_APOSTROPHE.sub("", _plain(text)))):
        if typed not in read:
            read[typed] = spelling(typed)
        found += [Word(word, sentence, clause) for word in read[typed]]
    return found


def _plain(text: str) -> str:
    """Small letters without accents; letters of other widths and styles as the plain ones."""
    if not text.isascii():
        # Marks go first: a long row of them takes long to put in order.
        text = _without_marks(unicodedata.normalize("NFKD", _without_marks(text)))
    return text.casefold()


def _without_marks(text: str) -> str:
    return "".join(character for character in text if not unicodedata.combining(character))


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    sentence = clause = 0
    for match in _PIECE.finditer(text):
        if match.lastgroup in ("word", "sign"):
            yield match[0], sentence, clause
        else:
            clause += 1
            sentence += match.lastgroup == "end"


def _joined(pieces: Iterator[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """The pieces, with letters that were spelled out (`k m s`, `k.m.s.`) put together."""
    letters: list[tuple[str, int, int]] = []
    for piece in pieces:
        if len(piece[0]) == 1 and piece[0].isascii() and piece[0].isalpha():
            letters.append(piece)
            continue
        yield from _put_together(letters)
        letters = []
        yield piece
    yield from _put_together(letters)


def _put_together(letters: list[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    if len(letters) < _SPELLED_OUT:
        yield from letters
    else:
        yield "".join(letter for letter, _, _ in letters), *letters[0][1:]
