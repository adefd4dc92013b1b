"""Copying parts of a PDF into a fresh one, by lists of what each part may hold (ISO 32000-1).

Nothing is taken out of the old file: what is on no list is never copied, wherever it stands. Names of
resources are replaced by numbers throughout.
"""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from connector.cleaning.documents.pictures import Pictures
from connector.cleaning.routines import CannotClean, Wish
from connector.cleaning.words import NOTHING, Found, Trouble

Value: TypeAlias = Any
"""A PDF object, or the number or truth value for which pikepdf has Python's own."""
How: TypeAlias = "Callable[[Copier, Value], Value]"
"""How to copy a value; None leaves it out."""

_DEEP = 6
_STEP = 512
"""Bytes of a damaged stream that are unpacked at a time: the last good ones must not go with the first bad one."""
_MEANT = frozenset({"/DefaultGray", "/DefaultRGB", "/DefaultCMYK"})
"""Names of resources that mean something by themselves (ISO 32000-1, 8.6.5.6)."""


@dataclass
class Copier:
    """What is known while one file is copied. `found` grows."""

    source: pikepdf.Pdf
    target: pikepdf.Pdf
    wish: Wish
    pictures: Pictures
    is_hidden: Callable[[Value], bool]
    """Whether a layer (optional content) is switched off."""
    found: Found = NOTHING
    unpacked: int = 0
    _copies: dict[tuple[str, tuple[int, int]], Value] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def rename(self, name: str) -> str:
        """The name of a resource in the fresh file: the same wherever it is used."""
        if name in _MEANT:
            return name
        return self._names.setdefault(name, f"/R{len(self._names)}")

    def dictionary(self, source: Value, shape: Mapping[str, How]) -> Dictionary:
        """A fresh dictionary with what the shape lists."""
        fresh = Dictionary()
        self.fill(fresh, source, shape)
        return fresh

    def fill(self, fresh: Value, source: Value, shape: Mapping[str, How]) -> None:
        """Copy what the shape lists into a dictionary or a stream that is there already."""
        for key in source.keys():
            how = shape.get(key)
            if how is not None:
                value = how(self, source[key])
                if value is not None:
                    fresh[key] = value

    def once(self, source: Value, what: str, make: Callable[[Callable[[Value], Value]], Value]) -> Value:
        """The copy of an object that may be used in several places, and may hold itself.

        `make` is handed a function by which it registers the fresh object before it is filled.
        """
        key = (what, source.objgen)
        if source.objgen == (0, 0):
            return make(lambda fresh: fresh)
        if key not in self._copies:

            def register(fresh: Value) -> Value:
                self._copies[key] = fresh
                return fresh

            self._copies[key] = None
            self._copies[key] = make(register)
        return self._copies[key]

    def unpack(self, source: Value) -> bytes:
        """The bytes of a stream, counted: a small file must not become an endless one."""
        data = self.unpack_picture(source)
        self.count(len(data))
        return data

    def unpack_picture(self, source: Value) -> bytes:
        """The bytes of a stream that are counted elsewhere."""
        try:
            data: bytes = source.read_bytes()
        except pikepdf.PdfError:
            data = _as_far_as_it_goes(source, self.wish.unpacked_bytes)
        return data

    def count(self, unpacked: int) -> None:
        """Raise CannotClean once too much has been unpacked."""
        self.unpacked += unpacked
        if self.unpacked > self.wish.unpacked_bytes:
            raise CannotClean(Trouble.TOO_LONG)


def _as_far_as_it_goes(source: Value, most: int) -> bytes:
    """What readers show of a stream that is damaged towards its end. Raises PdfError for other damage."""
    if source.get("/Filter") not in ("/FlateDecode", "/Fl", ["/FlateDecode"]) or "/DecodeParms" in source:
        raise pikepdf.PdfError("a stream cannot be unpacked")
    packed, inflate, data = source.read_raw_bytes(), zlib.decompressobj(), b""
    try:
        for at in range(0, len(packed), _STEP):
            data += inflate.decompress(packed[at : at + _STEP], most)
    except zlib.error:
        return data
    return data


def integer(value: Value, otherwise: int = 0) -> int:
    """A whole number, or `otherwise` where it is none."""
    return otherwise if value is None or isinstance(value, pikepdf.Object) else int(value)


def is_dictionary(value: Value) -> bool:
    """A dictionary, not a stream."""
    return isinstance(value, Dictionary)


def is_stream(value: Value) -> bool:
    """A stream."""
    return isinstance(value, Stream)


def number(copier: Copier, value: Value) -> Value:
    """A number or a truth value."""
    return None if value is None or isinstance(value, pikepdf.Object) else value


def numbers(copier: Copier, value: Value) -> Value:
    """Numbers, also in arrays within arrays."""
    return _numbers(value, _DEEP)


def _numbers(value: Value, deep: int) -> Value:
    if not isinstance(value, pikepdf.Object):
        return value
    if not isinstance(value, Array) or not deep:
        return None
    parts = [_numbers(part, deep - 1) for part in value]
    return Array([part for part in parts if part is not None])


def name_of(*allowed: str) -> How:
    """One of these names."""

    def copied(copier: Copier, value: Value) -> Value:
        return Name(str(value)) if isinstance(value, Name) and str(value) in allowed else None

    return copied


def within(shape: Callable[[], Mapping[str, How]]) -> How:
    """A dictionary of this shape, used in one place or in many."""

    def copied(copier: Copier, value: Value) -> Value:
        if not is_dictionary(value):
            return None
        return copier.once(value, "dictionary", lambda _: copier.dictionary(value, shape()))

    return copied


def named(how: How) -> How:
    """A dictionary whose keys are names of resources and whose values are all of one kind."""

    def copied(copier: Copier, value: Value) -> Value:
        if not is_dictionary(value):
            return None
        fresh = Dictionary()
        for key in value.keys():
            copy = how(copier, value[key])
            if copy is not None:
                fresh[copier.rename(key)] = copy
        return fresh

    return copied
