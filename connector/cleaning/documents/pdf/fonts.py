"""Fonts (ISO 32000-1, 9.5 to 9.10): glyphs, widths and codes, without what a font says of its maker.

A font that is in the file gets a number for its name: a font made from somebody's handwriting is called after
them, and the letters before the name are drawn at random for each file. A font that is not in the file keeps
its name, for by that it is found.
"""

from collections.abc import Mapping

from pikepdf import Array, Dictionary, Name, Stream, String

from connector.cleaning.documents.pdf.codes import bare_cmap
from connector.cleaning.documents.pdf.copier import (
    Copier,
    How,
    Value,
    integer,
    is_dictionary,
    is_stream,
    name_of,
    number,
    numbers,
)
from connector.cleaning.documents.pdf.drawing import redrawn
from connector.cleaning.documents.pdf.font_programs import bare_program

_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_ORDERINGS = frozenset({"Identity", "UCS", "Japan1", "Japan2", "GB1", "CNS1", "Korea1", "KR"})
_ENCODINGS = frozenset({"/MacRomanEncoding", "/MacExpertEncoding", "/WinAnsiEncoding", "/StandardEncoding"})


def font(resources: How) -> How:
    """How to copy a font. `resources` copies those of a font that is drawn (Type 3)."""

    def copied(copier: Copier, value: Value) -> Value:
        if not is_dictionary(value):
            return None
        return copier.once(value, "font", lambda register: _font(copier, value, register, resources))

    return copied


def _font(copier: Copier, value: Value, register: How, resources: How) -> Value:
    fresh = register(copier.target.make_indirect(Dictionary()))
    copier.fill(fresh, value, _FONT)
    descendants = value.get("/DescendantFonts")
    descriptor = value.get("/FontDescriptor")
    if isinstance(descendants, Array) and len(descendants) and is_dictionary(descendants[0]):
        # They hold no fonts themselves, whatever the file says.
        under = copier.target.make_indirect(copier.dictionary(descendants[0], _CID_FONT))
        descriptor = descendants[0].get("/FontDescriptor")
        _name_and_describe(copier, under, descendants[0], descriptor)
        fresh["/DescendantFonts"] = Array([under])
        _name(fresh, value, under.get("/FontDescriptor"))
    elif value.get("/Subtype") == "/Type3":
        _drawn(copier, fresh, value, resources)
    else:
        _name_and_describe(copier, fresh, value, descriptor)
    return fresh


def _name_and_describe(copier: Copier, fresh: Value, value: Value, descriptor: Value) -> None:
    if is_dictionary(descriptor):
        fresh["/FontDescriptor"] = copier.once(
            descriptor, "descriptor", lambda register: _descriptor(copier, descriptor, register)
        )
    _name(fresh, value, fresh.get("/FontDescriptor"))


def _descriptor(copier: Copier, descriptor: Value, register: How) -> Value:
    fresh = register(copier.target.make_indirect(copier.dictionary(descriptor, _DESCRIPTOR)))
    for key in _PROGRAMS:
        program = descriptor.get(key)
        copied = _program(copier, key, program) if is_stream(program) else None
        if copied is not None:
            fresh[key] = copied
            fresh["/FontName"] = _number_for(fresh)
    if "/FontName" not in fresh:
        _copy_name(fresh, "/FontName", descriptor.get("/FontName"))
    return fresh


def _program(copier: Copier, key: str, program: Value) -> Value:
    def make(register: How) -> Value:
        bare = bare_program(copier.unpack(program))
        if not bare.data:
            return None
        fresh = register(Stream(copier.target, bare.data))
        if key == "/FontFile3":
            copier.fill(fresh, program, {"/Subtype": name_of("/Type1C", "/CIDFontType0C", "/OpenType")})
        else:
            for index, length in enumerate(bare.lengths, 1):
                fresh[f"/Length{index}"] = length
        return fresh

    return copier.once(program, "program", make)


def _name(fresh: Value, value: Value, descriptor: Value) -> None:
    if descriptor is not None and any(key in descriptor for key in _PROGRAMS):
        fresh["/BaseFont"] = _number_for(descriptor)
    else:
        _copy_name(fresh, "/BaseFont", value.get("/BaseFont"))


def _number_for(descriptor: Value) -> Name:
    return Name(f"/AAAAAA+F{descriptor.objgen[0]}")


def _copy_name(fresh: Value, key: str, name: Value) -> None:
    if not isinstance(name, Name):
        return
    try:
        text = str(name)
    except UnicodeDecodeError:
        # Chinese programs write the names of fonts as they please; such a font is never one of the file's own.
        fresh[key] = name
        return
    fresh[key] = Name("/" + text[8:] if text[7:8] == "+" and len(text) > 8 else text)


def _drawn(copier: Copier, fresh: Value, value: Value, resources: How) -> None:
    """A font whose glyphs are drawings. Their names are numbers afterwards, in its list of codes as well."""
    glyphs = value.get("/CharProcs")
    own = value.get("/Resources")
    drawn = Dictionary()
    if is_dictionary(glyphs):
        for key in glyphs.keys():
            if is_stream(glyphs[key]):
                drawn[key] = Stream(copier.target, redrawn(copier, glyphs[key], own))
    fresh["/CharProcs"] = drawn
    if own is not None:
        copied = resources(copier, own)
        if copied is not None:
            fresh["/Resources"] = copied


def _encoding(copier: Copier, value: Value) -> Value:
    if isinstance(value, Name):
        # The names of predefined encodings and of CMaps are lists of the format's own.
        return Name(str(value))
    if is_stream(value):
        return copier.once(value, "cmap", lambda _: _cmap(copier, value, _CMAP))
    return copier.dictionary(value, _DIFFERENCES) if is_dictionary(value) else None


def _to_unicode(copier: Copier, value: Value) -> Value:
    if isinstance(value, Name):
        return name_of("/Identity-H", "/Identity-V")(copier, value)
    if not is_stream(value):
        return None
    return copier.once(value, "unicode", lambda _: _cmap(copier, value, {}))


def _cmap(copier: Copier, value: Value, shape: Mapping[str, How]) -> Value:
    fresh = Stream(copier.target, bare_cmap(copier.unpack(value)))
    copier.fill(fresh, value, shape)
    if shape:
        fresh["/CMapName"] = Name("/C")
    return fresh


def _differences(copier: Copier, value: Value) -> Value:
    if not isinstance(value, Array):
        return None
    return Array([Name(str(one)) if isinstance(one, Name) else int(one) for one in value if _is_code(one)])


def _is_code(value: Value) -> bool:
    return isinstance(value, Name | int)


def _system(copier: Copier, value: Value) -> Value:
    """Which list of characters the codes belong to. The known ones by their names, all else as they stand."""
    if not is_dictionary(value):
        return None
    ordering, supplement = str(value.get("/Ordering", "")), value.get("/Supplement", 0)
    known = ordering if ordering in _ORDERINGS else "Identity"
    return Dictionary(Registry=String("Adobe"), Ordering=String(known), Supplement=integer(supplement))


def _glyph_map(copier: Copier, value: Value) -> Value:
    if isinstance(value, Name):
        return name_of("/Identity")(copier, value)
    if not is_stream(value):
        return None
    return copier.once(value, "glyphs", lambda _: Stream(copier.target, copier.unpack(value)[:131_072]))


_FONT: Mapping[str, How] = {
    "/Type": name_of("/Font"),
    "/Subtype": name_of("/Type0", "/Type1", "/MMType1", "/Type3", "/TrueType"),
    **dict.fromkeys(("/FirstChar", "/LastChar"), number),
    **dict.fromkeys(("/Widths", "/FontBBox", "/FontMatrix"), numbers),
    "/Encoding": _encoding,
    "/ToUnicode": _to_unicode,
}

_CID_FONT: Mapping[str, How] = {
    "/Type": name_of("/Font"),
    "/Subtype": name_of("/CIDFontType0", "/CIDFontType2"),
    "/CIDSystemInfo": _system,
    "/DW": number,
    **dict.fromkeys(("/W", "/DW2", "/W2"), numbers),
    "/CIDToGIDMap": _glyph_map,
}

_DESCRIPTOR: Mapping[str, How] = {
    "/Type": name_of("/FontDescriptor"),
    **dict.fromkeys(("/FontWeight", "/Flags", "/ItalicAngle", "/Ascent", "/Descent", "/Leading"), number),
    **dict.fromkeys(("/CapHeight", "/XHeight", "/StemV", "/StemH", "/AvgWidth", "/MaxWidth"), number),
    "/MissingWidth": number,
    "/FontBBox": numbers,
}

_DIFFERENCES: Mapping[str, How] = {
    "/Type": name_of("/Encoding"),
    "/BaseEncoding": name_of(*_ENCODINGS),
    "/Differences": _differences,
}

_CMAP: Mapping[str, How] = {
    "/Type": name_of("/CMap"),
    "/WMode": number,
    "/CIDSystemInfo": _system,
    "/UseCMap": _encoding,
}
