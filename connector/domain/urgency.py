"""How pressing a tip is, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum


class Urgency(IntEnum):
    """Ordered: a larger value is more pressing, so `max` picks what counts."""

    ROUTINE = 1
    URGENT = 2
    EMERGENCY = 3

    @property
    def word(self) -> str:
        """The word used in config, tickets, tags and the API."""
        return self.name.lower()

    @classmethod
    def from_word(cls, word: str) -> "Urgency":
        """The urgency with this word. Raises ValueError for any other word."""
        for urgency in cls:
            if urgency.word == word:
                return urgency
        raise ValueError("urgency must be emergency, urgent or routine")


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that says how pressing a tip is. `repr` does not show `what`: it may name words of the tip."""

    urgency: Urgency
    what: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Triage:
    """An urgency and the reasons for it, in words that staff read in the ticket. `repr` shows no reason."""

    urgency: Urgency
    reasons: tuple[str, ...] = field(repr=False)


def triage(
    danger_now: bool | None,
    category_name: str,
    category_urgency: Urgency | None,
    words: Iterable[Reason] = (),
) -> Triage:
    """Weigh what the reporter declared, what the category says, and what the tip's `words` say. Pure.

    Reasons only raise. Where nothing says anything the tip is urgent: a missed emergency costs more than a false one.
    """
    found: list[Reason] = []
    if danger_now:
        found.append(Reason(Urgency.EMERGENCY, "the reporter says that someone is in danger now"))
    if category_urgency is not None:
        found.append(Reason(category_urgency, f"category {category_name}"))
    found += words
    if not found:
        return Triage(Urgency.URGENT, ("nothing tells how pressing it is, so it counts as urgent",))
    highest = max(reason.urgency for reason in found)
    return Triage(highest, tuple(reason.what for reason in found if reason.urgency == highest))
