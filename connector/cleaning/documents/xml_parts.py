"""XML in documents: read without entities, comments and instructions; written in one way."""

from collections.abc import Callable, Iterable

from lxml import etree

from connector.cleaning.routines import CannotClean
from connector.cleaning.words import Trouble

Element = etree._Element  # noqa: SLF001 - the class has no other name


def parsed(data: bytes) -> Element:
    """The root. Raises CannotClean for a document type (entities), lxml's errors for what is no XML."""
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise CannotClean(Trouble.UNKNOWN_PARTS)
    return root


def written(root: Element, keep_prefixes: Iterable[str] = ()) -> bytes:
    """The bytes of a part, without declarations of namespaces that nothing uses."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=list(keep_prefixes))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def namespace(element: Element) -> str:
    """Its namespace; empty for none."""
    return etree.QName(element).namespace or ""


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def drop(element: Element) -> None:
    """Take an element out, with all in it. What follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    _give_text(element, parent, element.tail)
    parent.remove(element)


def unwrap(element: Element) -> None:
    """Put what is in an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    _give_text(element, parent, element.text)
    at = parent.index(element)
    children = list(element)
    for offset, child in enumerate(children):
        parent.insert(at + offset, child)
    if children:
        children[-1].tail = (children[-1].tail or "") + (element.tail or "") or None
    else:
        _give_text(element, parent, element.tail)
    parent.remove(element)


def replace(element: Element, fresh: Element) -> None:
    """Put another in its place; what follows stays."""
    parent = element.getparent()
    if parent is not None:
        fresh.tail = element.tail
        parent.replace(element, fresh)


def each(root: Element, wanted: Callable[[Element], bool]) -> list[Element]:
    """All elements below the root that are wanted, from the innermost outwards."""
    return [element for element in reversed(list(root.iter())) if element is not root and wanted(element)]


def _give_text(element: Element, parent: Element, text: str | None) -> None:
    if not text:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
