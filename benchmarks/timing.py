"""Medians and ratios."""

from collections.abc import Sequence
from statistics import median, quantiles


def p95(values: Sequence[float]) -> float:
    """The value below which 95 of 100 lie."""
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def line(name: str, *figures: tuple[str, float, str]) -> None:
    """Print one line of figures."""
    shown = "   ".join(f"{label} {value:,.2f} {unit}".rstrip() for label, value, unit in figures)
    print(f"{name:<46}{shown}", flush=True)


__all__ = ["line", "median", "p95"]
