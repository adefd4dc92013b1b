"""What the words around a phrase do to it: cancel it, halve it, or leave it as it is."""

from collections.abc import Iterable, Sequence

from connector.domain.wording.finding import Hit
from connector.domain.wording.lists import WordLists
from connector.domain.wording.reading import Word
from connector.domain.wording.senses import SUBJECTS, VIOLENCE, Sense

_REACH = 10
"""Words over which a turn reaches, within its sentence."""
_SCOPE = 6
"""Words that a negation reaches at most; students leave out the full stop."""
_BESIDE = 2
"""Words after a negator that still belong to it: `no tiene`, `no me tiene`."""


class Turning:
    """What stands around the phrases of one text."""

    def __init__(self, words: Sequence[Word], hits: Sequence[Hit], lists: WordLists) -> None:
        self._words = words
        self._lists = lists
        self._marked = {
            sense: _indexes(hit for hit in hits if hit.sense is sense)
            for sense in (Sense.PAST, Sense.PRESENT, Sense.FICTION, Sense.ASKING)
        }
        # "dont know" negates nothing, and the "dont" of "dont want to live" belongs to what it says itself.
        self._no_negators = _indexes(
            hit for hit in hits if hit.sense is Sense.NOT_NEGATING or hit.sense in SUBJECTS
        )
        self._harmless: dict[int, list[frozenset[int]]] = {}
        for hit in hits:
            if hit.sense is Sense.HARMLESS:
                for index in hit.at:
                    self._harmless.setdefault(index, []).append(frozenset(hit.at))

    def weight(self, hit: Hit) -> int:
        """What a subject or circumstance weighs where it stands; 0 where it is cancelled."""
        if self._is_harmless(hit) or (hit.sense in SUBJECTS and self._is_negated(hit)):
            return 0
        return hit.entry.weight // 2 if self.is_past(hit) or self._is_made_up(hit) else hit.entry.weight

    def is_past(self, hit: Hit) -> bool:
        """Whether it is told of a time long past, and not of now as well."""
        return self._near(Sense.PAST, hit, after=_REACH) and not self._is_present(hit)

    def _is_harmless(self, hit: Hit) -> bool:
        """Whether a harmless phrase takes one of its words; a phrase that says all of it and more knows better."""
        own = frozenset(hit.at)
        return any(not harmless < own for index in hit.at for harmless in self._harmless.get(index, ()))

    def _is_made_up(self, hit: Hit) -> bool:
        """Whether it happens in a game or a story, or is only asked about."""
        if hit.sense not in VIOLENCE:
            return False
        return self._near(Sense.FICTION, hit, after=_REACH) or self._near(Sense.ASKING, hit, after=0)

    def _near(self, turn: Sense, hit: Hit, *, after: int) -> bool:
        sentence = self._words[hit.start].sentence
        reach = range(max(0, hit.start - _REACH), min(len(self._words), hit.end + after + 1))
        marked = self._marked[turn]
        return any(index in marked and self._words[index].sentence == sentence for index in reach)

    def _is_present(self, hit: Hit) -> bool:
        """Whether the same part of the sentence speaks of now: "she is fine now" after a comma is another matter."""
        clause, marked = self._words[hit.start].clause, self._marked[Sense.PRESENT]
        reach = range(max(0, hit.start - _REACH), min(len(self._words), hit.end + _REACH + 1))
        return any(index in marked and self._words[index].clause == clause for index in reach)

    def _is_negated(self, hit: Hit) -> bool:
        lists, clause = self._lists, self._words[hit.start].clause
        for index in range(hit.start - 1, max(-1, hit.start - 1 - _SCOPE), -1):
            word = self._words[index]
            if word.clause != clause or word.text in lists.scope_ends:
                return False
            if word.text in lists.negators and index not in self._no_negators:
                between = self._words[index + 1 + _BESIDE : hit.end]
                return not any(one.text in lists.scope_ends_later for one in between)
        return False


def _indexes(hits: Iterable[Hit]) -> frozenset[int]:
    return frozenset(index for hit in hits for index in range(hit.start, hit.end + 1))
