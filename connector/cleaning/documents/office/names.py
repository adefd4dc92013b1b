"""Namespaces of office documents (ECMA-376, and Microsoft's extensions MS-DOCX, MS-XLSX, MS-PPTX, MS-ODRAWXML)."""

_ECMA = "http://schemas.openxmlformats.org/"
_MS = "http://schemas.microsoft.com/office/"

W = _ECMA + "wordprocessingml/2006/main"
X = _ECMA + "spreadsheetml/2006/main"
P = _ECMA + "presentationml/2006/main"
R = _ECMA + "officeDocument/2006/relationships"
M = _ECMA + "officeDocument/2006/math"
A = _ECMA + "drawingml/2006/main"
C = _ECMA + "drawingml/2006/chart"
DGM = _ECMA + "drawingml/2006/diagram"
PIC = _ECMA + "drawingml/2006/picture"
WP = _ECMA + "drawingml/2006/wordprocessingDrawing"
XDR = _ECMA + "drawingml/2006/spreadsheetDrawing"
CDR = _ECMA + "drawingml/2006/chartDrawing"
LC = _ECMA + "drawingml/2006/lockedCanvas"
MC = _ECMA + "markup-compatibility/2006"
RELATIONS = _ECMA + "package/2006/relationships"
TYPES = _ECMA + "package/2006/content-types"
V = "urn:schemas-microsoft-com:vml"
O = "urn:schemas-microsoft-com:office:office"
W10 = "urn:schemas-microsoft-com:office:word"
EXCEL = "urn:schemas-microsoft-com:office:excel"
W14 = _MS + "word/2010/wordml"
WP14 = _MS + "word/2010/wordprocessingDrawing"
WPS = _MS + "word/2010/wordprocessingShape"
WPG = _MS + "word/2010/wordprocessingGroup"
WPC = _MS + "word/2010/wordprocessingCanvas"
A14 = _MS + "drawing/2010/main"
DSP = _MS + "drawing/2008/diagram"
C14 = _MS + "drawing/2007/8/2/chart"
P188 = _MS + "powerpoint/2018/8/main"
XML = "http://www.w3.org/XML/1998/namespace"

KNOWN = frozenset(
    {W, X, P, R, M, A, C, DGM, PIC, WP, XDR, CDR, LC, MC, V, O, W10, W14, WP14, WPS, WPG, WPC, A14, DSP, C14}
)
"""What is in any other namespace is left out. That of Excel's VML is written only by ourselves."""

CHOICES = frozenset({WPS, WPG, WPC, A14, W14, C14})
"""A choice that needs no others is taken; of all others, the picture or text that stands in for them."""

STRICT = tuple(
    (b"http://purl.oclc.org/ooxml/" + short, (_ECMA + long).encode())
    for short, long in (
        (b"wordprocessingml/main", "wordprocessingml/2006/main"),
        (b"spreadsheetml/main", "spreadsheetml/2006/main"),
        (b"presentationml/main", "presentationml/2006/main"),
        (b"officeDocument/relationships", "officeDocument/2006/relationships"),
        (b"officeDocument/math", "officeDocument/2006/math"),
        (b"drawingml/", "drawingml/2006/"),
    )
)
"""The strict form of the format has other names for the same."""


def q(space: str, name: str) -> str:
    """A name as lxml writes it."""
    return f"{{{space}}}{name}"
