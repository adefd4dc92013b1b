"""The words of a tip on their way out: cleaned, and without what the reporter gave and did not hand to staff."""

from dataclasses import replace

from connector.cleaning import Declared, TextChecker, clean_tip_text
from connector.domain.tip import Tip


def worded(tip: Tip, declared: Declared) -> Tip:
    """The tip as it may leave. Nothing that the words say of others is taken out: it is evidence."""
    return replace(
        tip,
        text=_words(tip.text, declared),
        where=_words(tip.where, declared),
        when=_words(tip.when, declared),
        who=_words(tip.who, declared),
    )


def told_of_declared(tip: Tip, declared: Declared, checker: TextChecker) -> tuple[str, ...]:
    """What to tell reporters of that which they gave as their own and wrote into the tip as well; each sentence once."""
    places = [
        place
        for text in (tip.text, tip.where, tip.when, tip.who)
        for place in checker.places(text, declared)
        if place.was_declared
    ]
    return tuple(dict.fromkeys(place.message for place in places))


def _words(text: str, declared: Declared) -> str:
    # Cleaned first: invisible characters between hide nothing then.
    return declared.take_out(clean_tip_text(text))
