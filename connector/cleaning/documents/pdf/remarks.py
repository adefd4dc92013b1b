"""Annotations and forms (ISO 32000-1, 12.5 and 12.7): what they show becomes part of the page.

Highlights, drawings, stamps and filled-in fields are seen on the page, and stay as they are seen. The words of
a remark that opens when one points at it stay as a note without a name and a date: they may be evidence. Links,
sounds, films, attached files and buttons' programs are gone.
"""

from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from connector.cleaning.documents.pdf.copier import Copier, Value, is_dictionary, name_of, number, numbers
from connector.cleaning.tip_text import clean_tip_text
from connector.cleaning.words import NOTHING, Found

_REMARKS = frozenset(
    "/Text /Highlight /Underline /StrikeOut /Squiggly /Ink /Stamp /Square /Circle /Line /Polygon /PolyLine "
    "/Caret".split()
)
_DRAWN_BY_READERS = frozenset({"/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Ink", "/Line"})
"""Those that readers draw also where the file holds no drawing of them."""
_HIDDEN = 1 << 1 | 1 << 5
"""Flags: hidden, not for the screen."""
_MOST_WORDS = 20_000


@dataclass(slots=True)
class Remarks:
    """What is kept of the remarks of a file, page by page, read before the file is changed."""

    found: Found = NOTHING
    words: list[list[tuple[list[float], str]]] = field(default_factory=list)

    @classmethod
    def read(cls, copier: Copier) -> "Remarks":
        """Read the remarks, take those out that are hidden, and draw the others on their pages."""
        remarks = cls()
        lacking = False
        for page in copier.source.pages:
            remarks.words.append([])
            annotations = page.obj.get("/Annots")
            kept = []
            for annotation in annotations if isinstance(annotations, Array) else ():
                if is_dictionary(annotation) and remarks._look(copier, annotation):
                    kept.append(annotation)
                    lacking |= _lacks_drawing(annotation)
            page.obj["/Annots"] = Array(kept)
        if lacking:
            _let_fields_be_drawn(copier.source)
        copier.source.flatten_annotations("screen")
        return remarks

    def _look(self, copier: Copier, annotation: Value) -> bool:
        """Take note of one; whether it is to be seen."""
        kind = str(annotation.get("/Subtype"))
        if kind == "/Popup":
            return False
        flags = annotation.get("/F", 0)
        if (isinstance(flags, int) and flags & _HIDDEN) or copier.is_hidden(annotation.get("/OC")):
            self.found |= Found.HIDDEN
            return False
        if kind in ("/Link", "/FileAttachment"):
            self.found |= Found.EMBEDDED if kind == "/FileAttachment" else Found.LINKS
        if kind in _REMARKS | {"/FreeText"}:
            self.found |= Found.REMARKS
        self._take_words(kind, annotation)
        # A link may have a drawn frame; what it leads to is never copied.
        return kind != "/Link" or "/AP" in annotation

    def _take_words(self, kind: str, annotation: Value) -> None:
        words, place = annotation.get("/Contents"), annotation.get("/Rect")
        if kind not in _REMARKS or not isinstance(words, String) or not isinstance(place, Array):
            return
        text = clean_tip_text(str(words)[:_MOST_WORDS])
        corners = [float(one) for one in place if not isinstance(one, pikepdf.Object)]
        if text.strip() and len(corners) == 4:
            self.words[-1].append((corners, text))


def annotations(copier: Copier, page: Value, words: list[tuple[list[float], str]]) -> Array:
    """What remains of a page's annotations: marks that readers draw themselves, and notes without names."""
    fresh = []
    left = page.get("/Annots")
    for annotation in left if isinstance(left, Array) else ():
        if is_dictionary(annotation) and str(annotation.get("/Subtype")) in _DRAWN_BY_READERS:
            fresh.append(copier.dictionary(annotation, _MARK))
    for corners, text in words:
        fresh.append(Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array(corners), Contents=String(text)))
    return Array([copier.target.make_indirect(one) for one in fresh])


def _lacks_drawing(annotation: Value) -> bool:
    return annotation.get("/Subtype") == "/Widget" and "/AP" not in annotation


def _let_fields_be_drawn(pdf: pikepdf.Pdf) -> None:
    """Some programs leave it to the reader's program to draw what was typed into a form."""
    fields = pdf.Root.get("/AcroForm")
    if is_dictionary(fields):
        fields["/NeedAppearances"] = True
        pdf.generate_appearance_streams()


_MARK = {
    "/Type": name_of("/Annot"),
    "/Subtype": name_of(*_DRAWN_BY_READERS),
    **dict.fromkeys(("/Rect", "/QuadPoints", "/C", "/IC", "/InkList", "/L", "/Border"), numbers),
    **dict.fromkeys(("/F", "/CA"), number),
}
