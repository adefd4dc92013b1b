"""What comes in is cleaned here: reporters' files and words, and what staff write back.

`Cleaner` draws photos anew in a child process without keys, and refuses what it cannot clean.
`clean_tip_text` and `safe_text` take everything out of words that is not meant to be read.
"""

from connector.cleaning.cleaner import Cleaner, CleaningUnavailable, network_wall
from connector.cleaning.files import Cleaned, CleaningLimits, Refused, Upload
from connector.cleaning.staff_text import safe_text
from connector.cleaning.tip_text import clean_tip_text
from connector.cleaning.walls import NO_WALL

__all__ = [
    "NO_WALL",
    "Cleaned",
    "Cleaner",
    "CleaningLimits",
    "CleaningUnavailable",
    "Refused",
    "Upload",
    "clean_tip_text",
    "network_wall",
    "safe_text",
]
