"""The second look at a cleaned PDF, by code that did not clean it.

Two readers: our own, which sees every object and lets pass only what pages are made of; and PDFium, which must
open the file, find nothing besides its pages, and draw them.
"""

from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from connector.cleaning.documents.pdf.judging import is_bare
from connector.cleaning.documents.pdf.walking import NotPlain, items_of
from connector.cleaning.kinds import Kind
from connector.cleaning.routines import Wish

_MOST_OPENED = 200
_MOST_DRAWN = 8
_SMALL = 0.25
_INFO = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate", "Trapped")


def is_clean(kind: Kind, data: BinaryIO, wish: Wish) -> bool:
    """Whether it is a PDF of pages and nothing else, which opens and can be drawn."""
    if kind is not Kind.PDF:
        return False
    content = data.read()
    try:
        items, trailer = items_of(content)
        if not is_bare(items, trailer, wish.unpacked_bytes):
            return False
    except NotPlain:
        return False
    return _opens_and_has_nothing_else(content)


def _opens_and_has_nothing_else(content: bytes) -> bool:
    document = pypdfium2.PdfDocument(content)
    try:
        bare = (
            pdfium.FPDFDoc_GetAttachmentCount(document) == 0
            and pdfium.FPDFDoc_GetJavaScriptActionCount(document) == 0
            and pdfium.FPDF_GetSignatureCount(document) == 0
            and document.get_formtype() == pdfium.FORMTYPE_NONE
            and not any(document.get_metadata_value(key) for key in _INFO)
            and len(document) > 0
        )
        return bare and all(_is_drawn(document, index) for index in range(min(len(document), _MOST_OPENED)))
    finally:
        document.close()


def _is_drawn(document: pypdfium2.PdfDocument, index: int) -> bool:
    page = document[index]
    try:
        if index < _MOST_DRAWN:
            width, height = page.get_size()
            scale = min(_SMALL, 1000 / max(width, height, 1))
            page.render(scale=scale).close()
        return True
    finally:
        page.close()
