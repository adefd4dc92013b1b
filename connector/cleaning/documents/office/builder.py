"""Building a fresh document, part by part, from the main one onwards."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from connector.cleaning.documents.office.drawings import settle_drawings
from connector.cleaning.documents.office.fresh import Fresh, main_type
from connector.cleaning.documents.office.names import O, R, q
from connector.cleaning.documents.office.package import Package, Relation
from connector.cleaning.documents.office.roles import MAIN, MEDIA, MICROSOFT, ROLES
from connector.cleaning.documents.office.scrubbing import Scrubber, prefixes_needed
from connector.cleaning.documents.people import People
from connector.cleaning.documents.pictures import Pictures
from connector.cleaning.documents.xml_parts import Element, drop, local, written
from connector.cleaning.kinds import AS_WHAT, Kind
from connector.cleaning.words import NOTHING, Found

_STAY = frozenset({"pageSetup", "blip", "imagedata", "fill", "stroke"})
"""Elements that are something without what they refer to; all others go with it."""
_SPACES = (q(R, ""), q(O, "relid"))

Hook: TypeAlias = "Callable[[Builder, str, Element], None]"
"""What else is done to a part, given its old name and its root."""


@dataclass
class Builder:
    """One document that is being built. `hooks` are called by the kind of the relation that leads to a part."""

    package: Package
    kind: Kind
    pictures: Pictures
    hooks: dict[str, "Hook"]
    fresh: Fresh = field(default_factory=Fresh)
    scrubber: Scrubber = field(default_factory=Scrubber)
    people: People = field(default_factory=People)
    found: Found = NOTHING
    _made: dict[str, str | None] = field(default_factory=dict)

    def build(self) -> list[tuple[str, bytes]]:
        """The members of the fresh archive."""
        name = self.fresh.allot(MAIN[self.kind], main_type(self.kind))
        self._made[self.package.main] = name
        self._part(self.package.main, name, "officeDocument")
        return self.fresh.members(name)

    def related(self, source: str, name: str) -> dict[str, Relation]:
        """What a part refers to and may go on referring to."""
        roles = ROLES[self.kind]
        return {
            mark: relation
            for mark, relation in self.package.relations(source).items()
            if relation.target is not None and (relation.kind in roles or relation.kind == "image")
        }

    def _part(self, source: str, name: str, what: str) -> None:
        # Its place among the parts is that of its beginning, whatever it leads to.
        self.fresh.parts[name] = b""
        root = self.package.root(source)
        hook = self.hooks.get(what)
        self.scrubber.scrub(root)
        if hook is not None:
            hook(self, source, root)
        settle_drawings(root)
        self._relations(source, name, root)
        self.fresh.parts[name] = written(root, prefixes_needed(root))

    def _relations(self, source: str, name: str, root: Element) -> None:
        related = self.related(source, name)
        marks: dict[str, str | None] = {}
        for element in list(root.iter()):
            for key in [one for one in element.attrib if one.startswith(_SPACES)]:
                mark = element.attrib[key]
                if mark not in marks:
                    marks[mark] = self._follow(name, related[mark]) if mark in related else None
                fresh = marks[mark]
                if fresh is not None:
                    element.set(key, fresh)
                    continue
                del element.attrib[key]
                if local(element.tag) not in _STAY:
                    drop(element)
        for relation in related.values():
            role = ROLES[self.kind].get(relation.kind)
            if role is not None and not role.named:
                self._follow(name, relation)

    def _follow(self, name: str, relation: Relation) -> str | None:
        target = relation.target
        assert target is not None
        if target not in self._made:
            if relation.kind == "image":
                self._made[target] = self._picture(target)
            else:
                role = ROLES[self.kind][relation.kind]
                made = self._made[target] = self.fresh.allot(role.pattern, role.content_type)
                self._part(target, made, relation.kind)
        made_name = self._made[target]
        if made_name is None:
            return None
        return self.fresh.relate(name, MICROSOFT.get(relation.kind, relation.kind), made_name)

    def _picture(self, target: str) -> str | None:
        photo = self.pictures.photo(self.package.read(target))
        if photo is None:
            # Metafiles and drawings of other programs: they can hold anything.
            self.found |= Found.OTHER
            return None
        data, kind = photo
        extension = AS_WHAT[kind][1] if kind in AS_WHAT else kind.value
        name = self.fresh.allot(MEDIA[self.kind], "") + "." + extension
        self.fresh.parts[name] = data
        return name
