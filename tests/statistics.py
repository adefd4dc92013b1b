"""Whether two groups of figures differ by more than chance."""

from collections.abc import Sequence
from statistics import NormalDist


def chance_of_difference(ours: Sequence[float], others: Sequence[float]) -> float:
    """Mann and Whitney (1947): how likely ranks as uneven as these are, were both groups of one kind."""
    marked = sorted([(value, True) for value in ours] + [(value, False) for value in others])
    return chance_of_ranks([mark for _, mark in marked])


def chance_of_ranks(marked: Sequence[bool]) -> float:
    """The same for a row in which some are marked: how likely it is that chance has put them where they stand."""
    ranks = [rank for rank, mark in enumerate(marked, start=1) if mark]
    ours, others = len(ranks), len(marked) - len(ranks)
    u = sum(ranks) - ours * (ours + 1) / 2
    mean, deviation = ours * others / 2, (ours * others * (len(marked) + 1) / 12) ** 0.5
    return 2 * (1 - NormalDist().cdf(abs(u - mean) / deviation))
