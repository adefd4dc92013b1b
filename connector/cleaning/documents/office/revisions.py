"""Tracked changes in text documents are accepted: what was deleted is gone, what was inserted stays."""

from connector.cleaning.documents.office.names import W, q
from connector.cleaning.documents.xml_parts import Element, drop, each, local, namespace, unwrap

_DELETED = frozenset({q(W, "del"), q(W, "moveFrom")})
_INSERTED = frozenset({q(W, "ins"), q(W, "moveTo")})
_MARKS = frozenset({q(W, "rPr"), q(W, "trPr"), q(W, "tcPr"), q(W, "pPr"), q(W, "numPr")})
"""Where these stand within properties, they speak of the paragraph, the row or the cell."""


def accept_revisions(root: Element) -> bool:
    """Whether there were any."""
    changed = False
    for row in each(root, lambda one: one.tag == q(W, "tr")):
        properties = row.find(q(W, "trPr"))
        if properties is not None and properties.find(q(W, "del")) is not None:
            drop(row)
            changed = True
    for paragraph in each(root, lambda one: one.tag == q(W, "p")):
        mark = paragraph.find(f"{q(W, 'pPr')}/{q(W, 'rPr')}/{q(W, 'del')}")
        if mark is not None and not any(one.tag == q(W, "r") for one in paragraph):
            changed = True
            if not _is_last(paragraph):
                drop(paragraph)
    for element in each(root, _is_of_a_revision):
        changed = True
        parent = element.getparent()
        if element.tag in _INSERTED and (parent is None or parent.tag not in _MARKS):
            unwrap(element)
        else:
            drop(element)
    return changed


def _is_of_a_revision(element: Element) -> bool:
    if namespace(element) != W:
        return False
    name = local(element.tag)
    return (
        element.tag in _DELETED
        or element.tag in _INSERTED
        or name.endswith(("Change", "RangeStart", "RangeEnd"))
        and name.startswith(("move", "customXml", "rPr", "pPr", "sectPr", "tblPr", "tblGrid", "tcPr", "trPr"))
        or name in ("tblPrExChange", "numberingChange", "cellDel", "cellIns", "cellMerge", "delText", "delInstrText")
    )


def _is_last(paragraph: Element) -> bool:
    """A cell, a header and the like must have a paragraph."""
    parent = paragraph.getparent()
    return parent is None or sum(one.tag == q(W, "p") for one in parent) < 2
