"""From the word as somebody typed it to the word that was meant.

Students write on phones, in a hurry, and some on purpose so that filters do not see it: `GUNNNN`, `k1ll`, `su!cide`,
`tmrw`, `kiere`. A word that a list knows is left alone. Another becomes the list's word that it sounds like; or, of the
few words of which a list wants it, the one that it is a single slip away from, unless the list knows it to be right.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_RUN = re.compile(r"(.)\1{2,}")
_LETTERS = re.compile(r"[a-z]+")
_DISGUISED = re.compile(r"[a-z].*[^a-z]|[^a-z].*[a-z]")
_SIGNS = re.compile(r"[^a-z0-9]+")
_LONGEST = 25
_SOUND_FROM = 4

_DISGUISES = tuple(
    str.maketrans({"0": "o", "1": one, "!": one, "3": "e", "4": "a", "@": "a", "5": "s", "$": "s", "7": "t", "*": star})
    for one in "il"
    for star in ("i", "u", "o", "e", "a", None)
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one list, and what it says about their spelling (see `lists.WordList`)."""

    words: frozenset[str]
    spelled: Mapping[str, str]
    sounds: Sequence[tuple[str, str]]
    slips: frozenset[str]
    right: frozenset[str]


class Spelling:
    """Finds what was meant. `known` says whether a word is one of the lists' own, prefixes included."""

    def __init__(self, vocabularies: Sequence[Vocabulary], known: Callable[[str], bool]) -> None:
        self._known = known
        self._spelled = {typed: meant for one in vocabularies for typed, meant in one.spelled.items()}
        self._right = frozenset(word for one in vocabularies for word in one.right)
        self._by_sound = [
            ({_sound(word, one.sounds): word for word in sorted(one.words) if len(word) >= _SOUND_FROM}, one.sounds)
            for one in vocabularies
            if one.sounds
        ]
        self._by_slip: dict[str, set[str]] = {}
        for one in vocabularies:
            for word in one.slips:
                for shorter in _slips(word):
                    self._by_slip.setdefault(shorter, set()).add(word)

    def read(self, typed: str) -> tuple[str, ...]:
        """The words meant by a run of small letters, digits and signs without a blank: one, or several without their signs."""
        if _LETTERS.fullmatch(typed) is None and _DISGUISED.match(typed):
            for disguise in _DISGUISES:
                bare = typed.translate(disguise)
                found = self._as_known(bare) if _LETTERS.fullmatch(bare) else None
                if found is not None:
                    return (found,)
        return tuple(self._meant(part) for part in _SIGNS.split(typed) if part)

    def _meant(self, typed: str) -> str:
        found = self._as_known(typed)
        if found is not None:
            return found
        word = _RUN.sub(r"\1", typed)
        if not _SOUND_FROM <= len(word) <= _LONGEST or word in self._right or _LETTERS.fullmatch(word) is None:
            return typed[:_LONGEST]
        return self._sounding_like(word) or self._one_slip_from(word) or word

    def _as_known(self, typed: str) -> str | None:
        for word in (typed, _RUN.sub(r"\1\1", typed), _RUN.sub(r"\1", typed)):
            if len(word) <= _LONGEST:
                if word in self._spelled:
                    return self._spelled[word]
                if self._known(word):
                    return word
        return None

    def _sounding_like(self, word: str) -> str | None:
        for by_sound, sounds in self._by_sound:
            found = by_sound.get(_sound(word, sounds))
            if found is not None:
                return found
        return None

    def _one_slip_from(self, word: str) -> str | None:
        near = {
            candidate
            for shorter in _slips(word)
            for candidate in self._by_slip.get(shorter, ())
            if candidate[0] == word[0] and _is_one_slip(word, candidate)
        }
        return min(near, key=lambda candidate: (abs(len(candidate) - len(word)), candidate), default=None)


def _sound(word: str, sounds: Iterable[tuple[str, str]]) -> str:
    for written, heard in sounds:
        word = word.replace(written, heard)
    return word


def _slips(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters: two words one slip apart share one of these."""
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def _is_one_slip(one: str, other: str) -> bool:
    """Whether a letter was changed, left out, added, or changed places with its neighbour."""
    if len(one) > len(other):
        one, other = other, one
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[same:] == other[same + 1 :]
    swapped = one[same + 1 : same + 2] + one[same : same + 1]
    return one[same + 1 :] == other[same + 1 :] or (
        swapped == other[same : same + 2] and one[same + 2 :] == other[same + 2 :]
    )
