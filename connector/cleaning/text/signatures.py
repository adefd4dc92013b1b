"""A name at the end of a text: a last line behind a dash or a greeting."""

import re
from functools import cache

from connector.cleaning.text.data import listed
from connector.cleaning.text.folding import Folded, folded
from connector.cleaning.text.name_shapes import MOST_SMALL, words_from
from connector.cleaning.text.phrases import all_no_names


def signature(text: Folded) -> tuple[int, int] | None:
    """Where it stands in the folded form; None where the last line is something else."""
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
    words = list(words_from(line, first))
    if not 0 < len(words) <= MOST_SMALL or line[words[-1][1] :].strip(" .!*") or len(words[0][0]) < 2:
        return None
    if any(word.lower() in all_no_names() or not word[0].isupper() for word, _ in words):
        return None
    return start + first, start + words[-1][1]


@cache
def _signing() -> frozenset[str]:
    return frozenset(map(folded, listed("self_naming")["signatures"]["words"]))


@cache
def _signatures() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_signing(), key=len, reverse=True))
    return re.compile(rf"\s{{0,3}}(?:[-~]{{1,2}}\s{{0,2}}|(?:{words})[,:!]?\s{{1,3}})", re.IGNORECASE)
