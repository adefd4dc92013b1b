"""What a name looks like behind a phrase, in scripts with capitals, without them, and without spaces."""

import re
from collections.abc import Iterator
from functools import cache

from connector.cleaning.text.folding import Folded
from connector.cleaning.text.phrases import JAMO, Language, parts

_LETTER = "(?:(?![\u1100-\u11ff\u3040-\u30ff\u4e00-\u9fff])[^\\W\\d_])"
_WORD = re.compile(rf"{_LETTER}{{1,40}}(?:['\-]{_LETTER}{{1,40}}){{0,3}}")
_MOST_WORDS, MOST_SMALL = 6, 3
"""Of a name with capitals, and of one without."""

_HAN = "\u4e00-\u9fff"
_SYLLABLE = "(?:[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?)"


def end_of_name(text: Folded, start: int, language: Language, shaky: bool) -> int | None:
    """Where a name that begins at `start` ends, in the folded form; None where there is none.

    After a `shaky` phrase it must begin with a capital letter, or in Chinese and Korean with a family name.
    """
    first = text.plain[start : start + 1]
    if "\u1100" <= first <= "\u11ff":
        return _korean(text.plain, start, language, shaky)
    if "\u4e00" <= first <= "\u9fff":
        return _chinese(text.plain, start, language, shaky)
    return _words(text, start, language, shaky)


def words_from(kept: str, start: int) -> Iterator[tuple[str, int]]:
    """The words from `start` on that only spaces part, with their ends. An initial or a title may have a dot."""
    for _ in range(_MOST_WORDS):
        match = _WORD.match(kept, start)
        if match is None:
            return
        start = match.end()
        has_dot = (len(match[0]) == 1 and match[0].isupper()) or match[0].lower() in parts("titles")
        if has_dot and kept.startswith(".", start):
            start += 1
        yield match[0], start
        if not kept.startswith(" ", start):
            return
        start += 1


def _words(text: Folded, start: int, language: Language, shaky: bool) -> int | None:
    """The end of a name in a script with spaces. Written small, it ends at a word of everyday, or is one word."""
    words = list(words_from(text.kept, start))
    if not words or words[0][0].lower() in language.no_names:
        return None
    if words[0][0][0].isupper():
        return _capitals(words, language.stops)
    if shaky:
        return None
    until = next(
        (index for index, (word, _) in enumerate(words) if word.lower() in language.stops), len(words)
    )
    return words[until - 1][1] if 0 < until <= MOST_SMALL else words[0][1] if until else None


def _capitals(words: list[tuple[str, int]], stops: frozenset[str]) -> int:
    end, particle = words[0][1], False
    for word, place in words[1:]:
        if word[0].isupper() and (particle or len(word) > 3 or word.lower() not in stops):
            end, particle = place, False
        elif word.lower() in parts("particles"):
            particle = True
        else:
            break
    return end


def _chinese(plain: str, start: int, language: Language, shaky: bool) -> int | None:
    match = _chinese_name().match(plain, start)
    if match is None or plain.startswith(language.no_beginnings, start):
        return None
    if shaky and (len(match[0]) < 2 or not match[0].startswith(parts("zh"))):
        return None
    return match.end()


def _korean(plain: str, start: int, language: Language, shaky: bool) -> int | None:
    match = _korean_name().match(plain, start)
    if match is None or plain.startswith(language.no_beginnings, start):
        return None
    if shaky and not match[0].startswith(parts("ko")):
        return None
    return match.end()


@cache
def _chinese_name() -> re.Pattern[str]:
    more = rf"(?![{''.join(parts('after_zh'))}])[{_HAN}]"
    return re.compile(rf"[{_HAN}](?:{more}){{0,2}}(?:\u00b7[{_HAN}]{{1,5}})?")


@cache
def _korean_name() -> re.Pattern[str]:
    # As short as what follows allows: particles are written onto the name.
    end = rf"(?=\s{{0,2}}(?:{'|'.join(parts('after_ko'))})(?![\u1161-\u11c2])|[^{JAMO}]|\Z)"
    return re.compile(rf"(?:{_SYLLABLE}\s?)?{_SYLLABLE}{{2,4}}?{end}")
