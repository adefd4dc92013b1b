"""Colour profiles: told apart by their numbers, and written anew without anybody's words (ICC.1:2022).

A profile carries names, serial numbers, dates and texts, and one that was measured on a screen is that screen's
fingerprint. None passes. What is close to one of a few standards is called by that standard's name; for these
we write a profile of our own.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

Curve = Callable[[float], float]
"""From a stored value to light, both from nought to one."""


def _srgb(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def gamma(exponent: float) -> Curve:
    """A plain power."""
    return lambda value: value**exponent


@dataclass(frozen=True, slots=True)
class Colours:
    """What the three colours are, in XYZ seen under D50, by rows red, green, blue; and their curve."""

    name: str
    colorants: tuple[tuple[float, float, float], ...]
    curve: Curve


_SRGB_COLORANTS = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
_P3_COLORANTS = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
_2020_COLORANTS = ((0.67348, 0.27904, -0.00194), (0.16566, 0.67534, 0.02998), (0.12505, 0.04561, 0.79686))


class Known(Enum):
    """Standards that a picture may be in. Sources: IEC 61966-2-1, SMPTE EG 432-1, Adobe RGB (1998), ITU-R BT.2020."""

    SRGB = Colours("sRGB", _SRGB_COLORANTS, _srgb)
    DISPLAY_P3 = Colours("Display P3", _P3_COLORANTS, _srgb)
    ADOBE_RGB = Colours(
        "Adobe RGB (1998)",
        ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)),
        gamma(2.19922),
    )
    BT2020 = Colours("BT.2020", _2020_COLORANTS, _srgb)


_CLOSE = 0.006
"""How far colorants, and _CLOSE_CURVE how far curves, may be off: what standards differ by between writers."""
_CLOSE_CURVE = 0.02
_PROBES = (0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9)


def known(profile: bytes) -> Known | None:
    """The standard that this profile amounts to; None for another or a broken one. Reads the numbers only."""
    try:
        tags = _tags(profile)
        if profile[12:16] not in (b"mntr", b"scnr", b"spac") or profile[16:24] != b"RGB XYZ " or b"A2B0" in tags:
            return None
        colorants = tuple(_xyz(tags[name]) for name in (b"rXYZ", b"gXYZ", b"bXYZ"))
        curves = [_curve(tags[name]) for name in (b"rTRC", b"gTRC", b"bTRC")]
        for standard in Known:
            if _close(colorants, standard.value.colorants) and all(
                _same_curve(curve, standard.value.curve) for curve in curves
            ):
                return standard
    except (KeyError, IndexError, ValueError, ArithmeticError, struct.error):
        pass
    return None


def is_standard_grey(profile: bytes) -> bool:
    """Whether this is a profile of a grey picture that looks the same without it."""
    try:
        return profile[16:20] == b"GRAY" and _same_curve(_curve(_tags(profile)[b"kTRC"]), _srgb)
    except (KeyError, IndexError, ValueError, ArithmeticError, struct.error):
        return False


def _tags(profile: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack_from(">I", profile, 128)
    rows = (struct.unpack_from(">4sII", profile, 132 + 12 * row) for row in range(min(count, 100)))
    return {name: profile[at : at + length] for name, at, length in rows}


def _xyz(tag: bytes) -> tuple[float, float, float]:
    x, y, z = struct.unpack_from(">3i", tag, 8)
    return x / 65536, y / 65536, z / 65536


def _curve(tag: bytes) -> Curve:
    if tag[:4] == b"para":
        return _parametric(tag)
    if tag[:4] != b"curv":
        raise ValueError("no curve")
    (count,) = struct.unpack_from(">I", tag, 8)
    if count == 0:
        return gamma(1.0)
    points = struct.unpack_from(f">{count}H", tag, 12)
    if count == 1:
        return gamma(points[0] / 256)

    def between(value: float) -> float:
        at = value * (count - 1)
        low = min(int(at), count - 2)
        return (points[low] + (points[low + 1] - points[low]) * (at - low)) / 65535

    return between


def _parametric(tag: bytes) -> Curve:
    """ICC.1:2022, 10.18: y = (a x + b)^g + e above d, y = c x + f below, with fewer numbers in the simpler forms."""
    (form,) = struct.unpack_from(">H", tag, 8)
    names = ("g", "ga b", "ga b e", "gabcd", "gabcdef")[form].replace(" ", "")
    numbers = struct.unpack_from(f">{len(names)}i", tag, 12)
    given = {name: number / 65536 for name, number in zip(names, numbers, strict=True)}
    g, a, b, c = given["g"], given.get("a", 1.0), given.get("b", 0.0), given.get("c", 0.0)
    above = given.get("e", 0.0)
    bend = given["d"] if "d" in given else (-b / a if form in (1, 2) else 0.0)
    below = given.get("f", above if form == 2 else 0.0)
    return lambda x: (a * x + b) ** g + above if x >= bend else c * x + below


def _close(found: tuple[tuple[float, ...], ...], wanted: tuple[tuple[float, ...], ...]) -> bool:
    return all(
        abs(one - other) <= _CLOSE
        for row, wanted_row in zip(found, wanted, strict=True)
        for one, other in zip(row, wanted_row, strict=True)
    )


def _same_curve(curve: Curve, other: Curve) -> bool:
    return all(abs(curve(value) - other(value)) <= _CLOSE_CURVE for value in _PROBES)
