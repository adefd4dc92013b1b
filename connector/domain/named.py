"""Whether a tip names somebody of the contact chain. Pure."""

import re
from collections.abc import Mapping

_WORD = re.compile(r"\w+")
_SHORTEST = 3


def named_in(text: str, names: Mapping[str, str], *, about_staff: bool) -> tuple[str, ...]:
    """The ids of those contacts whose name stands in a text; `names` are the names by id.

    A last name counts where it is written with a capital letter, as a word of its own; so does a full name in any case.
    Where the reporter says that the tip is about somebody who works at the school, any part of a name counts, in any
    case, and so does the contact's id where it is a role (`principal`): whom a tip may be about must not hear of it, and
    others are on the chain.
    """
    written = _WORD.findall(text)
    return tuple(
        contact
        for contact, name in names.items()
        if _is_named(written, contact, name, about_staff=about_staff)
    )


def _is_named(written: list[str], contact: str, name: str, *, about_staff: bool) -> bool:
    parts = [part for part in _WORD.findall(name) if len(part) >= _SHORTEST]
    folded = [word.casefold() for word in written]
    if about_staff:
        words = {part.casefold() for part in parts} | set(_WORD.findall(contact.casefold()))
        return any(word in folded for word in words if len(word) >= _SHORTEST)
    if parts and parts[-1][0].isupper() and parts[-1] in written:
        return True
    full = [part.casefold() for part in _WORD.findall(name)]
    return len(full) > 1 and any(folded[n : n + len(full)] == full for n in range(len(folded)))
