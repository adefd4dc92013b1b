"""What a reporter gave as their own, taken out of what they write, in whatever way it is written there.

Phone numbers in any grouping, with or without country; mail addresses also written out; the full name in any case and
order. One word of a name is taken out only where the text gives it as the writer's own: others may be called the same,
and what is said about others is evidence.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations

from connector.cleaning.text.folding import Folded, folded
from connector.cleaning.text.found import PART, TAKEN, Found, Kind
from connector.cleaning.text.mails import AT, DOT, SPOKEN_AT, SPOKEN_DOT
from connector.cleaning.text.names import find_names, stands_for_no_name
from connector.cleaning.text.phones import FEWEST_DIGITS, ways_to_write
from connector.domain.identity import Contact

TAKEN_OUT = "[taken out]"
"""Stands where something was."""

_WITHIN_NUMBER = r"(?:[\W_]|%20){0,6}"
_ROW = re.compile(r"\+?\d(?:[^\w@]{0,4}\d){4,30}", re.ASCII)
_MAIL = re.compile(r"[^\s@<>,;:()\"]{1,64}@[^\s@<>,;:()\"]{1,253}")
_ACCOUNT = re.compile(r"(?<![\w@.])@([\w.\-]{3,40})")
_WORD = re.compile(r"[^\W\d_]+")
_WITHOUT_BORDERS = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
)
"""Scripts that do not part words by spaces, or write particles onto them."""
_PREFIXES = re.compile(r"[\u0590-\u07ff]")
"""Hebrew and Arabic write "and", "for" and "the" onto the next word."""

_LONG_ENOUGH = 8
"""Letters of a name that stand together by no accident, so that no gap and no border is asked for."""
_SHORTEST = 5
"""Digits of a number without its area, and letters of an account."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What is to be taken out. `repr` shows nothing of it."""

    _patterns: tuple[tuple[Kind, re.Pattern[str]], ...] = field(repr=False)
    _parts: frozenset[str] = field(repr=False)
    _lone: frozenset[str] = field(repr=False)

    @classmethod
    def nothing(cls) -> "Declared":
        """Takes nothing out."""
        return cls((), frozenset(), frozenset())

    @classmethod
    def of(cls, contact: Contact | None, regions: Sequence[str]) -> "Declared":
        """What a contact declares, whichever of its fields it stands in. `regions`: how numbers are read."""
        values = [value for value in (contact.name, contact.phone, contact.email) if value] if contact else []
        patterns: list[tuple[Kind, re.Pattern[str]]] = []
        for value in values:
            text = folded(value)
            patterns += [("email", _mail(match[0])) for match in _MAIL.finditer(text)]
            patterns += [("phone", _phone(number)) for number in _numbers(text, regions)]
            patterns += [("handle", _account(match[1])) for match in _ACCOUNT.finditer(text)]
        if (
            contact is not None
            and contact.email
            and "@" not in contact.email
            and len(contact.email) >= _SHORTEST
        ):
            patterns.append(("email", _account(folded(contact.email))))
        parts = _name_parts(contact.name) if contact and contact.name else []
        whole = _name(parts)
        if whole is not None:
            patterns.append(("name", whole))
        lone = frozenset(parts if len(parts) == 1 and whole is None else ())
        return cls(tuple(patterns), frozenset(part for part in parts if len(part) > 1), lone)

    def __bool__(self) -> bool:
        return bool(self._patterns or self._parts)

    def find(self, text: Folded) -> list[Found]:
        """What is taken out of a text (note TAKEN), and the parts of the name that stay (note PART)."""
        found = [
            Found(kind, *match.span(), mine=True, note=TAKEN)
            for kind, pattern in self._patterns
            for match in pattern.finditer(text.plain)
        ]
        if self._lone:
            found += [
                replace(name, note=TAKEN)
                for name in find_names(text)
                if self._lone.issuperset(_WORD.findall(text.plain[name.start : name.end]))
            ]
        found += [
            Found("name", *match.span(), mine=True, note=PART)
            for match in (_WORD.finditer(text.plain) if self._parts else ())
            if match[0] in self._parts
        ]
        return found

    def take_out(self, text: str) -> str:
        """The text with TAKEN_OUT where something of it stood. Linear in time."""
        if not self:
            return text
        plain = Folded(text)
        spans = [plain.in_text(one.start, one.end) for one in self.find(plain) if one.note == TAKEN]
        out, done = [], 0
        for start, end in _joined(spans):
            out += [text[done:start], TAKEN_OUT]
            done = end
        return "".join(out) + text[done:]


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans in order, those that overlap as one."""
    last: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if last is not None and start < last[1]:
            last = (last[0], max(last[1], end))
        else:
            if last is not None:
                yield last
            last = (start, end)
    if last is not None:
        yield last


def _mail(address: str) -> re.Pattern[str]:
    local, _, domain = address.strip(".").partition("@")
    between = r"(?:[\W_]|dot|punto|ponto|point|underscore|guion bajo){0,3}"
    name = between.join(map(re.escape, re.findall(r"[^\W_]+", local))) or re.escape(local)
    first, *more = (re.escape(label) for label in domain.split(".") if label)
    at = rf"(?:\s{{0,2}}{AT}\s{{0,2}}|\s{{1,2}}{SPOKEN_AT}\s{{1,2}})"
    rest = "".join(rf"(?:\s{{0,2}}{DOT}\s{{0,2}}|\s{{1,2}}{SPOKEN_DOT}\s{{1,2}}){label}" for label in more)
    # "maria at gmail" says enough; maria@gmail.org is somebody else's.
    return re.compile(rf"(?<![a-z0-9]){name}{at}{first}(?:{rest}(?![a-z0-9])|(?![a-z0-9]|\.[a-z0-9]))")


def _numbers(text: str, regions: Sequence[str]) -> Iterator[str]:
    """The numbers in a field, each as the digits that are always written."""
    for row in _ROW.finditer(text):
        digits = re.sub(r"\D", "", row[0])
        # The last ten are what is left of a number with its country in most of the world.
        forms = {digits.lstrip("0"), digits[-10:], *ways_to_write(row[0], regions)}
        # The longest first: where two forms fit, all of the number is named.
        yield from sorted(
            (form for form in forms if len(form) >= _SHORTEST), key=lambda form: (-len(form), form)
        )


def _phone(digits: str) -> re.Pattern[str]:
    number = _WITHIN_NUMBER.join(digits)
    if len(digits) <= FEWEST_DIGITS:
        return re.compile(rf"(?<!\d){number}(?!\d)")
    country = (
        r"(?:\+[ (]{0,2}\d{1,3}[^\w@]{0,3}|(?<!\d)(?:00|011)[ -]?\d{1,3}[^\w@]{1,3}|(?<!\d)1[ .\-]{1,2})?"
    )
    return re.compile(rf"{country}[(]?(?:\(?0\)?[ .\-/]{{0,2}})?[+(]?{number}", re.ASCII)


def _account(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9_])@?{re.escape(name)}(?![a-z0-9_])")


def _name_parts(name: str) -> list[str]:
    parts = _WORD.findall(folded(name))
    return [] if all(map(stands_for_no_name, parts)) else parts


def _name(parts: Sequence[str]) -> re.Pattern[str] | None:
    """The full name as a whole. None for one word, except in scripts where that is a full name."""
    letters = "".join(parts)
    unbordered = _WITHOUT_BORDERS.search(letters) is not None
    if not parts or (len(parts) == 1 and not (unbordered and len(letters) > 1)):
        return None
    long = len(letters) >= _LONG_ENOUGH
    gap = r"[\W_]{0,3}" if long or unbordered else r"[\W_]{1,3}"
    # Some put the family name first. More orders than these nobody writes in a name of many words.
    orders = (
        permutations(parts) if len(parts) <= 3 else (parts, [parts[-1], *parts[:-1]], [*parts[1:], parts[0]])
    )
    names = "|".join(dict.fromkeys(gap.join(order) for order in orders))
    before = "" if unbordered or long or _PREFIXES.search(letters) else r"(?<![^\W\d_])"
    behind = "" if unbordered or long else r"(?![^\W\d_])"
    return re.compile(f"{before}(?:{names}){behind}")
