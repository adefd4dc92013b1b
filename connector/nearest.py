"""Suggestions for a word that was mistyped."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: object, known: Iterable[str]) -> str | None:
    """The known word that is most like this one, or None where none is."""
    by_folded = {name.casefold(): name for name in sorted(known)}
    close = get_close_matches(str(word).casefold()[:80], by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def did_you_mean(word: object, known: Iterable[str], otherwise: str) -> str:
    """A remedy: the nearest known word, or `otherwise` where none is near."""
    near = nearest(word, known)
    return otherwise if near is None else f"did you mean {near}?"
