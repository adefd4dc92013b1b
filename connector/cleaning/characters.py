"""Characters that are not meant to be read are taken out of a text.

Zero-width and direction characters can mark a text so that whoever passes it on is found, or show it other
than it was written. Sources: Unicode Standard Annex 9 (direction), 15 (NFC) and 44
(Default_Ignorable_Code_Point), Technical Standard 51 (emoji).

Joiners are kept where writing needs them, one at a time: between two letters of a script that joins or stacks
its letters (Persian, Urdu, Hindi, Bengali, Sinhala ...) and between the parts of an emoji. So is the selector
that makes a sign an emoji. What that costs: who writes those scripts could still be marked by joiners,
traditional Mongolian and old Korean lose some letter forms, rare glyph variants of Chinese characters become
the usual ones, and the flags of England, Scotland and Wales become a plain black one. Look-alike letters are
not found.
"""

import re
import unicodedata

_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
_SURROGATE = re.compile("[\ud800-\udfff]")

_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls, without tab and the line breaks
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, fillers, selectors
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # zero width, direction, invisible operators
    "\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffc"  # fillers, selectors, byte order mark, annotations
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use: what they show, only the writer's device knows
    "\ufdd0-\ufdef\ufffe\uffff"  # no characters at all
    "\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # hieroglyphs, shorthand, music
    "\U000e0000-\U000e0fff"  # tags and further selectors
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)

_EMOJI = re.compile(
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_NEEDS_JOINERS = re.compile(
    "[\u0600-\u0dff\u1000-\u109f\u1780-\u18af\ua8e0-\ua9ff\uaa60-\uaa7f\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010d00-\U00010d3f\U00011100-\U0001114f\U0001e900-\U0001e95f]"
)
"""Arabic to Sinhala in the order of Unicode; Myanmar; Khmer, Mongolian; extensions; Rohingya, Chakma, Adlam.
"""

_SELECTORS = re.compile("[\ufe0e\ufe0f]+")
_JOINERS = re.compile("[\u200c\u200d]+")
_KEYCAP_BASE = frozenset("0123456789#*")
_KEYCAP = "\u20e3"
_JOINER = "\u200d"

_MARKS_IN_A_ROW = 30
"""The bound of the stream-safe format (Unicode Standard Annex 15, section 13). Sorting a longer row takes
quadratic time, and no language writes one."""


def readable(text: str) -> str:
    r"""`text` with only what can be read, in normal form NFC, with `\n` for every line break. Linear in time.

    Any string will do; half a surrogate pair becomes U+FFFD.
    """
    text = _SURROGATE.sub("\ufffd", text)
    text = _SPACE.sub(" ", _LINE_BREAK.sub("\n", text))
    if text.isascii() and text.isprintable():
        return text
    text = _UNSEEN.sub("", text)
    text = _SELECTORS.sub(_kept_selector, text)
    text = _JOINERS.sub(_kept_joiner, text)
    return text if text.isascii() else unicodedata.normalize("NFC", _without_heaps(text))


def _kept_selector(match: re.Match[str]) -> str:
    before, after = _neighbours(match)
    wanted = _EMOJI.match(before) or (before in _KEYCAP_BASE and after == _KEYCAP)
    return match[0][0] if wanted else ""


def _kept_joiner(match: re.Match[str]) -> str:
    before, after = _neighbours(match)
    if _is_joining_letter(before) and _is_joining_letter(after):
        return match[0][0]
    emoji = (_EMOJI.match(before) or before == "\ufe0f") and _EMOJI.match(after)
    return _JOINER if emoji and match[0][0] == _JOINER else ""


def _neighbours(match: re.Match[str]) -> tuple[str, str]:
    start, end = match.span()
    return match.string[max(0, start - 1) : start], match.string[end : end + 1]


def _is_joining_letter(character: str) -> bool:
    return bool(_NEEDS_JOINERS.match(character)) and unicodedata.category(character)[0] in "LM"


def _without_heaps(text: str) -> str:
    """The text with at most so many marks heaped on one letter."""
    kept, row = [], 0
    for character in text:
        row = row + 1 if unicodedata.combining(character) else 0
        if row <= _MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)
