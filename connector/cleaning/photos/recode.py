"""A photo within a document, drawn anew: for the routines that clean documents."""

import io

from connector.cleaning.kinds import Kind
from connector.cleaning.photos.routine import wash
from connector.cleaning.routines import Wish
from connector.cleaning.words import Found

_FRAMES = 5
"""How many frames of full size may move."""


def recode(kind: Kind, data: bytes, max_pixels: int) -> tuple[bytes, Found]:
    """The photo drawn anew, and what the original carried besides. Equal input gives equal output.

    Its kind may be another one afterwards. Raises CannotClean for one that is too large, and for a damaged
    picture whatever the decoder raises.
    """
    out = io.BytesIO()
    washed = wash(kind, io.BytesIO(data), out, Wish(max_pixels, _FRAMES * max_pixels, 0))
    return out.getvalue(), washed.found
