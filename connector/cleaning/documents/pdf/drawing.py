"""Content streams of pages and forms, rewritten with the names of the fresh file."""

import re

from pikepdf import Dictionary

from connector.cleaning.documents.pdf.content import Rewriter
from connector.cleaning.documents.pdf.copier import Copier, Value, is_dictionary
from connector.cleaning.documents.pdf.images import inline_image
from connector.cleaning.words import Found

_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")


def redrawn(copier: Copier, stream: Value, resources: Value) -> bytes:
    """The drawing of a stream, without what is only told and what is hidden."""
    return redrawn_bytes(copier, copier.unpack(stream), resources)


def redrawn_bytes(copier: Copier, content: bytes, resources: Value) -> bytes:
    """The same for a drawing that may come in several streams."""
    properties = resources.get("/Properties") if is_dictionary(resources) else None
    layers = properties if is_dictionary(properties) else Dictionary()
    rewriter = Rewriter(
        rename=lambda name: copier.rename(_decoded(name)).encode(),
        is_hidden=lambda name: copier.is_hidden(layers.get(_decoded(name))),
        inline_image=lambda found: inline_image(copier, found),
    )
    fresh = rewriter.rewritten(content)
    if rewriter.left_out:
        copier.found |= Found.HIDDEN
    return fresh


def _decoded(name: bytes) -> str:
    """A name as pikepdf has it among the keys of a dictionary."""
    return _CODE.sub(lambda code: bytes([int(code[1], 16)]), name).decode("utf-8", "surrogateescape")
