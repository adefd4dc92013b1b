"""The parts of an office document and how they refer to each other (ECMA-376, part 2)."""

import posixpath
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from connector.cleaning.documents.archive import Archive
from connector.cleaning.documents.office.names import RELATIONS, STRICT, TYPES, q
from connector.cleaning.documents.xml_parts import Element, parsed
from connector.cleaning.kinds import Kind
from connector.cleaning.routines import CannotClean
from connector.cleaning.words import Trouble

_MAIN = (
    ("wordprocessingml.document.main", Kind.DOCX),
    ("wordprocessingml.template.main", Kind.DOCX),
    ("spreadsheetml.sheet.main", Kind.XLSX),
    ("spreadsheetml.template.main", Kind.XLSX),
    ("presentationml.presentation.main", Kind.PPTX),
    ("presentationml.slideshow.main", Kind.PPTX),
    ("presentationml.template.main", Kind.PPTX),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """From a part to another: its kind by the last word of its type, and the other's name, None if outside."""

    kind: str
    target: str | None


class Package:
    """A document that is read. Raises CannotClean, KeyError or lxml's errors where it is damaged."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._names = {name.lower(): name for name in archive.names}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return self.archive.names

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.lower() in self._names

    def read(self, name: str) -> bytes:
        """A part's bytes. Names are compared without regard to case."""
        return self.archive.read(self._names[name.lower()])

    def root(self, name: str) -> Element:
        """The root of a part in XML, in the usual namespaces."""
        data = self.read(name)
        if b"http://purl.oclc.org/ooxml/" in data:
            for strict, usual in STRICT:
                data = data.replace(strict, usual)
        return parsed(data)

    def relations(self, name: str) -> dict[str, Relation]:
        """Where a part refers to, by its own marks. The package itself is the part with the empty name."""
        folder, file = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", file + ".rels")
        if not self.has(listed):
            return {}
        found = {}
        for element in self.root(listed).iter(q(RELATIONS, "Relationship")):
            kind = element.get("Type", "").rpartition("/")[2]
            target = None
            if element.get("TargetMode", "Internal") != "External":
                target = self._resolved(folder, element.get("Target", ""))
            found[element.get("Id", "")] = Relation(kind, target)
        return found

    def _resolved(self, folder: str, target: str) -> str | None:
        for one in (target, unquote(target)):
            name = posixpath.normpath(posixpath.join("/" + folder, one.replace("\\", "/"))).lstrip("/")
            if self.has(name):
                return self._names[name.lower()]
        return None

    @cached_property
    def types(self) -> dict[str, str]:
        """The content types of parts that are named one by one, in small letters."""
        root = self.root("[Content_Types].xml")
        return {
            element.get("PartName", "").lstrip("/").lower(): element.get("ContentType", "")
            for element in root.iter(q(TYPES, "Override"))
        }

    @cached_property
    def main(self) -> str:
        """The name of the part with which reading begins."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target is not None:
                return relation.target
        raise CannotClean(Trouble.DAMAGED)

    @cached_property
    def kind(self) -> Kind:
        """What it is, by its main part. Raises CannotClean for programs in it, and for kinds not known."""
        content_type = self.types.get(self.main.lower(), "")
        if "macroenabled" in content_type.lower() or any(_is_program(name) for name in self.names):
            raise CannotClean(Trouble.MACROS)
        for sign, kind in _MAIN:
            if sign in content_type:
                return kind
        raise CannotClean(Trouble.UNKNOWN_PARTS)


def _is_program(name: str) -> bool:
    last = posixpath.basename(name).lower()
    return last.startswith(("vbaproject", "vbadata")) or "macrosheets/" in name.lower()
