"""What goes from every part of an office document, whatever it is a part of."""

import re
from dataclasses import dataclass, field

from lxml import etree

from connector.cleaning.documents.office.names import (
    CHOICES,
    DGM,
    DSP,
    KNOWN,
    M,
    MC,
    WP,
    XML,
    A,
    C,
    O,
    P,
    R,
    V,
    W,
    X,
    q,
)
from connector.cleaning.documents.xml_parts import Element, drop, each, local, namespace, unwrap
from connector.cleaning.words import NOTHING, Found

_ATTRIBUTES = frozenset(
    "descr title alt author initials date dT dt lang altLang userName userId providerId uid paraId textId href "
    "gfxdata macro codeName textlink tooltip bookmark src lastEdited progId ProgID filename fileName webHidden "
    "userDrawn salt hash algorithmName hashValue saltValue password spid relationtypes".split()
)
"""Attributes that name people, times, languages, files and addresses, in whichever namespace."""
_NAMED = frozenset({"cNvPr", "docPr"})
"""Drawn objects carry the name of the file that they were made from."""
_STYLED = frozenset({"theme", "clrScheme", "fontScheme", "fmtScheme", "custClr"})
_EXTENSIONS = frozenset({q(A, "ext"), q(DGM, "ext")})
_DROPPED = frozenset(
    {
        *(q(A, name) for name in ("hlinkClick", "hlinkHover", "hlinkMouseOver", "audioFile", "videoFile")),
        *(q(A, name) for name in ("quickTimeFile", "wavAudioFile", "audioCd")),
        *(q(O, name) for name in ("OLEObject", "signatureline", "ink", "extrusion", "callout", "complex")),
        q(W, "lang"),
        q(C, "externalData"),
        q(C, "printSettings"),
        q(P, "contentPart"),
    }
)
_TEXTS = frozenset(
    {q(W, "t"), q(W, "instrText"), q(M, "t")}
    | {q(A, "t"), q(C, "v"), q(C, "f"), q(C, "formatCode"), q(C, "separator"), q(P, "text")}
    | {q(X, name) for name in ("t", "v", "f", "formula", "author", "definedName", "oddHeader", "oddFooter")}
    | {q(X, name) for name in ("evenHeader", "evenFooter", "firstHeader", "firstFooter")}
)
_MEASURE = re.compile(r"\s*(?:[-+]?[0-9.]+%?|left|right|center|top|bottom|inside|outside)?\s*")
_GUID = re.compile(r"\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")
_OTHER_FILE = re.compile(r"[\[\\]|://")
_DATA_MODEL = DSP
"""The address of the one extension that is needed: it says where a diagram is drawn."""


@dataclass(slots=True)
class Scrubber:
    """Scrubs the parts of one document. `found` grows."""

    found: Found = NOTHING
    _ids: dict[str, str] = field(default_factory=dict)

    def scrub(self, root: Element) -> None:
        """Take out of a part what no reader of the document sees."""
        self._choose(root)
        for element in each(root, _is_unknown):
            drop(element)
        for element in each(root, self._is_hidden):
            self.found |= Found.HIDDEN
            drop(element)
        for element in root.iter():
            self._attributes(element)
            # Nothing in these formats is written between elements.
            element.tail = None
            if element.text and element.tag not in _TEXTS and not self._is_plain(element):
                element.text = None
        _without_marks_of_choice(root)

    def _choose(self, root: Element) -> None:
        """Of what may be shown in several ways, one: that which most programs know."""
        for element in each(root, lambda one: one.tag == q(MC, "AlternateContent")):
            choices = [one for one in element if one.tag == q(MC, "Choice") and _is_known(one)]
            fallbacks = [one for one in element if one.tag == q(MC, "Fallback")]
            taken = choices[:1] or fallbacks[:1]
            for other in list(element):
                if other not in taken:
                    element.remove(other)
            if not choices:
                for fallback in taken:
                    unwrap(fallback)
                unwrap(element)

    def _is_hidden(self, element: Element) -> bool:
        shape = element.getparent()
        if local(element.tag) not in _NAMED or element.get("hidden") not in ("1", "true") or shape is None:
            return False
        # The shape that it names: one step up in text documents, two in all others.
        owner = shape if shape.tag in (q(WP, "inline"), q(WP, "anchor")) else shape.getparent()
        if owner is not None:
            element.getparent().clear()
            drop(owner)
        return True

    def _attributes(self, element: Element) -> None:
        name = local(element.tag)
        for key, value in element.attrib.items():
            space, _, short = key.rpartition("}")
            space = space.lstrip("{")
            if space == XML and short == "space":
                continue
            if (space and space not in KNOWN) or short in _ATTRIBUTES or short.startswith("rsid"):
                if short in ("author", "userName"):
                    self.found |= Found.AUTHOR
                del element.attrib[key]
            elif short == "name" and (name in _NAMED or name in _STYLED):
                element.set(key, "")
            elif namespace(element) in (DGM, DSP) and space != R:
                element.set(key, _GUID.sub(self._number, value))
        if name in _STYLED:
            element.set("name", "Theme")
        if namespace(element) in (V, O) and "id" in element.attrib:
            del element.attrib["id"]

    def _number(self, match: "re.Match[str]") -> str:
        """Diagrams refer to their parts by random numbers; each gets a small one."""
        return self._ids.setdefault(match[0], f"{{00000000-0000-4000-8000-{len(self._ids) + 1:012X}}}")

    def _is_plain(self, element: Element) -> bool:
        text = element.text or ""
        return bool(_MEASURE.fullmatch(text) or (local(element.tag) == "tableStyleId" and _GUID.fullmatch(text)))


def _is_unknown(element: Element) -> bool:
    if not isinstance(element.tag, str):
        return True
    if local(element.tag) == "extLst":
        return not any(one.get("uri") == _DATA_MODEL for one in element)
    if element.tag in _EXTENSIONS:
        return element.get("uri") != _DATA_MODEL
    if element.tag == q(C, "f") and _OTHER_FILE.search(element.text or ""):
        # What a chart was drawn from lies in another file: its numbers are in the chart as well.
        element.text = "Sheet1!$A$1"
    return namespace(element) not in KNOWN or element.tag in _DROPPED


def _is_known(choice: Element) -> bool:
    needed = choice.get("Requires", "").split()
    return bool(needed) and all(choice.nsmap.get(prefix) in CHOICES for prefix in needed)


def _without_marks_of_choice(root: Element) -> None:
    """Programs are told which namespaces they may ignore; those that are gone must not be named."""
    for element in root.iter():
        for key in list(element.attrib):
            if key.startswith(q(MC, "")):
                kept = [one for one in element.attrib[key].split() if element.nsmap.get(one) in KNOWN]
                if key == q(MC, "Ignorable") and kept:
                    element.set(key, " ".join(kept))
                else:
                    del element.attrib[key]


def prefixes_needed(root: Element) -> set[str]:
    """The prefixes that attributes name in words, and that must stay declared therefore."""
    needed: set[str] = set()
    for element in root.iter():
        needed |= set(element.get(q(MC, "Ignorable"), "").split())
        if element.tag == q(MC, "Choice"):
            needed |= set(element.get("Requires", "").split())
    return needed


def new(parent: Element | None, space: str, name: str, **attributes: str) -> Element:
    """A fresh element, at the end of its parent if there is one."""
    if parent is None:
        return etree.Element(q(space, name), attributes, nsmap={None: space})
    return etree.SubElement(parent, q(space, name), attributes)
