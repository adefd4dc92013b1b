"""What in a text could give its reporter away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from connector.cleaning.text.declared import Declared
from connector.cleaning.text.folding import Folded
from connector.cleaning.text.found import PART, TAKEN, TRACKED, Found, Kind
from connector.cleaning.text.handles import find_handles
from connector.cleaning.text.links import Link, find_shared, links
from connector.cleaning.text.mails import find_mails
from connector.cleaning.text.messages import message_for
from connector.cleaning.text.names import find_names
from connector.cleaning.text.phones import find_phones
from connector.domain.identity import Contact

MOST_WARNINGS = 200
"""How many are told of one text, the first ones."""


@dataclass(frozen=True, slots=True)
class TextWarning:
    """Something in a text that could give its reporter away, and what to tell them.

    `start` and `end` count the Unicode code points of the text as it was handed in, so that `text[start:end]` is what is
    meant. (Where strings are counted in UTF-16, as in JavaScript, a character outside the basic plane counts twice.)
    """

    kind: Kind
    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Place:
    """A finding in the text as it was handed in; positions as in TextWarning. `same` is equal where the same was found."""

    found: Found
    start: int
    end: int
    same: str = field(repr=False)

    @property
    def is_decided(self) -> bool:
        """Whether we take out by ourselves what could give the reporter away."""
        return self.found.note in (TRACKED, TAKEN)

    @property
    def was_declared(self) -> bool:
        """Whether it is something that the reporter gave as their own."""
        return self.found.note in (TAKEN, PART)

    @property
    def message(self) -> str:
        """What to tell the reporter."""
        return message_for(self.found)


class TextChecker:
    """Looks at texts, stores nothing. `regions`: in which countries' way phone numbers are read (`phone_regions`)."""

    def __init__(self, regions: Sequence[str]) -> None:
        self._regions = tuple(regions)

    def declared(self, contact: Contact | None) -> Declared:
        """What a reporter gave as their own, ready to be taken out of what they write."""
        return Declared.of(contact, self._regions)

    def places(self, text: str, declared: Declared | None = None) -> tuple[Place, ...]:
        """What could give the reporter away, in order, at most MOST_WARNINGS. Linear in time, whatever the text."""
        plain = Folded(text)
        places = (
            Place(one, *plain.in_text(one.start, one.end), _same(one, plain.plain[one.start : one.end]))
            for one in self._found(plain, declared)
        )
        return tuple(sorted(places, key=lambda place: (place.start, place.end))[:MOST_WARNINGS])

    def warnings(self, text: str, declared: Declared | None = None) -> tuple[TextWarning, ...]:
        """The same as the reporter is told it. `declared`, where it is to be taken out of the text."""
        return tuple(
            TextWarning(place.found.kind, place.start, place.end, place.message)
            for place in self.places(text, declared)
        )

    def _found(self, plain: Folded, declared: Declared | None) -> list[Found]:
        found_links = links(plain.kept)
        own = declared.find(plain) if declared else []
        numbers_and_names = [
            *(one for one in own if one.note == TAKEN),
            *find_shared(found_links),
            *find_mails(plain.plain),
            *_outside(found_links, find_phones(plain.plain, self._regions)),
            *find_handles(plain.plain, found_links),
            *find_names(plain),
            *(one for one in own if one.note == PART),
        ]
        apart = _without_overlaps(numbers_and_names)
        # A link that we clean by ourselves hides nothing that is in it, so it may overlap.
        return apart + [
            Found("link", link.start, link.end, note=TRACKED) for link in found_links if link.tracked
        ]


def _same(found: Found, words: str) -> str:
    """What two findings share that are one thing, written in two ways."""
    return "".join(filter(str.isdigit, words)) if found.kind == "phone" else words.lstrip("@")


def _outside(found_links: Iterable[Link], found: Iterable[Found]) -> list[Found]:
    """What is not within a link: there, digits are the number of a page."""
    within = {place for link in found_links for place in range(link.start, link.end)}
    return [one for one in found if one.start not in within]


def _without_overlaps(found: Iterable[Found]) -> list[Found]:
    """Each place once: of two that overlap, the one that stands first in the list."""
    taken: set[int] = set()
    kept = []
    for one in found:
        # No two findings share a letter, so that this stays linear however many there are.
        if taken.isdisjoint(range(one.start, one.end)):
            taken.update(range(one.start, one.end))
            kept.append(one)
    return kept
