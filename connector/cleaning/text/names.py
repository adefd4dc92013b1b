"""The reporter's own name in a text, where the words say so: "my name is ...", in twelve languages, or a name at the end.

Most names are not found this way, and it is promised nowhere that they are.
"""

import re

from connector.cleaning.text.folding import Folded
from connector.cleaning.text.found import Found
from connector.cleaning.text.name_shapes import end_of_name
from connector.cleaning.text.phrases import Phrase, said
from connector.cleaning.text.signatures import signature

_QUOTES = re.compile(r"[\s\"'*_(\u00ab\u201c\u201d\u300c]{0,3}")


def find_names(text: Folded) -> list[Found]:
    """The names that a text gives as its writer's own, some perhaps twice. Linear in time."""
    spans = [
        span for phrase, match in said(text.plain) if (span := _name_after(text, phrase, match)) is not None
    ]
    at_the_end = signature(text)
    if at_the_end is not None:
        spans.append(at_the_end)
    return [Found("name", start, end, mine=True) for start, end in spans]


def _name_after(text: Folded, phrase: Phrase, match: re.Match[str]) -> tuple[int, int] | None:
    quotes = _QUOTES.match(text.plain, match.end())
    start = quotes.end() if quotes else match.end()
    # Somebody who shouts writes every word with capitals.
    shouted = len(match[0]) > 2 and text.kept[match.start() : match.end()].isupper()
    for after, shaky in phrase.ways:
        if shaky and shouted:
            continue
        end = end_of_name(text, start, phrase.language, shaky)
        if end is not None and _follows(text.plain, end, after):
            return start, end
    return None


def _follows(plain: str, end: int, after: str) -> bool:
    return not after or plain[end : end + len(after) + 2].lstrip().startswith(after)
