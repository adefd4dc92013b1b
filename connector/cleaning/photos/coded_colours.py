"""Colours told by a few numbers instead of a profile: in HEIC, AVIF and PNG (ITU-T H.273), and PNG's own older way.

Pictures of high dynamic range (PQ and HLG, ITU-R BT.2100) are brought down to what a screen shows: what is
brighter than white paper is pressed together below the brightest white.
"""

import math

from connector.cleaning.photos.profile_writing import written
from connector.cleaning.photos.profiles import Colours, Curve, Known, gamma

_COLORANTS = {
    1: Known.SRGB.value.colorants,
    9: Known.BT2020.value.colorants,
    11: Known.DISPLAY_P3.value.colorants,
    12: Known.DISPLAY_P3.value.colorants,
}
"""H.273, table 2."""

_WHITE = 203.0
"""Candela per square metre of a white paper (ITU-R BT.2408)."""
_KNEE = 0.6
_USUAL = 0.45455
"""The gamma that PNG files state when they mean sRGB."""


def _pq(value: float) -> float:
    root = value ** (1 / 78.84375)
    light = max(root - 0.8359375, 0.0) / (18.8515625 - 18.6875 * root)
    return _shown(10_000 * light ** (1 / 0.1593017578125) / _WHITE)


def _hlg(value: float) -> float:
    light = value * value / 3 if value <= 0.5 else (math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12
    return _shown(1000 * light**1.2 / _WHITE)


def _shown(light: float) -> float:
    if light <= _KNEE:
        return light
    return _KNEE + (1 - _KNEE) * (1 - math.exp((_KNEE - light) / (1 - _KNEE)))


_CURVES: dict[int, Curve] = {4: gamma(2.2), 5: gamma(2.8), 8: gamma(1.0), 16: _pq, 18: _hlg}
"""H.273, table 3. The curves of video (1, 6, 14, 15) and sRGB (13) look alike and are taken for sRGB."""


def profile_by_numbers(primaries: int, transfer: int) -> bytes | None:
    """A profile for these numbers; None where they mean sRGB, or nothing that we know."""
    colorants = _COLORANTS.get(primaries, Known.SRGB.value.colorants)
    curve = _CURVES.get(transfer, Known.SRGB.value.curve)
    if colorants is Known.SRGB.value.colorants and curve is Known.SRGB.value.curve:
        return None
    return written(Colours("coded", colorants, curve))


def profile_by_gamma(exponent: float) -> bytes | None:
    """A profile for a PNG that only says how bright it is; None for the usual brightness or nonsense."""
    if not 0.1 < exponent < 2 or abs(exponent - _USUAL) < 0.02:
        return None
    return written(Colours("coded", Known.SRGB.value.colorants, gamma(1 / exponent)))
