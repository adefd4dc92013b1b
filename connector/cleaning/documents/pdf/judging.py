"""What may be in a cleaned PDF: keys, texts and streams. Shares no code with the routine."""

import re
from collections.abc import Iterator

from connector.cleaning.documents.pdf.walking import Item, Ref, Text, unpacked

_KEYS = frozenset(
    # The file, its pages and what is on them.
    "Type Pages Kids Count Parent Root Size ID Resources MediaBox CropBox Rotate UserUnit Contents Group Annots "
    "Rect QuadPoints C IC InkList L Border F CA Subtype S CS I K "
    # Resources, forms, patterns, shadings, states.
    "ColorSpace ExtGState Font Pattern Shading XObject FormType BBox Matrix PatternType PaintType TilingType XStep "
    "YStep ShadingType AntiAlias BitsPerCoordinate BitsPerComponent BitsPerFlag VerticesPerRow Background Coords "
    "Domain Extend Decode Function LW LC LJ ML OP op OPM FL SM SA ca AIS TK D RI BG BG2 UCR UCR2 TR TR2 BM SMask G BC "
    # Colours and functions.
    "N Range WhitePoint BlackPoint Gamma FunctionType BitsPerSample Order Size Encode C0 C1 Bounds Functions "
    # Pictures.
    "Width Height ImageMask Interpolate SMaskInData Matte Intent Mask Length Filter DecodeParms EndOfLine "
    "EncodedByteAlign Columns Rows EndOfBlock BlackIs1 JBIG2Globals Predictor Colors "
    # Fonts.
    "FirstChar LastChar Widths FontBBox FontMatrix Encoding ToUnicode DescendantFonts FontDescriptor CharProcs "
    "BaseFont FontName FontFile FontFile2 FontFile3 Length1 Length2 Length3 CIDSystemInfo Registry Ordering "
    "Supplement DW W DW2 W2 CIDToGIDMap FontWeight Flags ItalicAngle Ascent Descent Leading CapHeight XHeight "
    "StemV StemH AvgWidth MaxWidth MissingWidth BaseEncoding Differences CMapName WMode UseCMap".split()
)
_RESOURCE = re.compile(r"R[0-9]+|Default(?:Gray|RGB|CMYK)")
_TEXTS = frozenset({"Registry", "Ordering", "Contents", "ID"})
_ORDERINGS = frozenset({b"Adobe", b"Identity", b"UCS", b"Japan1", b"Japan2", b"GB1", b"CNS1", b"Korea1", b"KR"})
_STATIC_ID = bytes.fromhex("31415926535897932384626433832795")
_MARKS = re.compile(rb"%|(?<![A-Za-z0-9/#])(?:BMC|BDC|EMC|MP|DP|BX|EX)(?![A-Za-z0-9])")
_STRINGS = re.compile(rb"\((?:[^()\\]|\\.)*+\)", re.DOTALL)
_NOTES = re.compile(rb"<\?xpacket|<x:xmpmeta|ns\.adobe\.com|Exif\0\0|Photoshop 3\.0|ICC_PROFILE\0")
_TABLES = frozenset("glyf loca head hhea hmtx maxp fpgm prep cmap post vhea vmtx VORG".split()) | {"cvt ", "CFF "}
_PROFILE_TAGS = frozenset("wtpt bkpt rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC chad A2B0 A2B1 A2B2 lumi".split())


def is_bare(items: dict[int, Item], trailer: dict[str, object], most: int) -> bool:
    """Whether the objects are those of pages, and say nothing else."""
    if set(trailer) != {"Root", "Size", "ID"} or trailer["ID"] != [Text(_STATIC_ID)] * 2:
        return False
    root = trailer["Root"]
    catalogue = items[root.number].value if isinstance(root, Ref) else None
    if not isinstance(catalogue, dict) or set(catalogue) != {"Type", "Pages"}:
        return False
    drawings = frozenset(_contents(items))
    return all(_values_are_bare(item.value, "") for item in items.values()) and all(
        _stream_is_bare(number, item, drawings, most)
        for number, item in items.items()
        if item.packed is not None
    )


def _values_are_bare(value: object, key: str) -> bool:
    if isinstance(value, Text):
        return _text_is_bare(value, key)
    if isinstance(value, list):
        # The colours of an indexed space are written as a string.
        table = len(value) == 4 and value[0] == "Indexed" and isinstance(value[3], Text)
        return all(_values_are_bare(one, key) for one in (value[:3] if table else value))
    if isinstance(value, dict):
        glyphs = key == "CharProcs"
        return all(
            (glyphs or name in _KEYS or _RESOURCE.fullmatch(name)) and _values_are_bare(one, name)
            for name, one in value.items()
        )
    return True


def _text_is_bare(text: Text, key: str) -> bool:
    if key in ("Registry", "Ordering"):
        return text.written in _ORDERINGS
    return key in _TEXTS


def _contents(items: dict[int, Item]) -> Iterator[int]:
    for number, item in items.items():
        value = item.value
        if not isinstance(value, dict):
            continue
        if item.packed is not None and (value.get("Subtype") == "Form" or "PatternType" in value):
            yield number
        content = value.get("Contents")
        if isinstance(content, Ref):
            yield content.number
        glyphs = value.get("CharProcs")
        if isinstance(glyphs, dict):
            yield from (one.number for one in glyphs.values() if isinstance(one, Ref))


def _stream_is_bare(number: int, item: Item, drawings: frozenset[int], most: int) -> bool:
    value, packed = item.value, item.packed
    assert isinstance(value, dict) and packed is not None
    form = value.get("Filter")
    if form == "DCTDecode":
        return is_bare_jpeg(packed)
    if value.get("Subtype") == "Image":
        return form in ("FlateDecode", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode") and not _NOTES.search(packed)
    if form not in (None, "FlateDecode"):
        return False
    data = unpacked(item, most)
    if _NOTES.search(data):
        return False
    if number in drawings:
        return not _MARKS.search(_STRINGS.sub(b"()", data))
    if data[36:40] == b"acsp" and "N" in value:
        return _profile_is_bare(data)
    if "Length1" in value or value.get("Subtype") in ("OpenType", "Type1C", "CIDFontType0C"):
        return _font_is_bare(data)
    return True


def is_bare_jpeg(data: bytes) -> bool:
    """Whether a JPEG has only what a picture needs, and nothing after it."""
    at = 2
    while data[at : at + 1] == b"\xff":
        marker = data[at + 1]
        if marker == 0xD9:
            return data.startswith(b"\xff\xd8") and at + 2 == len(data)
        length = int.from_bytes(data[at + 2 : at + 4])
        body = data[at + 4 : at + 2 + length]
        jfif = marker == 0xE0 and len(body) == 14 and body.startswith(b"JFIF\0") and body[12:] == b"\0\0"
        adobe = marker == 0xEE and len(body) == 12 and body.startswith(b"Adobe")
        if not jfif and not adobe and (marker == 0xFE or 0xE0 <= marker <= 0xEF or marker < 0xC0):
            return False
        at += 2 + length
        if marker == 0xDA:
            while (at := data.find(b"\xff", at)) >= 0 and (data[at + 1] in (0, 0xFF) or 0xD0 <= data[at + 1] <= 0xD7):
                at += 1 if data[at + 1] == 0xFF else 2
            if at < 0:
                return False
    return False


def _profile_is_bare(data: bytes) -> bool:
    count = int.from_bytes(data[128:132])
    names = {data[132 + 12 * index :][:4].decode("latin-1") for index in range(min(count, 100))}
    return names <= _PROFILE_TAGS and not any(data[40:64]) and not any(data[24:36]) and not any(data[80:128])


def _font_is_bare(data: bytes) -> bool:
    if data.startswith(b"%!"):
        clear = data.partition(b"eexec")[0]
        return clear.startswith(b"%!PS-AdobeFont-1.0: F\n") and not re.search(rb"\([^()]+\)", clear)
    if data[:4] in (b"\0\1\0\0", b"true", b"OTTO", b"ttcf"):
        count = int.from_bytes(data[4:6])
        return {data[12 + 16 * index :][:4].decode("latin-1") for index in range(count)} <= _TABLES
    return data[:1] == b"\x01"

