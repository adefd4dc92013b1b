"""Finding the phrases of the lists in a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from connector.domain.wording.lists import Entry, WordLists
from connector.domain.wording.reading import Word
from connector.domain.wording.senses import Sense


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found in a text. `at` are the indexes of the words that make it up; words between them are not in it."""

    entry: Entry
    at: tuple[int, ...]

    @property
    def sense(self) -> Sense:
        """What it means."""
        return self.entry.sense

    @property
    def start(self) -> int:
        """The index of its first word."""
        return self.at[0]

    @property
    def end(self) -> int:
        """The index of its last word."""
        return self.at[-1]


def find(words: Sequence[Word], lists: WordLists) -> list[Hit]:
    """Every phrase of the lists that is in the text, in the order of where they begin."""
    known: dict[str, frozenset[str]] = {}
    for word in words:
        if word.text not in known:
            known[word.text] = lists.atoms_of(word.text)
    hits = []
    before = 0
    for _, group in groupby(words, key=lambda word: word.sentence):
        in_it = list(group)
        sentence, clauses = [known[word.text] for word in in_it], [word.clause for word in in_it]
        for start, atoms in enumerate(sentence):
            for entry in lists.starting_with(atoms):
                at = entry.phrase.found_at(start, sentence, clauses)
                if at is not None:
                    hits.append(Hit(entry, tuple(before + index for index in at)))
        before += len(sentence)
    return hits
