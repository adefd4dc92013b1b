"""What is special to text documents (ECMA-376, part 1, 17)."""

from typing import TYPE_CHECKING

from connector.cleaning.documents.office.fields import settle_fields
from connector.cleaning.documents.office.names import W, q
from connector.cleaning.documents.office.revisions import accept_revisions
from connector.cleaning.documents.xml_parts import Element, drop, each, local, unwrap
from connector.cleaning.routines import CannotClean
from connector.cleaning.words import Found, Trouble

if TYPE_CHECKING:
    from connector.cleaning.documents.office.builder import Builder

_UNWRAPPED = frozenset(q(W, name) for name in ("hyperlink", "smartTag", "customXml", "sdtContent", "sdt"))
_DROPPED = frozenset(
    q(W, name)
    for name in (
        *("proofErr", "permStart", "permEnd", "bookmarkStart", "bookmarkEnd", "sdtPr", "sdtEndPr", "subDoc", "movie"),
        *("smartTagPr", "customXmlPr", "fldData", "binData", "printerSettings", "nsid", "tmpl", "contentPart"),
        *("embedRegular", "embedBold", "embedItalic", "embedBoldItalic", "aliases", "rsid", "attachedTemplate"),
        *("lastRenderedPageBreak", "divId"),
    )
)
_SETTINGS = frozenset(
    q(W, name)
    for name in (
        *("mirrorMargins", "gutterAtTop", "evenAndOddHeaders", "defaultTabStop", "autoHyphenation"),
        *("consecutiveHyphenLimit", "hyphenationZone", "doNotHyphenateCaps", "characterSpacingControl", "compat"),
        *("footnotePr", "endnotePr", "clrSchemeMapping", "decimalSymbol", "listSeparator", "bookFoldPrinting"),
        *("displayBackgroundShape", "noLineBreaksAfter", "noLineBreaksBefore", "drawingGridHorizontalSpacing"),
        "strictFirstAndLastChars",
    )
)
_STYLE_NAMES = frozenset(
    q(W, name)
    for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "numStyleLink", "styleLink")
)
_VAL = q(W, "val")


class WordHooks:
    """Does what is special to the parts of one text document."""

    def __init__(self) -> None:
        self._styles: dict[str, str] | None = None
        self._vanished: frozenset[str] = frozenset()

    def part(self, builder: "Builder", source: str, root: Element) -> None:
        """The document, a header, a footer, notes, remarks."""
        if any(True for _ in root.iter(q(W, "altChunk"))):
            # A page in another format, which the program would take in when it opens the document.
            raise CannotClean(Trouble.UNKNOWN_PARTS)
        self._know_styles(builder)
        if accept_revisions(root):
            builder.found |= Found.EARLIER
        settle_fields(root)
        self._drop_hidden(builder, root)
        for element in each(root, lambda one: one.tag in _DROPPED):
            drop(element)
        for element in each(root, lambda one: one.tag in _UNWRAPPED):
            if element.tag == q(W, "hyperlink"):
                builder.found |= Found.LINKS
            unwrap(element)
        self._rename_styles(root)

    def styles(self, builder: "Builder", source: str, root: Element) -> None:
        """The list of styles: those that somebody made get numbers for names."""
        self._know_styles(builder)
        for style in root.iter(q(W, "style")):
            identifier = style.get(q(W, "styleId"), "")
            if identifier in (self._styles or {}):
                style.set(q(W, "styleId"), self._new_name(identifier))
                for name in style.iterchildren(q(W, "name")):
                    name.set(_VAL, self._new_name(identifier).replace("S", "Style ", 1))
        for element in each(root, lambda one: one.tag in _DROPPED):
            drop(element)
        accept_revisions(root)
        self._rename_styles(root)

    def numbering(self, builder: "Builder", source: str, root: Element) -> None:
        """Lists and their numbers."""
        self.styles(builder, source, root)
        for name in each(root, lambda one: one.tag == q(W, "name")):
            drop(name)

    def settings(self, builder: "Builder", source: str, root: Element) -> None:
        """Only the settings that lay the pages out."""
        for element in list(root):
            if element.tag not in _SETTINGS:
                root.remove(element)

    def comments(self, builder: "Builder", source: str, root: Element) -> None:
        """Remarks in the margin stay, their authors become numbers."""
        self.part(builder, source, root)

    def fonts(self, builder: "Builder", source: str, root: Element) -> None:
        """The list of fonts, without those that are in the file."""
        for element in each(root, lambda one: one.tag in _DROPPED):
            drop(element)

    def _know_styles(self, builder: "Builder") -> None:
        if self._styles is not None:
            return
        self._styles = {}
        hidden = set()
        for relation in builder.package.relations(builder.package.main).values():
            if relation.kind == "styles" and relation.target is not None:
                for style in builder.package.root(relation.target).iter(q(W, "style")):
                    identifier = style.get(q(W, "styleId"), "")
                    if style.get(q(W, "customStyle")) in ("1", "true", "on"):
                        self._styles.setdefault(identifier, f"S{len(self._styles) + 1}")
                    if _is_on(style.find(f"{q(W, 'rPr')}/{q(W, 'vanish')}")):
                        hidden.add(identifier)
        self._vanished = frozenset(hidden)

    def _new_name(self, identifier: str) -> str:
        return (self._styles or {}).get(identifier, identifier)

    def _rename_styles(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in _STYLE_NAMES and _VAL in element.attrib:
                element.set(_VAL, self._new_name(element.attrib[_VAL]))

    def _drop_hidden(self, builder: "Builder", root: Element) -> None:
        for run in each(root, lambda one: one.tag == q(W, "r")):
            properties = run.find(q(W, "rPr"))
            if properties is None:
                continue
            style = properties.find(q(W, "rStyle"))
            by_style = style is not None and style.get(_VAL) in self._vanished
            own = properties.find(q(W, "vanish"))
            if _is_on(own) or (by_style and own is None):
                if any(local(one.tag) in ("t", "drawing", "pict", "object") for one in run):
                    builder.found |= Found.HIDDEN
                drop(run)


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get(_VAL, "true") not in ("0", "false", "off")
