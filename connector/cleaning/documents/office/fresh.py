"""The fresh package: parts under names of our own, and only the relations between them."""

from dataclasses import dataclass, field

from connector.cleaning.documents.office.names import RELATIONS, TYPES, R
from connector.cleaning.kinds import AS_WHAT, Kind

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE_DOCUMENT = R + "/officeDocument"



@dataclass(slots=True)
class Fresh:
    """What has been made so far. Parts have their names before they are made: they may refer to each other."""

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    relations: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def allot(self, pattern: str, content_type: str) -> str:
        """A name for a part that is to come. `{}` in the pattern stands for its number."""
        count = self._counts[pattern] = self._counts.get(pattern, 0) + 1
        name = pattern.format(count)
        self.types[name] = content_type
        return name

    def relate(self, source: str, kind: str, target: str) -> str:
        """The mark by which one part refers to another. `kind` is the whole address of a type, or its last word."""
        relations = self.relations.setdefault(source, [])
        entry = (kind if "/" in kind else f"{R}/{kind}", target)
        if entry not in relations:
            relations.append(entry)
        return f"rId{relations.index(entry) + 1}"

    def members(self, main: str) -> list[tuple[str, bytes]]:
        """All members of the archive, in the order in which programs write them."""
        self.relations[""] = [(_OFFICE_DOCUMENT, main)]
        members = [("[Content_Types].xml", self._listed_types())]
        for name in ("", *self.parts):
            if name:
                members.append((name, self.parts[name]))
            if self.relations.get(name):
                folder, slash, file = name.rpartition("/")
                members.append((f"{folder}{slash}_rels/{file}.rels", self._listed_relations(name)))
        return members

    def _listed_types(self) -> bytes:
        pictures = sorted({name.rpartition(".")[2] for name in self.parts if not name.endswith(".xml")})
        media = {extension: media for media, extension in AS_WHAT.values()}
        media["vml"] = "application/vnd.openxmlformats-officedocument.vmlDrawing"
        media["bmp"] = "image/bmp"
        lines = [
            f'<Types xmlns="{TYPES}">',
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
            '<Default Extension="xml" ContentType="application/xml"/>',
            *(f'<Default Extension="{one}" ContentType="{media[one]}"/>' for one in pictures),
            *(
                f'<Override PartName="/{name}" ContentType="{self.types[name]}"/>'
                for name in self.parts
                if name.endswith(".xml")
            ),
            "</Types>",
        ]
        return (_HEAD + "".join(lines)).encode()

    def _listed_relations(self, name: str) -> bytes:
        folder = name.rpartition("/")[0]
        lines = [
            f'<Relationship Id="rId{index}" Type="{kind}" Target="{_relative(folder, target)}"/>'
            for index, (kind, target) in enumerate(self.relations[name], 1)
        ]
        return (_HEAD + f'<Relationships xmlns="{RELATIONS}">' + "".join(lines) + "</Relationships>").encode()


def _relative(folder: str, target: str) -> str:
    return target if not folder else "/" + target


def main_type(kind: Kind) -> str:
    """The content type of the main part."""
    suffix = ".main+xml"
    return AS_WHAT[kind][0] + suffix
