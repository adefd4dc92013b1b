"""Fields of text documents (ECMA-376, part 1, 17.16): most become the words that they show.

A field says how its words are found again: from the author's name, a file, a web address. Kept are those that
number pages, draw a box to tick, and write formulas.
"""

import re
from dataclasses import dataclass, field

from connector.cleaning.documents.office.names import W, q
from connector.cleaning.documents.xml_parts import Element, drop, each, unwrap

_KEPT = re.compile(
    r"\s*(?:(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES)(?:\s+\\[*#]\s*[A-Za-z0-9]{1,12})*|FORMCHECKBOX|EQ\s+[^\"]*)\s*",
    re.IGNORECASE,
)
_BOX = q(W, "checkBox")


@dataclass(slots=True)
class _Field:
    marks: list[Element] = field(default_factory=list)
    codes: list[Element] = field(default_factory=list)
    in_code: bool = True

    @property
    def is_kept(self) -> bool:
        return bool(_KEPT.fullmatch("".join(code.text or "" for code in self.codes)))


def settle_fields(root: Element) -> None:
    """Leave the words that fields show, and take out how they are found."""
    for simple in each(root, lambda one: one.tag == q(W, "fldSimple")):
        if not _KEPT.fullmatch(simple.get(q(W, "instr"), "")):
            unwrap(simple)
    open_fields: list[_Field] = []
    gone: list[Element] = []
    for element in root.iter(q(W, "fldChar"), q(W, "instrText")):
        if element.tag == q(W, "instrText"):
            if open_fields and open_fields[-1].in_code:
                open_fields[-1].codes.append(element)
            else:
                gone.append(element)
            continue
        kind = element.get(q(W, "fldCharType"))
        _only_the_box(element)
        if kind == "begin":
            open_fields.append(_Field([element]))
        elif not open_fields:
            gone.append(element)
        else:
            open_fields[-1].marks.append(element)
            open_fields[-1].in_code = False
            if kind == "end":
                gone += _gone(open_fields.pop())
    for left in open_fields:
        gone += [*left.marks, *left.codes]
    for element in gone:
        drop(element)


def _gone(ended: _Field) -> list[Element]:
    return [] if ended.is_kept else [*ended.marks, *ended.codes]


def _only_the_box(mark: Element) -> None:
    for data in list(mark):
        if data.tag != q(W, "ffData"):
            mark.remove(data)
            continue
        for child in list(data):
            if child.tag != _BOX:
                data.remove(child)
