"""What a reporter gave as their own, taken out of what they write, in whatever way it is written there.

Phone numbers in any grouping, with or without country; mail addresses also written out; the full name in any case and
order. One word of a name is taken out only where the text gives it as the writer's own: others may be called the same,
and what is said about others is evidence.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from connector.cleaning.text.folding import Folded, folded
from connector.cleaning.text.found import PART, TAKEN, Found, Kind
from connector.cleaning.text.names import find_names
from connector.cleaning.text.spellings import (
    SHORTEST,
    WORD,
    account,
    accounts,
    full_name,
    mails,
    name_parts,
    phones,
)
from connector.domain.identity import Contact

TAKEN_OUT = "[taken out]"
"""Stands where something was."""


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
        if contact is None:
            return cls.nothing()
        patterns: list[tuple[Kind, re.Pattern[str]]] = []
        for value in (contact.name, contact.phone, contact.email):
            text = folded(value or "")
            patterns += [("email", pattern) for pattern in mails(text)]
            patterns += [("phone", pattern) for pattern in phones(text, regions)]
            patterns += [("handle", pattern) for pattern in accounts(text)]
        address = folded(contact.email or "").strip()
        if "@" not in address and len(address) >= SHORTEST:
            patterns.append(("email", account(address)))
        parts = name_parts(contact.name or "")
        whole = full_name(parts)
        if whole is not None:
            patterns.append(("name", whole))
        # What `re` has kept of them would stay in memory after the tip is gone.
        re.purge()
        lone = parts if len(parts) == 1 and whole is None else ()
        return cls(tuple(patterns), frozenset(part for part in parts if len(part) > 1), frozenset(lone))

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
                if self._lone.issuperset(WORD.findall(text.plain[name.start : name.end]))
            ]
        found += [
            Found("name", *match.span(), mine=True, note=PART)
            for match in (WORD.finditer(text.plain) if self._parts else ())
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
