"""The reporter's own name in a text, where the words say so: "my name is ...", in twelve languages, or a name at the end.

Phrases, and the words that follow them without being names, are data: `data/self_naming.toml`. Most names are not found
this way, and it is promised nowhere that they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from connector.cleaning.text.data import listed
from connector.cleaning.text.folding import Folded, folded
from connector.cleaning.text.found import Found

_LETTER = "(?:(?![\u1100-\u11ff\u3040-\u30ff\u4e00-\u9fff])[^\\W\\d_])"
_WORD = re.compile(rf"{_LETTER}{{1,40}}(?:['\-]{_LETTER}{{1,40}}){{0,3}}")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_AND = "\u0648"
"""Arabic writes "and" onto the next word."""
_QUOTES = re.compile(r"[\s\"'*_(\u00ab\u201c\u201d\u300c]{0,3}")
_MOST_WORDS, _MOST_SMALL = 6, 3
"""Of a name with capitals, and of one without."""

_HAN = "\u4e00-\u9fff"
_JAMO = "\u1100-\u11ff"
"""The letters of Korean syllables, as they are in the folded form."""
_SYLLABLE = "(?:[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?)"


@dataclass(frozen=True, slots=True)
class _Language:
    """What is known of one language: words that are no names, and words that end one that is written small."""

    no_names: frozenset[str]
    stops: frozenset[str]
    no_beginnings: tuple[str, ...]
    """The same as `no_names`, for scripts in which words do not end visibly."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """What stands before a name, and the ways to go on: what must stand after the name, and whether that is shaky."""

    before: re.Pattern[str]
    ways: tuple[tuple[str, bool], ...]
    language: _Language


def find_names(text: Folded) -> list[Found]:
    """The names that a text gives as its writer's own, some perhaps twice. Linear in time."""
    spans = [
        span for phrase, match in _said(text.plain) if (span := _name_after(text, phrase, match)) is not None
    ]
    signature = _signature(text)
    if signature is not None:
        spans.append(signature)
    return [Found("name", start, end, mine=True) for start, end in spans]


def stands_for_no_name(word: str) -> bool:
    """Whether a folded word is what people write into a field for a name instead of one."""
    return word in _instead()


def _said(plain: str) -> Iterator[tuple[_Phrase, re.Match[str]]]:
    """Where a phrase stands. They are looked up by their first words: most words begin none."""
    by_word = _phrases()
    for word in _FIRST_WORD.finditer(plain):
        start = word.start() + (word[0] not in by_word and word[0].startswith(_AND))
        for phrase in by_word.get(plain[start : word.end()], ()):
            match = phrase.before.match(plain, start)
            if match is not None:
                yield phrase, match
    for language in ("zh", "ko"):
        for phrase in _phrases_without_spaces(language):
            for match in phrase.before.finditer(plain):
                yield phrase, match


def _name_after(text: Folded, phrase: _Phrase, match: re.Match[str]) -> tuple[int, int] | None:
    quotes = _QUOTES.match(text.plain, match.end())
    start = quotes.end() if quotes else match.end()
    for after, shaky in phrase.ways:
        end = _end_of_name(text, match, start, phrase.language, shaky)
        if end is not None and _follows(text.plain, end, after):
            return start, end
    return None


def _end_of_name(
    text: Folded, match: re.Match[str], start: int, language: _Language, shaky: bool
) -> int | None:
    first = text.plain[start : start + 1]
    if "\u1100" <= first <= "\u11ff":
        return _korean(text.plain, start, language, shaky)
    if "\u4e00" <= first <= "\u9fff":
        return _chinese(text.plain, start, language, shaky)
    if shaky and len(match[0]) > 2 and text.kept[match.start() : match.end()].isupper():
        # Somebody who shouts writes every word with capitals.
        return None
    return _words(text, start, language, shaky)


def _words(text: Folded, start: int, language: _Language, shaky: bool) -> int | None:
    """The end of a name in a script with spaces. Written small, it ends at a word of everyday, or is one word."""
    words = list(_following(text.kept, start))
    if not words or words[0][0].lower() in language.no_names:
        return None
    if words[0][0][0].isupper():
        return _capitals(words, language.stops)
    if shaky:
        return None
    until = next(
        (index for index, (word, _) in enumerate(words) if word.lower() in language.stops), len(words)
    )
    return words[until - 1][1] if 0 < until <= _MOST_SMALL else words[0][1] if until else None


def _following(kept: str, start: int) -> Iterator[tuple[str, int]]:
    """The words from `start` on that only spaces part, with their ends. An initial or a title may have a dot."""
    for _ in range(_MOST_WORDS):
        match = _WORD.match(kept, start)
        if match is None:
            return
        start = match.end()
        has_dot = (len(match[0]) == 1 and match[0].isupper()) or match[0].lower() in _parts("titles")
        if has_dot and kept.startswith(".", start):
            start += 1
        yield match[0], start
        if not kept.startswith(" ", start):
            return
        start += 1


def _capitals(words: list[tuple[str, int]], stops: frozenset[str]) -> int:
    end, particle = words[0][1], False
    for word, place in words[1:]:
        if word[0].isupper() and (particle or len(word) > 3 or word.lower() not in stops):
            end, particle = place, False
        elif word.lower() in _parts("particles"):
            particle = True
        else:
            break
    return end


def _chinese(plain: str, start: int, language: _Language, shaky: bool) -> int | None:
    match = _chinese_name().match(plain, start)
    if match is None or plain.startswith(language.no_beginnings, start):
        return None
    if shaky and (len(match[0]) < 2 or not match[0].startswith(_parts("zh"))):
        return None
    return match.end()


def _korean(plain: str, start: int, language: _Language, shaky: bool) -> int | None:
    match = _korean_name().match(plain, start)
    if match is None or plain.startswith(language.no_beginnings, start):
        return None
    if shaky and not match[0].startswith(_parts("ko")):
        return None
    return match.end()


def _follows(plain: str, end: int, after: str) -> bool:
    return not after or plain[end : end + len(after) + 2].lstrip().startswith(after)


def _signature(text: Folded) -> tuple[int, int] | None:
    """A last line that is a name after a dash or a greeting."""
    end = len(text.kept.rstrip())
    start = text.kept.rfind("\n", max(0, end - 100), end) + 1
    line = text.kept[start:end]
    match = _signatures().match(line)
    if match is None:
        above = text.plain[max(0, start - 40) : start].rstrip().rpartition("\n")[2]
        if above.strip(" \t,.!-") not in _signing() or start == 0:
            return None
        first = len(line) - len(line.lstrip())
    else:
        first = match.end()
    words = list(_following(line, first))
    if not 0 < len(words) <= _MOST_SMALL or line[words[-1][1] :].strip(" .!*") or len(words[0][0]) < 2:
        return None
    if any(word.lower() in _no_names() or not word[0].isupper() for word, _ in words):
        return None
    return start + first, start + words[-1][1]


@cache
def _languages() -> dict[str, _Language]:
    data = listed("self_naming")
    return {
        name: _Language(
            no_names := frozenset(map(folded, entry["no_names"])),
            frozenset(map(folded, entry["stops"])),
            tuple(no_names),
        )
        for name, entry in data.items()
        if name not in ("parts", "signatures", "instead")
    }


@cache
def _phrases() -> dict[str, list[_Phrase]]:
    """The phrases of the languages that part words by spaces, by their first words."""
    found: dict[str, list[_Phrase]] = {}
    for name in _languages():
        if name not in ("zh", "ko"):
            for phrase, words in _phrases_of(name, r"\s{1,3}", ""):
                first = _FIRST_WORD.match(words)
                found.setdefault(first[0] if first else "", []).append(phrase)
    return found


@cache
def _phrases_without_spaces(language: str) -> tuple[_Phrase, ...]:
    # Koreans part words by spaces, but not always; a phrase still begins a word.
    border = {"zh": "", "ko": f"(?<![{_JAMO}])"}[language]
    return tuple(phrase for phrase, _ in _phrases_of(language, r"\s{0,2}", border))


def _phrases_of(name: str, gap: str, border: str) -> Iterator[tuple[_Phrase, str]]:
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
        yield _Phrase(re.compile(pattern), tuple(ways[before]), language), before


@cache
def _parts(name: str) -> tuple[str, ...]:
    """Family names (`zh`, `ko`), or what belongs to names or follows them."""
    return tuple(map(folded, listed("self_naming")["parts"][name]))


@cache
def _chinese_name() -> re.Pattern[str]:
    more = rf"(?![{''.join(_parts('after_zh'))}])[{_HAN}]"
    return re.compile(rf"[{_HAN}](?:{more}){{0,2}}(?:\u00b7[{_HAN}]{{1,5}})?")


@cache
def _korean_name() -> re.Pattern[str]:
    # As short as what follows allows: particles are written onto the name.
    end = rf"(?=\s{{0,2}}(?:{'|'.join(_parts('after_ko'))})(?![\u1161-\u11c2])|[^{_JAMO}]|\Z)"
    return re.compile(rf"(?:{_SYLLABLE}\s?)?{_SYLLABLE}{{2,4}}?{end}")


@cache
def _no_names() -> frozenset[str]:
    return frozenset().union(*(language.no_names for language in _languages().values()))


@cache
def _instead() -> frozenset[str]:
    words = map(folded, listed("self_naming")["instead"]["words"])
    return frozenset(part for word in words for part in word.split())


@cache
def _signing() -> frozenset[str]:
    return frozenset(map(folded, listed("self_naming")["signatures"]["words"]))


@cache
def _signatures() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_signing(), key=len, reverse=True))
    return re.compile(rf"\s{{0,3}}(?:[-~]{{1,2}}\s{{0,2}}|(?:{words})[,:!]?\s{{1,3}})", re.IGNORECASE)
