"""Adding up what stands close together in a text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from connector.domain.urgency import Reason, Urgency
from connector.domain.wording.finding import Hit, find
from connector.domain.wording.lists import WordLists
from connector.domain.wording.reading import words_of
from connector.domain.wording.senses import ADDS_TO, CIRCUMSTANCES, SUBJECTS, Sense
from connector.domain.wording.turning import Turning

_EMERGENCY, _URGENT = 10, 5
"""What a subject must weigh, with what stands close by."""
_NEAR = 12
"""So many words to either side are close by."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A subject or circumstance that counts, and how much."""

    hit: Hit
    weight: int
    past: bool


def weigh(text: str, lists: WordLists) -> tuple[Reason, ...]:
    """How pressing a text is by its words: a reason for each subject that it speaks of, none where nothing is found.

    Reasons name the subject and the matched words, nothing else of the text. Takes any string, in linear time.
    """
    words = words_of(text, lists.spelling.read)
    hits = find(words, lists)
    turning = Turning(words, hits, lists)
    weighed = [
        _Weighed(hit, weight, turning.is_past(hit))
        for hit in _own_matters(hits)
        if (weight := turning.weight(hit)) > 0
    ]
    return _reasons(weighed, [word.text for word in words])


def _own_matters(hits: Sequence[Hit]) -> list[Hit]:
    """Subjects and circumstances, without subjects that are a part of another: the kill of "kill himself" is no attack."""
    sets_at: dict[int, list[tuple[Sense, frozenset[int]]]] = {}
    for hit in hits:
        if hit.sense in SUBJECTS:
            sets_at.setdefault(hit.start, []).append((hit.sense, frozenset(hit.at)))
    return [
        hit
        for hit in hits
        if hit.sense in CIRCUMSTANCES or (hit.sense in SUBJECTS and not _is_part_of_another(hit, sets_at))
    ]


def _is_part_of_another(hit: Hit, sets_at: Mapping[int, Sequence[tuple[Sense, frozenset[int]]]]) -> bool:
    own = frozenset(hit.at)
    return any(
        sense is not hit.sense and own < other
        for start in range(hit.start - _NEAR, hit.start + 1)
        for sense, other in sets_at.get(start, ())
    )


def _reasons(weighed: Sequence[_Weighed], words: Sequence[str]) -> tuple[Reason, ...]:
    starts = [found.hit.start for found in weighed]
    best: dict[Sense, tuple[int, Reason]] = {}
    for found in weighed:
        sense = found.hit.sense
        if sense not in SUBJECTS:
            continue
        low = bisect_left(starts, found.hit.start - _NEAR)
        high = bisect_right(starts, found.hit.end + _NEAR)
        total, parts = _together(found, weighed[low:high])
        if total >= _URGENT and total > best.get(sense, (0, None))[0]:
            urgency = Urgency.EMERGENCY if total >= _EMERGENCY else Urgency.URGENT
            best[sense] = total, Reason(urgency, _said(sense, parts, words))
    return tuple(reason for _, reason in best.values())


def _together(subject: _Weighed, near: Iterable[_Weighed]) -> tuple[int, list[Hit]]:
    """The weight of a subject with the heaviest of every other sense close by, and what makes it up."""
    if subject.past:
        return subject.weight, [subject.hit]
    own = frozenset(subject.hit.at)
    heaviest: dict[Sense, _Weighed] = {}
    for found in near:
        sense = found.hit.sense
        if sense not in ADDS_TO[subject.hit.sense] or not own.isdisjoint(found.hit.at):
            continue
        if sense not in heaviest or found.weight > heaviest[sense].weight:
            heaviest[sense] = found
    others = sum(found.weight for sense, found in heaviest.items() if sense in SUBJECTS)
    around = sum(found.weight for sense, found in heaviest.items() if sense in CIRCUMSTANCES)
    # A fight is for today whenever and wherever it is to be; only a weapon makes an emergency of it.
    total = subject.weight + others + min(around, subject.weight - 1)
    return total, [subject.hit, *(found.hit for found in heaviest.values())]


def _said(sense: Sense, parts: Sequence[Hit], words: Sequence[str]) -> str:
    subject, *others = (" ".join(words[index] for index in part.at) for part in parts)
    with_others = f", with {', '.join(sorted(set(others)))}" if others else ""
    return f"its words speak of {SUBJECTS[sense]} ({subject}{with_others})"
