"""The reporter's own words, on their way into the store and the ticket."""

import unicodedata

from connector.cleaning.characters import readable
from connector.cleaning.text.compatibility import plainly
from connector.cleaning.text.links import without_tracking


def clean_tip_text(text: str) -> str:
    """The words as they can be read: plainly written, without invisible characters and blanks at the ends of lines.

    Text that a reporter pastes may carry a mark that tells who leaked it (see `connector.cleaning.characters` and
    `text.compatibility`), and its links may tell who shared them (`text.links`). Cleaning twice changes nothing more.
    Takes any string and linear time.
    """
    lines = readable(plainly(text)).split("\n")
    words = without_tracking("\n".join(line.rstrip(" \t") for line in lines))
    # Where a piece of a link went, a letter and an accent may have met.
    return unicodedata.normalize("NFC", words)
