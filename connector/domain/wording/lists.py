"""Word lists: one for each language, and all of them together, since a text may mix languages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from connector.domain.wording.phrases import Phrase
from connector.domain.wording.senses import Sense
from connector.domain.wording.spelling import Spelling, Vocabulary


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase, what it means, and for subjects and circumstances how much it weighs."""

    sense: Sense
    phrase: Phrase
    weight: int = 0


@dataclass(frozen=True, slots=True)
class WordList:
    """What one language's file holds. `source` says where the words are from and who may use them."""

    language: str
    source: str
    entries: tuple[Entry, ...]
    spelled: Mapping[str, str] = field(default_factory=dict)
    """Other spellings, slang and signs, each with the word it stands for."""
    sounds: tuple[tuple[str, str], ...] = ()
    """Letters that sound alike, replaced one after the other to compare two spellings."""
    slips: frozenset[str] = frozenset()
    """Words that are looked for with one letter wrong, missing, too many, or in the wrong place."""
    right: frozenset[str] = frozenset()
    """Words that are like one of ours and are no misspelling of it."""
    negators: frozenset[str] = frozenset()
    scope_ends: frozenset[str] = frozenset()
    """Words at which a negation ends."""
    scope_ends_later: frozenset[str] = frozenset()
    """Words at which it ends, unless they stand beside the negator itself (`no tiene`)."""

    def vocabulary(self) -> Vocabulary:
        """Its words, for telling what a misspelt one was meant to be."""
        atoms = {atom for entry in self.entries for atom in entry.phrase.atoms if not atom.endswith("*")}
        return Vocabulary(frozenset(atoms), self.spelled, self.sounds, self.slips, self.right)


class WordLists:
    """All lists as one. Make it once and hand it on: looking words up changes nothing in it."""

    def __init__(self, lists: Sequence[WordList]) -> None:
        self.languages = tuple(one.language for one in lists)
        self._entries = tuple(entry for one in lists for entry in one.entries)
        self.negators = _union(one.negators for one in lists)
        self.scope_ends = _union(one.scope_ends for one in lists)
        self.scope_ends_later = _union(one.scope_ends_later for one in lists)
        atoms = {atom for entry in self._entries for atom in entry.phrase.atoms}
        self._prefixes = frozenset(atom[:-1] for atom in atoms if atom.endswith("*"))
        self._longest_prefix = max(map(len, self._prefixes), default=0)
        self._words = frozenset(atom for atom in atoms if not atom.endswith("*")) | self.negators
        self.spelling = Spelling([one.vocabulary() for one in lists], self._known)

    @cached_property
    def _by_atom(self) -> Mapping[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {}
        for entry in self._entries:
            for atom in entry.phrase.first:
                found.setdefault(atom, []).append(entry)
        return {atom: tuple(entries) for atom, entries in found.items()}

    def atoms_of(self, word: str) -> frozenset[str]:
        """Which atoms of the phrases a word has: itself, and every prefix that a list asks for."""
        found = {word} if word in self._words else set()
        for length in range(1, min(len(word), self._longest_prefix) + 1):
            if word[:length] in self._prefixes:
                found.add(f"{word[:length]}*")
        return frozenset(found)

    def starting_with(self, atoms: frozenset[str]) -> Iterator[Entry]:
        """The entries whose phrase can begin with a word of these atoms."""
        for atom in atoms:
            yield from self._by_atom.get(atom, ())

    def _known(self, word: str) -> bool:
        return bool(self.atoms_of(word)) or word in self.scope_ends or word in self.scope_ends_later


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
