"""Colour spaces and functions (ISO 32000-1, 7.10 and 8.6)."""

import re
from collections.abc import Mapping

from pikepdf import Array, Name, Stream, String

from connector.cleaning.documents.pdf.copier import (
    Copier,
    How,
    Value,
    is_dictionary,
    is_stream,
    number,
    numbers,
)
from connector.cleaning.documents.pdf.profiles import bare_profile
from connector.cleaning.words import Found

_PLAIN = frozenset({"/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern", "/G", "/RGB", "/CMYK"})
_COLORANTS = frozenset({"/All", "/None", "/Cyan", "/Magenta", "/Yellow", "/Black", "/Red", "/Green", "/Blue"})
_CALCULATOR = re.compile(
    rb"[{}]|[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)|\b(?:abs|add|atan|ceiling|cos|cvi|cvr|div|exp|floor|idiv|ln|log|mod|"
    rb"mul|neg|round|sin|sqrt|sub|truncate|and|bitshift|eq|false|ge|gt|le|lt|ne|not|or|true|xor|if|ifelse|copy|"
    rb"dup|exch|index|pop|roll)\b"
)
_COMMENT = re.compile(rb"%[^\r\n]*")


def colour_space(copier: Copier, value: Value) -> Value:
    """A colour space: the name of a plain one, or an array."""
    if isinstance(value, Name):
        # Any other name is that of a resource.
        return Name(str(value) if str(value) in _PLAIN else copier.rename(str(value)))
    if not isinstance(value, Array) or not len(value):
        return None
    return copier.once(value, "colours", lambda _: _from_array(copier, value))


def _from_array(copier: Copier, value: Value) -> Value:
    family, rest = str(value[0]), list(value)[1:]
    parts: list[Value] = []
    match family, rest:
        case "/ICCBased", [profile, *_] if is_stream(profile):
            return _by_profile(copier, profile)
        case ("/CalGray" | "/CalRGB" | "/Lab"), [dictionary, *_] if is_dictionary(dictionary):
            parts = [copier.dictionary(dictionary, _CALIBRATED)]
        case ("/Indexed" | "/I"), [base, high, table]:
            parts = [colour_space(copier, base), number(copier, high), _table(copier, base, high, table)]
        case "/Separation", [colorant, other, tint, *_]:
            parts = [_colorant(copier, colorant), colour_space(copier, other), function(copier, tint)]
        case "/DeviceN", [colorants, other, tint, *_]:
            names = Array([_colorant(copier, one) for one in colorants])
            parts = [names, colour_space(copier, other), function(copier, tint)]
        case "/Pattern", [under, *_]:
            parts = [colour_space(copier, under)]
        case _:
            return Name(family) if family in _PLAIN else None
    return None if None in parts else copier.target.make_indirect(Array([Name(family), *parts]))


def _colorant(copier: Copier, value: Value) -> Name:
    name = str(value)
    return Name(name if name in _COLORANTS else copier.rename(name))


def _table(copier: Copier, base: Value, high: Value, table: Value) -> Value:
    data = copier.unpack(table) if is_stream(table) else bytes(table)
    # As long as it can be used, and no longer.
    most = (int(high) + 1) * {"/DeviceGray": 1, "/G": 1, "/DeviceRGB": 3, "/RGB": 3}.get(str(base), 4)
    return String(data[:most])


def _by_profile(copier: Copier, profile: Value) -> Value:
    fresh = _profile(copier, profile)
    if fresh is not None:
        return copier.target.make_indirect(Array([Name.ICCBased, fresh]))
    # A profile that cannot be read: the plain space of as many channels comes close.
    plain = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}
    return plain.get(int(profile.get("/N", 0)))


def _profile(copier: Copier, profile: Value) -> Value:
    def make(register: How) -> Value:
        data = bare_profile(copier.unpack(profile))
        if data is None:
            return None
        copier.found |= Found.COLOUR_PROFILE
        fresh = register(Stream(copier.target, data))
        copier.fill(fresh, profile, {"/N": number, "/Range": numbers})
        return fresh

    return copier.once(profile, "profile", make)


def function(copier: Copier, value: Value) -> Value:
    """A function. Its program, where it has one, is written anew without comments."""
    if isinstance(value, Name):
        return Name.Identity if value == Name.Identity else None
    if is_dictionary(value):
        return copier.once(value, "function", lambda _: copier.dictionary(value, _FUNCTION))
    if not is_stream(value):
        return None

    def make(register: How) -> Value:
        data = copier.unpack(value)
        if value.get("/FunctionType") == 4:
            data = b" ".join(_CALCULATOR.findall(_COMMENT.sub(b" ", data)))
        fresh = register(Stream(copier.target, data))
        copier.fill(fresh, value, _FUNCTION)
        return fresh

    return copier.once(value, "function", make)


def numbers_or_function(copier: Copier, value: Value) -> Value:
    """A function, or several in an array."""
    if isinstance(value, Array):
        parts = [function(copier, one) for one in value]
        return None if None in parts else Array(parts)
    return function(copier, value)


_CALIBRATED: Mapping[str, How] = dict.fromkeys(
    ("/WhitePoint", "/BlackPoint", "/Gamma", "/Matrix", "/Range"), numbers
)

_FUNCTION: Mapping[str, How] = {
    **dict.fromkeys(("/FunctionType", "/BitsPerSample", "/Order", "/N"), number),
    **dict.fromkeys(("/Domain", "/Range", "/Size", "/Encode", "/Decode", "/C0", "/C1", "/Bounds"), numbers),
    "/Functions": numbers_or_function,
}
