"""What comes in is cleaned here: reporters' files and words, and what staff write back.

`Cleaner` draws photos anew in a child process without keys, and refuses what it cannot clean.
`clean_tip_text` and `safe_text` take everything out of words that is not meant to be read. `TextChecker` finds what in
a reporter's words could give the reporter away, and takes out what they gave as their own.
"""

from connector.cleaning.cleaner import Cleaner, CleaningUnavailable, network_wall
from connector.cleaning.files import Cleaned, CleaningLimits, Refused, Upload
from connector.cleaning.staff_text import safe_text
from connector.cleaning.text.checking import Place, TextChecker, TextWarning
from connector.cleaning.text.declared import TAKEN_OUT, Declared
from connector.cleaning.text.found import Kind
from connector.cleaning.text.phones import phone_regions
from connector.cleaning.tip_text import clean_tip_text
from connector.cleaning.walls import NO_WALL

__all__ = [
    "NO_WALL",
    "TAKEN_OUT",
    "Cleaned",
    "Cleaner",
    "CleaningLimits",
    "CleaningUnavailable",
    "Declared",
    "Kind",
    "Place",
    "Refused",
    "TextChecker",
    "TextWarning",
    "Upload",
    "clean_tip_text",
    "network_wall",
    "phone_regions",
    "safe_text",
]
