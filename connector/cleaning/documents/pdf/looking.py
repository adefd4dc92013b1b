"""What a PDF carries besides its pages, so that the reporter can be told. Nothing here decides what is passed on."""

import re

import pikepdf

from connector.cleaning.documents.pdf.copier import Value, is_dictionary
from connector.cleaning.words import NOTHING, Found

_INFO = {
    **dict.fromkeys(("/Author", "/Company", "/Manager"), Found.AUTHOR),
    **dict.fromkeys(("/Creator", "/Producer"), Found.SOFTWARE),
    **dict.fromkeys(("/CreationDate", "/ModDate"), Found.DATE),
    **dict.fromkeys(("/Title", "/Subject", "/Keywords"), Found.COMMENTS),
}
_XMP = (
    (re.compile(rb"dc:creator|pdf:Author|LastModifiedBy|Company"), Found.AUTHOR),
    (re.compile(rb"CreatorTool|pdf:Producer"), Found.SOFTWARE),
    (re.compile(rb"(?:Create|Modify|Metadata)Date"), Found.DATE),
    (re.compile(rb"GPS"), Found.PLACE),
)
_END = re.compile(rb"%%EOF")
_TREES = {
    "/EmbeddedFiles": Found.EMBEDDED,
    "/JavaScript": Found.MACROS,
}
_ROOT = {
    "/AA": Found.MACROS,
    "/PieceInfo": Found.APP_NOTES,
    "/StructTreeRoot": Found.OTHER,
    "/Outlines": Found.OTHER,
    "/AF": Found.EMBEDDED,
}


def look(data: bytes, pdf: pikepdf.Pdf) -> Found:
    """What is told of a file that is going to be cleaned."""
    found = NOTHING
    info = pdf.trailer.get("/Info")
    if is_dictionary(info):
        for key in info.keys():
            found |= _INFO.get(key, Found.OTHER)
    found |= _in_xmp(pdf.Root.get("/Metadata"))
    names = pdf.Root.get("/Names")
    for tree, flag in _TREES.items():
        found |= flag if is_dictionary(names) and tree in names else NOTHING
    for key, flag in _ROOT.items():
        found |= flag if key in pdf.Root else NOTHING
    ends = len(_END.findall(data))
    # A file that is laid out for reading from the network has two by itself.
    return found | (Found.EARLIER if ends > 1 + (b"/Linearized" in data[:1024]) else NOTHING)


def _in_xmp(stream: Value) -> Found:
    found = NOTHING
    try:
        notes = stream.read_bytes() if isinstance(stream, pikepdf.Stream) else b""
    except pikepdf.PdfError:
        return Found.OTHER
    for pattern, flag in _XMP:
        if pattern.search(notes):
            found |= flag
    return found
