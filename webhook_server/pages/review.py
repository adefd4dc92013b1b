"""What could give the reporter away, shown in its sentence before anything is sent, with a choice for each.

What is chosen beforehand, and why, is in docs/adr/0009.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from connector.cleaning import TAKEN_OUT, Kind, Place, TextChecker
from webhook_server.pages.forms import Draft

_FIELDS = ("text", "where", "when", "who")
_TITLES: dict[Kind, str] = {
    "email": "A mail address",
    "phone": "A phone number",
    "handle": "An account",
    "name": "A name",
    "link": "A link",
}
_BORDER = re.compile(r"[.!?\u2026]+[\"')\]]?(?=\s)|[\n\u3002\uff01\uff1f\u061f\u0964]")
"""What ends a sentence in the scripts of the schools; a dot within a word or a link ends none."""
_MOST_AROUND = 90
_MOST_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """A finding within its sentence, which is cut where it is long."""

    before: str = field(repr=False)
    words: str = field(repr=False)
    after: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that was found, once or several times. `out`: taken out unless the reporter keeps it."""

    number: int
    title: str
    message: str
    sentences: tuple[Sentence, ...]
    more: int
    out: bool
    places: tuple[tuple[str, Place], ...] = field(repr=False)

    @property
    def name(self) -> str:
        """Of the form field that holds the choice."""
        return f"choice-{self.number}"


def questions(draft: Draft, checker: TextChecker) -> tuple[Question, ...]:
    """What to ask about a draft, in the order of its words; the same thing is asked about once."""
    found: dict[tuple[str, str], list[tuple[str, Place]]] = {}
    for name in _FIELDS:
        for place in checker.places(getattr(draft, name)):
            if not place.is_decided:
                found.setdefault((place.found.kind, place.same), []).append((name, place))
    return tuple(_question(number, draft, places) for number, places in enumerate(found.values(), 1))


def answered(draft: Draft, choices: Mapping[str, str], checker: TextChecker) -> Draft:
    """The draft without what is to be taken out. Where a choice is missing, what was chosen beforehand counts."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for question in questions(draft, checker):
        if choices.get(question.name, "out" if question.out else "keep") == "out":
            for name, place in question.places:
                spans.setdefault(name, []).append((place.start, place.end))
    changed = {name: _without(getattr(draft, name), places) for name, places in spans.items()}
    return replace(draft, **changed).as_seen()


def _question(number: int, draft: Draft, places: list[tuple[str, Place]]) -> Question:
    first = places[0][1]
    sentences = [_sentence(getattr(draft, name), place) for name, place in places[:_MOST_SENTENCES]]
    return Question(
        number=number,
        title=_TITLES[first.found.kind],
        message=first.message,
        sentences=tuple(sentences),
        more=len(places) - len(sentences),
        out=first.found.kind in ("email", "phone", "name") or any(place.found.mine for _, place in places),
        places=tuple(places),
    )


def _sentence(text: str, place: Place) -> Sentence:
    start, end = max(0, place.start - _MOST_AROUND), min(len(text), place.end + _MOST_AROUND)
    begin = max((border.end() for border in _BORDER.finditer(text, start, place.start)), default=start)
    border = _BORDER.search(text, place.end, end)
    cut_before = begin == start and start > 0
    cut_after = border is None and end < len(text)
    return Sentence(
        ("\u2026" if cut_before else "") + text[begin : place.start].lstrip(),
        text[place.start : place.end],
        text[place.end : border.end() if border else end].rstrip() + ("\u2026" if cut_after else ""),
    )


def _without(text: str, places: list[tuple[int, int]]) -> str:
    for start, end in sorted(places, reverse=True):
        text = text[:start] + TAKEN_OUT + text[end:]
    return text
