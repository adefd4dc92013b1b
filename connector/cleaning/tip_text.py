"""The reporter's own words, on their way into the store and the ticket."""

from connector.cleaning.characters import readable


def clean_tip_text(text: str) -> str:
    """The words as they can be read, without invisible characters and without blanks at the ends of lines.

    Text that a reporter pastes may carry a mark that tells who leaked it (see
    `connector.cleaning.characters`). Cleaning twice changes nothing more. Takes any string and linear time.
    """
    return "\n".join(line.rstrip(" \t") for line in readable(text).split("\n"))
