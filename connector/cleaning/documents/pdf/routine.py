"""Cleaning PDF: the pages as they are seen, in a fresh file.

The old file is only read from. What is not on a list of `copier` and its neighbours never reaches the fresh
one: not its earlier versions, not what nothing refers to, not what the format may hold tomorrow.
"""

import io
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Stream, StreamDecodeLevel

from connector.cleaning.documents.pdf.copier import Copier, Value, is_dictionary, is_stream, number, numbers
from connector.cleaning.documents.pdf.drawing import redrawn_bytes
from connector.cleaning.documents.pdf.layers import hidden_by
from connector.cleaning.documents.pdf.looking import look
from connector.cleaning.documents.pdf.remarks import Remarks, annotations
from connector.cleaning.documents.pdf.resources import GROUP, resources
from connector.cleaning.documents.pictures import Pictures
from connector.cleaning.kinds import Kind
from connector.cleaning.routines import CannotClean, Washed, Wish
from connector.cleaning.words import Trouble

_PAGE = {"/MediaBox": numbers, "/CropBox": numbers, "/Rotate": number, "/UserUnit": number}
_INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
_LETTER = (0, 0, 612, 792)
_MOST_PAGES = 5_000


def wash(kind: Kind, source: BinaryIO, out: BinaryIO, wish: Wish) -> Washed:
    """A fresh file with the pages as they are seen. Raises CannotClean."""
    data = source.read()
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise CannotClean(Trouble.ENCRYPTED) from None
    with pdf, pikepdf.new() as fresh:
        _refuse(pdf)
        found = look(data, pdf)
        pictures = Pictures(wish)
        copier = Copier(pdf, fresh, wish, pictures, hidden_by(pdf))
        remarks = Remarks.read(copier)
        for page, words in zip(pdf.pages, remarks.words, strict=True):
            fresh.pages.append(pikepdf.Page(_page(copier, page.obj, words)))
        fresh.save(
            out,
            force_version="1.7",
            # One object after the other, so that the witness can read them without any library.
            object_stream_mode=ObjectStreamMode.disable,
            stream_decode_level=StreamDecodeLevel.none,
            static_id=True,
        )
        return Washed(kind, found | remarks.found | copier.found | pictures.found)


def _refuse(pdf: pikepdf.Pdf) -> None:
    """What cannot be cleaned so that a reader would see the same."""
    if not len(pdf.pages):
        raise CannotClean(Trouble.DAMAGED)
    if len(pdf.pages) > _MOST_PAGES:
        raise CannotClean(Trouble.TOO_LONG)
    form = pdf.Root.get("/AcroForm")
    # A collection of files, or a form of a kind that only one program shows: the page says no more than that.
    portfolio = is_dictionary(pdf.Root.get("/Collection"))
    if portfolio or (is_dictionary(form) and "/XFA" in form and pdf.Root.get("/NeedsRendering") is True):
        raise CannotClean(Trouble.UNKNOWN_PARTS)


def _page(copier: Copier, page: Value, words: list[tuple[list[float], str]]) -> Value:
    whole = Dictionary({key: value for key, value in _with_inherited(page).items() if value is not None})
    fresh = copier.target.make_indirect(copier.dictionary(whole, _PAGE))
    fresh["/Type"] = Name.Page
    if "/MediaBox" not in fresh:
        fresh["/MediaBox"] = Array(_LETTER)
    fresh["/Resources"] = resources(copier, whole.get("/Resources")) or Dictionary()
    group = page.get("/Group")
    if is_dictionary(group):
        fresh["/Group"] = copier.dictionary(group, GROUP)
    content = redrawn_bytes(copier, _content(copier, page), whole.get("/Resources"))
    fresh["/Contents"] = Stream(copier.target, content)
    notes = annotations(copier, page, words)
    if len(notes):
        fresh["/Annots"] = notes
    return fresh


def _with_inherited(page: Value) -> dict[str, Value]:
    values: dict[str, Value] = {"/UserUnit": page.get("/UserUnit")}
    for key in _INHERITED:
        node, steps = page, 0
        while is_dictionary(node) and key not in node and steps < 100:
            node, steps = node.get("/Parent"), steps + 1
        values[key] = node.get(key) if is_dictionary(node) else None
    return values


def _content(copier: Copier, page: Value) -> bytes:
    contents = page.get("/Contents")
    streams = list(contents) if isinstance(contents, Array) else [contents]
    return b"\n".join(copier.unpack(stream) for stream in streams if is_stream(stream))
