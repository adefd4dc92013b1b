"""The little language in which word lists write phrases, and finding them in a text.

    gun                 this word
    shoot*              a word that begins so
    his|her|my          any of these
    [the|a]             any of these, or nothing
    ..                  up to three words of any kind, none of them beyond a comma

A phrase begins with a word, does not end with a gap, and is found within one sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

_GAP = 3
_ATOM = re.compile(r"[a-z0-9]+\*?")


class _Form(Enum):
    WORD = "word"
    OPTIONAL = "optional"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class _Part:
    form: _Form
    atoms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a list. Made by `parsed`."""

    parts: tuple[_Part, ...]

    @property
    def first(self) -> frozenset[str]:
        """What it can begin with, as atoms (`gun`, `shoot*`)."""
        return self.parts[0].atoms

    @property
    def atoms(self) -> Iterator[str]:
        """Every atom in it."""
        return (atom for part in self.parts for atom in part.atoms)

    def found_at(
        self, start: int, words: Sequence[frozenset[str]], clauses: Sequence[int]
    ) -> tuple[int, ...] | None:
        """The indexes of the words that make it up, the first of them `start`; None where it is not there.

        `words` are the atoms that each word of the sentence has, `clauses` the piece between two commas in which each
        stands. Bounded by the phrase, not by the text.
        """
        return _match(self.parts, start, words, clauses)


def parsed(written: str) -> Phrase:
    """A phrase as a list writes it. Raises ValueError for one that cannot be read."""
    parts = tuple(_part(piece) for piece in written.split())
    if not parts or parts[0].form is not _Form.WORD or parts[-1].form is _Form.GAP:
        raise ValueError(f"a phrase begins with a word and does not end with a gap: {written}")
    return Phrase(parts)


def _part(piece: str) -> _Part:
    if piece == "..":
        return _Part(_Form.GAP)
    optional = piece.startswith("[") and piece.endswith("]")
    atoms = (piece[1:-1] if optional else piece).split("|")
    for atom in atoms:
        if _ATOM.fullmatch(atom) is None:
            raise ValueError(f"no word of a phrase: {piece}")
    return _Part(_Form.OPTIONAL if optional else _Form.WORD, frozenset(atoms))


def _match(
    parts: tuple[_Part, ...], at: int, words: Sequence[frozenset[str]], clauses: Sequence[int]
) -> tuple[int, ...] | None:
    if not parts:
        return ()
    part, rest = parts[0], parts[1:]
    if part.form is _Form.GAP:
        for skipped in range(_GAP + 1):
            if at + skipped >= len(words) or clauses[at + skipped] != clauses[at - 1]:
                return None
            found = _match(rest, at + skipped, words, clauses)
            if found is not None:
                return found
        return None
    if at < len(words) and not part.atoms.isdisjoint(words[at]):
        found = _match(rest, at + 1, words, clauses)
        if found is not None:
            return (at, *found)
    return _match(rest, at, words, clauses) if part.form is _Form.OPTIONAL else None
