"""Layers (optional content, ISO 32000-1, 8.11): which are switched off when the file is opened."""

from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary

from connector.cleaning.documents.pdf.copier import Value

_DEEP = 20


def hidden_by(pdf: pikepdf.Pdf) -> Callable[[Value], bool]:
    """Says of a layer, or of a membership in layers, whether what is in it is hidden."""
    off = _switched_off(pdf)

    def is_hidden(value: Value) -> bool:
        if not isinstance(value, Dictionary):
            return False
        return not _is_seen(value, off, _DEEP)

    return is_hidden


def _switched_off(pdf: pikepdf.Pdf) -> frozenset[tuple[int, int]]:
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        return frozenset()
    default = properties.get("/D")
    default = default if isinstance(default, Dictionary) else Dictionary()
    off = set()
    if default.get("/BaseState") == "/OFF":
        off = _numbers_of(properties.get("/OCGs")) - _numbers_of(default.get("/ON"))
    return frozenset(off | _numbers_of(default.get("/OFF")))


def _numbers_of(value: Value) -> set[tuple[int, int]]:
    groups = list(value) if isinstance(value, Array) else []
    return {group.objgen for group in groups if isinstance(group, Dictionary)}


def _is_seen(value: Value, off: frozenset[tuple[int, int]], deep: int) -> bool:
    if value.get("/Type") != "/OCMD":
        return value.objgen not in off or value.objgen == (0, 0)
    expression = value.get("/VE")
    if isinstance(expression, Array) and len(expression):
        return _holds(expression, off, deep)
    groups = value.get("/OCGs")
    members = list(groups) if isinstance(groups, Array) else [groups]
    seen = [_is_seen(one, off, 0) for one in members if isinstance(one, Dictionary)]
    if not seen:
        return True
    match str(value.get("/P", "/AnyOn")):
        case "/AllOn":
            return all(seen)
        case "/AnyOff":
            return not all(seen)
        case "/AllOff":
            return not any(seen)
        case _:
            return any(seen)


def _holds(expression: Value, off: frozenset[tuple[int, int]], deep: int) -> bool:
    if not deep:
        return True
    operator, *operands = list(expression)
    values = [
        _holds(one, off, deep - 1) if isinstance(one, Array) else _is_seen(one, off, 0)
        for one in operands
        if isinstance(one, Array | Dictionary) and len(one)
    ]
    match str(operator):
        case "/Not":
            return not all(values)
        case "/Or":
            return any(values)
        case _:
            return all(values)
