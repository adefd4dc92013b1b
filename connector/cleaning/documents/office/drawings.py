"""Drawings in all three kinds of documents: what they embed becomes the picture that stands for it."""

from connector.cleaning.documents.office.names import PIC, A, P, R, W, q
from connector.cleaning.documents.xml_parts import Element, drop, each, replace

_OLE = "http://schemas.openxmlformats.org/presentationml/2006/ole"
_SLIDE_NUMBER = "slidenum"
_FIELD_ID = "{00000000-0000-4000-8000-000000000000}"


def settle_drawings(root: Element) -> None:
    """Replace embedded objects by their pictures, fields by the words that they show, links by nothing."""
    for frame in each(root, lambda one: one.tag == q(P, "graphicFrame")):
        data = frame.find(f".//{q(A, 'graphicData')}")
        if data is not None and data.get("uri") == _OLE:
            picture = data.find(f".//{q(P, 'pic')}")
            if picture is None:
                drop(frame)
            else:
                replace(frame, picture)
    for field in each(root, lambda one: one.tag == q(A, "fld")):
        _settle_field(field)
    for blip in root.iter(q(A, "blip")):
        # A picture that lies elsewhere would be fetched when the document is opened.
        blip.attrib.pop(q(R, "link"), None)
    for control in each(root, lambda one: one.tag in (q(P, "controls"), q(W, "control"), q(P, "custDataLst"))):
        drop(control)
    for picture in each(root, lambda one: one.tag in (q(PIC, "pic"), q(P, "pic"))):
        for properties in picture.iter(q(P, "nvPr")):
            for film in list(properties):
                if film.tag != q(P, "ph"):
                    properties.remove(film)


def _settle_field(field: Element) -> None:
    if field.get("type") == _SLIDE_NUMBER:
        field.set("id", _FIELD_ID)
        return
    field.tag = q(A, "r")
    field.attrib.clear()
    for properties in list(field.iterchildren(q(A, "pPr"))):
        field.remove(properties)
