"""What pages draw with: forms, patterns, shadings, graphics states (ISO 32000-1, 7.8.3 and 8.4 to 8.10)."""

from collections.abc import Mapping

from pikepdf import Array, Name, Stream

from connector.cleaning.documents.pdf.colours import colour_space, numbers_or_function
from connector.cleaning.documents.pdf.copier import (
    Copier,
    How,
    Value,
    is_dictionary,
    is_stream,
    name_of,
    named,
    number,
    numbers,
    within,
)
from connector.cleaning.documents.pdf.drawing import redrawn
from connector.cleaning.documents.pdf.fonts import font
from connector.cleaning.documents.pdf.images import image

_BLENDS = frozenset(
    "/Normal /Compatible /Multiply /Screen /Overlay /Darken /Lighten /ColorDodge /ColorBurn /HardLight "
    "/SoftLight /Difference /Exclusion /Hue /Saturation /Color /Luminosity".split()
)


def resources(copier: Copier, value: Value) -> Value:
    """The resources of a page, a form, a pattern or a font."""
    if not is_dictionary(value):
        return None
    return copier.once(value, "resources", lambda _: copier.dictionary(value, _RESOURCES))


def form(copier: Copier, value: Value) -> Value:
    """A form XObject: a drawing that is used by its name."""
    return _drawing(copier, value, "form", _FORM)


def _xobject(copier: Copier, value: Value) -> Value:
    if not is_stream(value) or copier.is_hidden(value.get("/OC")):
        return None
    match str(value.get("/Subtype")):
        case "/Image":
            return image(copier, value)
        case "/Form":
            return form(copier, value)
        case _:
            # PostScript, which no reader runs any more.
            return None


def _drawing(copier: Copier, value: Value, what: str, shape: Mapping[str, How]) -> Value:
    if not is_stream(value):
        return None

    def make(register: How) -> Value:
        fresh = register(Stream(copier.target, b""))
        copier.fill(fresh, value, shape)
        if "/Resources" not in fresh:
            fresh["/Resources"] = copier.target.make_indirect(copier.dictionary(value, {}))
        fresh.write(redrawn(copier, value, value.get("/Resources")))
        return fresh

    return copier.once(value, what, make)


def _pattern(copier: Copier, value: Value) -> Value:
    if is_stream(value):
        return _drawing(copier, value, "pattern", _TILING)
    if not is_dictionary(value):
        return None
    return copier.once(value, "pattern", lambda _: copier.dictionary(value, _SHADING_PATTERN))


def _shading(copier: Copier, value: Value) -> Value:
    if is_dictionary(value):
        return copier.once(value, "shading", lambda _: copier.dictionary(value, _SHADING))
    if not is_stream(value):
        return None

    def make(register: How) -> Value:
        fresh = register(Stream(copier.target, copier.unpack(value)))
        copier.fill(fresh, value, _SHADING)
        return fresh

    return copier.once(value, "shading", make)


def _blend(copier: Copier, value: Value) -> Value:
    if isinstance(value, Array):
        return Array([Name(str(one)) for one in value if isinstance(one, Name) and str(one) in _BLENDS])
    return name_of(*_BLENDS)(copier, value)


def _soft_mask(copier: Copier, value: Value) -> Value:
    if isinstance(value, Name):
        return Name.None_ if value == Name.None_ else None
    return within(lambda: _SOFT_MASK)(copier, value)


def _font_and_size(copier: Copier, value: Value) -> Value:
    if not isinstance(value, Array) or len(value) != 2:
        return None
    used, size = font(resources)(copier, value[0]), number(copier, value[1])
    return None if used is None or size is None else Array([used, size])


def _transfer(copier: Copier, value: Value) -> Value:
    if isinstance(value, Name):
        return name_of("/Identity", "/Default")(copier, value)
    return numbers_or_function(copier, value)


GROUP: Mapping[str, How] = {
    "/S": name_of("/Transparency"),
    "/CS": colour_space,
    "/I": number,
    "/K": number,
}

_FORM: Mapping[str, How] = {
    "/Type": name_of("/XObject"),
    "/Subtype": name_of("/Form"),
    "/FormType": number,
    "/BBox": numbers,
    "/Matrix": numbers,
    "/Group": within(lambda: GROUP),
    "/Resources": resources,
}

_TILING: Mapping[str, How] = {
    "/Type": name_of("/Pattern"),
    **dict.fromkeys(("/PatternType", "/PaintType", "/TilingType", "/XStep", "/YStep"), number),
    "/BBox": numbers,
    "/Matrix": numbers,
    "/Resources": resources,
}

_SHADING: Mapping[str, How] = {
    **dict.fromkeys(("/ShadingType", "/AntiAlias", "/BitsPerCoordinate", "/BitsPerComponent"), number),
    **dict.fromkeys(("/BitsPerFlag", "/VerticesPerRow"), number),
    **dict.fromkeys(("/Background", "/BBox", "/Coords", "/Domain", "/Extend", "/Matrix", "/Decode"), numbers),
    "/ColorSpace": colour_space,
    "/Function": numbers_or_function,
}

_STATE: Mapping[str, How] = {
    "/Type": name_of("/ExtGState"),
    **dict.fromkeys(("/LW", "/LC", "/LJ", "/ML", "/OP", "/op", "/OPM", "/FL", "/SM", "/SA"), number),
    **dict.fromkeys(("/CA", "/ca", "/AIS", "/TK"), number),
    "/D": numbers,
    "/RI": name_of("/Perceptual", "/RelativeColorimetric", "/Saturation", "/AbsoluteColorimetric"),
    "/Font": _font_and_size,
    **dict.fromkeys(("/BG", "/BG2", "/UCR", "/UCR2", "/TR", "/TR2"), _transfer),
    "/BM": _blend,
    "/SMask": _soft_mask,
}

_SOFT_MASK: Mapping[str, How] = {
    "/Type": name_of("/Mask"),
    "/S": name_of("/Alpha", "/Luminosity"),
    "/G": form,
    "/BC": numbers,
    "/TR": _transfer,
}

_SHADING_PATTERN: Mapping[str, How] = {
    "/Type": name_of("/Pattern"),
    "/PatternType": number,
    "/Matrix": numbers,
    "/Shading": _shading,
    "/ExtGState": within(lambda: _STATE),
}

_RESOURCES: Mapping[str, How] = {
    "/ColorSpace": named(colour_space),
    "/ExtGState": named(within(lambda: _STATE)),
    "/Font": named(font(resources)),
    "/Pattern": named(_pattern),
    "/Shading": named(_shading),
    "/XObject": named(_xobject),
}
