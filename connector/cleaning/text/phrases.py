"""The phrases by which people say who they are, read from `data/self_naming.toml`, and finding them in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from connector.cleaning.text.data import listed
from connector.cleaning.text.folding import folded

JAMO = "\u1100-\u11ff"
"""The letters of Korean syllables, as they are in the folded form."""
_WITHOUT_SPACES = ("zh", "ko")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_AND = "\u0648"
"""Arabic writes "and" onto the next word."""


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of one language: words that are no names, and words that end one that is written small."""

    no_names: frozenset[str]
    stops: frozenset[str]
    no_beginnings: tuple[str, ...]
    """The same as `no_names`, for scripts in which words do not end visibly."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What stands before a name, and the ways to go on: what must stand after the name, and whether that is shaky."""

    before: re.Pattern[str]
    ways: tuple[tuple[str, bool], ...]
    language: Language


def said(plain: str) -> Iterator[tuple[Phrase, re.Match[str]]]:
    """Where a phrase stands. They are looked up by their first words: most words begin none."""
    by_word = _phrases()
    for word in _FIRST_WORD.finditer(plain):
        start = word.start() + (word[0] not in by_word and word[0].startswith(_AND))
        for phrase in by_word.get(plain[start : word.end()], ()):
            match = phrase.before.match(plain, start)
            if match is not None:
                yield phrase, match
    for language in _WITHOUT_SPACES:
        for phrase in _phrases_without_spaces(language):
            for match in phrase.before.finditer(plain):
                yield phrase, match


@cache
def _languages() -> dict[str, Language]:
    data = listed("self_naming")
    return {
        name: Language(
            no_names := frozenset(map(folded, entry["no_names"])),
            frozenset(map(folded, entry["stops"])),
            tuple(no_names),
        )
        for name, entry in data.items()
        if name not in ("parts", "signatures", "instead")
    }


@cache
def _phrases() -> dict[str, list[Phrase]]:
    """The phrases of the languages that part words by spaces, by their first words."""
    found: dict[str, list[Phrase]] = {}
    for name in _languages():
        if name not in _WITHOUT_SPACES:
            for phrase, words in _phrases_of(name, r"\s{1,3}", ""):
                first = _FIRST_WORD.match(words)
                found.setdefault(first[0] if first else "", []).append(phrase)
    return found


@cache
def _phrases_without_spaces(language: str) -> tuple[Phrase, ...]:
    # Koreans part words by spaces, but not always; a phrase still begins a word.
    border = {"zh": "", "ko": f"(?<![{JAMO}])"}[language]
    return tuple(phrase for phrase, _ in _phrases_of(language, r"\s{0,2}", border))


def _phrases_of(name: str, gap: str, border: str) -> Iterator[tuple[Phrase, str]]:
    entry, language = listed("self_naming")[name], _languages()[name]
    ways: dict[str, list[tuple[str, bool]]] = {}
    for key in ("plain", "shaky"):
        for template in entry[key]:
            before, _, after = folded(template).partition("{name}")
            ways.setdefault(before, []).append((after.strip(), key == "shaky"))
    # The longest first, so that "my name is" is not taken for "my name".
    for before in sorted(ways, key=len, reverse=True):
        end = gap if before.endswith(" ") else ""
        pattern = gap.join(map(re.escape, before.split())) + end
        # The border behind the first letter: a pattern that begins with a letter is found much faster.
        first = re.escape(before[0])
        pattern = (
            f"{first}{border.replace('])', f']{first})')}{pattern.removeprefix(first)}" if border else pattern
        )
        yield Phrase(re.compile(pattern), tuple(ways[before]), language), before


@cache
def parts(name: str) -> tuple[str, ...]:
    """Family names (`zh`, `ko`), or what belongs to names or follows them."""
    return tuple(map(folded, listed("self_naming")["parts"][name]))


@cache
def all_no_names() -> frozenset[str]:
    """The `no_names` of all languages."""
    return frozenset().union(*(language.no_names for language in _languages().values()))


@cache
def instead_of_names() -> frozenset[str]:
    """The folded words that people write into a field for a name instead of one."""
    words = map(folded, listed("self_naming")["instead"]["words"])
    return frozenset(part for word in words for part in word.split())
