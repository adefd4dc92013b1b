"""Which parts a fresh document may have, by the relation that leads to them (ECMA-376, part 1, 8 to 14)."""

from dataclasses import dataclass

from connector.cleaning.kinds import Kind

_XML = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class Role:
    """A part's name in the fresh document (`{}` for its number), and its content type."""

    pattern: str
    content_type: str
    named: bool = True
    """Whether the part that refers to it names it within its text; the others belong to it as they are."""


def _drawn(folder: str) -> dict[str, Role]:
    ms = "application/vnd.ms-office."
    return {
        "chart": Role(folder + "/charts/chart{}.xml", _XML + "drawingml.chart+xml"),
        "chartUserShapes": Role(
            folder + "/drawings/drawing{}.xml", _XML + "drawingml.chartshapes+xml"
        ),
        "diagramData": Role(folder + "/diagrams/data{}.xml", _XML + "drawingml.diagramData+xml"),
        "diagramLayout": Role(folder + "/diagrams/layout{}.xml", _XML + "drawingml.diagramLayout+xml"),
        "diagramQuickStyle": Role(folder + "/diagrams/quickStyle{}.xml", _XML + "drawingml.diagramStyle+xml"),
        "diagramColors": Role(folder + "/diagrams/colors{}.xml", _XML + "drawingml.diagramColors+xml"),
        "diagramDrawing": Role(folder + "/diagrams/drawing{}.xml", ms + "drawingml.diagramDrawing+xml"),
        "theme": Role(folder + "/theme/theme{}.xml", _XML + "theme+xml", named=False),
        "themeOverride": Role(folder + "/theme/themeOverride{}.xml", _XML + "themeOverride+xml", named=False),
    }


def _by_word(folder: str, family: str, named: dict[str, str], besides: dict[str, str]) -> dict[str, Role]:
    roles = _drawn(folder)
    for words, is_named in ((named, True), (besides, False)):
        for kind, pattern in words.items():
            roles[kind] = Role(f"{folder}/{pattern}.xml", f"{_XML}{family}.{kind}+xml", is_named)
    return roles


ROLES: dict[Kind, dict[str, Role]] = {
    Kind.DOCX: _by_word(
        "word",
        "wordprocessingml",
        {"header": "header{}", "footer": "footer{}"},
        {
            "styles": "styles",
            "numbering": "numbering",
            "settings": "settings",
            "fontTable": "fontTable",
            "footnotes": "footnotes",
            "endnotes": "endnotes",
            "comments": "comments",
        },
    ),
    Kind.XLSX: _by_word(
        "xl",
        "spreadsheetml",
        {"worksheet": "worksheets/sheet{}", "chartsheet": "chartsheets/sheet{}", "table": "tables/table{}"},
        {"styles": "styles"},
    )
    | {"drawing": Role("xl/drawings/drawing{}.xml", _XML + "drawing+xml")},
    Kind.PPTX: _by_word(
        "ppt",
        "presentationml",
        {"slide": "slides/slide{}", "slideMaster": "slideMasters/slideMaster{}"},
        {"tableStyles": "tableStyles", "comments": "comments/comment{}", "commentAuthors": "commentAuthors"},
    )
    | {"slideLayout": Role("ppt/slideLayouts/slideLayout{}.xml", _XML + "presentationml.slideLayout+xml", named=False)},
}

MAIN = {Kind.DOCX: "word/document.xml", Kind.XLSX: "xl/workbook.xml", Kind.PPTX: "ppt/presentation.xml"}
MEDIA = {Kind.DOCX: "word/media/image{}", Kind.XLSX: "xl/media/image{}", Kind.PPTX: "ppt/media/image{}"}
MICROSOFT = {"diagramDrawing": "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"}
"""Relations whose type is not among the format's own."""
