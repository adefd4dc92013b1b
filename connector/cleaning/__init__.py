"""What comes in is cleaned here: reporters' files and words, and what staff write back.

`Cleaner` cleans files in child processes without keys, and refuses what it cannot clean.
`clean_tip_text` and `safe_text` take everything out of words that is not meant to be read.
"""

from connector.cleaning.cleaner import Cleaner, CleaningUnavailable
from connector.cleaning.files import Cleaned, CleaningLimits, Refused, Unfinished, Upload
from connector.cleaning.kinds import AS_WHAT, Kind
from connector.cleaning.sandbox import NO_WALL
from connector.cleaning.staff_text import safe_text
from connector.cleaning.tip_text import clean_tip_text

__all__ = [
    "AS_WHAT",
    "NO_WALL",
    "Cleaned",
    "Cleaner",
    "CleaningLimits",
    "CleaningUnavailable",
    "Kind",
    "Refused",
    "Unfinished",
    "Upload",
    "clean_tip_text",
    "safe_text",
]
