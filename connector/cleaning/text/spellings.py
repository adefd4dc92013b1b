"""The ways to write what a reporter gave as their own, each as a pattern for folded text.

Nothing in a pattern can be matched in two ways (atomic groups see to it), so that no text takes long, whatever was given.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, permutations

from connector.cleaning.text.folding import folded
from connector.cleaning.text.mails import AT, DOT, SPOKEN_AT, SPOKEN_DOT
from connector.cleaning.text.phones import FEWEST_DIGITS, ways_to_write
from connector.cleaning.text.phrases import instead_of_names

_MOST = 5
"""Of a kind in one field: there should be one."""
_WITHIN_NUMBER = r"(?>(?:%20|[\W_]){0,6})"
_ROW = re.compile(r"\+?\d(?:[^\w@]{0,4}\d){4,30}", re.ASCII)
_MAIL = re.compile(r"[^\s@<>,;:()\"]{1,64}@[^\s@<>,;:()\"]{1,253}")
_ACCOUNT = re.compile(r"(?<![\w@.])@([\w.\-]{3,40})")
WORD = re.compile(r"[^\W\d_]+")
_WITHOUT_BORDERS = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
)
"""Scripts that do not part words by spaces, or write particles onto them."""
_PREFIXES = re.compile(r"[\u0590-\u07ff]")
"""Hebrew and Arabic write "and", "for" and "the" onto the next word."""

_LONG_ENOUGH = 8
"""Letters of a name that stand together by no accident, so that no gap and no border is asked for."""
SHORTEST = 5
"""Digits of a number without its area, and letters of an account."""


def mails(value: str) -> Iterator[re.Pattern[str]]:
    """The mail addresses in a folded field."""
    for match in islice(_MAIL.finditer(value), _MOST):
        local, _, domain = match[0].strip(".").rpartition("@")
        labels = [re.escape(label) for label in domain.split(".") if label]
        if local and labels:
            yield _mail(local, labels)


def phones(value: str, regions: Sequence[str]) -> Iterator[re.Pattern[str]]:
    """The phone numbers in a folded field."""
    for row in islice(_ROW.finditer(value), _MOST):
        digits = re.sub(r"\D", "", row[0])
        # The last ten are what is left of a number with its country in most of the world.
        forms = {digits.lstrip("0"), digits[-10:], *ways_to_write(row[0], regions)}
        # The longest first: where two forms fit, all of the number is named.
        for form in sorted(forms, key=lambda form: (-len(form), form)):
            if len(form) >= SHORTEST:
                yield _phone(form)


def accounts(value: str) -> Iterator[re.Pattern[str]]:
    """The accounts in a folded field that are written with @."""
    for match in islice(_ACCOUNT.finditer(value), _MOST):
        yield account(match[1])


def account(name: str) -> re.Pattern[str]:
    """An account, or a mail address without its end, as a word of its own."""
    return re.compile(rf"(?<![a-z0-9_])@?{re.escape(name)}(?![a-z0-9_])")


def name_parts(value: str) -> list[str]:
    """The words of a name, folded; none where the field holds something else than a name."""
    parts = WORD.findall(folded(value))
    return [] if all(part in instead_of_names() for part in parts) else parts


def full_name(parts: Sequence[str]) -> re.Pattern[str] | None:
    """The full name as a whole. None for one word, except in scripts where that is a full name."""
    letters = "".join(parts)
    unbordered = _WITHOUT_BORDERS.search(letters) is not None
    if not parts or (len(parts) == 1 and not (unbordered and len(letters) > 1)):
        return None
    long = len(letters) >= _LONG_ENOUGH
    gap = r"[\W_]{0,3}" if long or unbordered else r"[\W_]{1,3}"
    # Some put the family name first. More orders than these nobody writes in a name of many words.
    orders = (
        permutations(parts) if len(parts) <= 3 else (parts, [parts[-1], *parts[:-1]], [*parts[1:], parts[0]])
    )
    names = "|".join(dict.fromkeys(gap.join(order) for order in orders))
    before = "" if unbordered or long or _PREFIXES.search(letters) else r"(?<![^\W\d_])"
    behind = "" if unbordered or long else r"(?![^\W\d_])"
    return re.compile(f"{before}(?:{names}){behind}")


def _mail(local: str, labels: Sequence[str]) -> re.Pattern[str]:
    between = rf"(?>\s{{1,2}}(?:{SPOKEN_DOT}|underscore|guion bajo)\s{{1,2}}|[\W_]{{0,3}})"
    name = between.join(map(re.escape, re.findall(r"[^\W_]+", local))) or re.escape(local)
    at = rf"(?>\s{{0,2}}{AT}\s{{0,2}}|\s{{1,2}}{SPOKEN_AT}\s{{1,2}})"
    dot = rf"(?>\s{{0,2}}{DOT}\s{{0,2}}|\s{{1,2}}{SPOKEN_DOT}\s{{1,2}})"
    rest = "".join(f"{dot}{label}" for label in labels[1:])
    # "maria at gmail" says enough; maria@gmail.org is somebody else's.
    end = rf"(?:{rest}(?![a-z0-9])|(?![a-z0-9]|\.[a-z0-9]))"
    return re.compile(rf"(?<![a-z0-9]){name}{at}{labels[0]}{end}")


def _phone(digits: str) -> re.Pattern[str]:
    number = _WITHIN_NUMBER.join(digits)
    if len(digits) <= FEWEST_DIGITS:
        return re.compile(rf"(?<!\d){number}(?!\d)")
    country = (
        r"(?:\+[ (]{0,2}\d{1,3}[^\w@]{0,3}|(?<!\d)(?:00|011)[ -]?\d{1,3}[^\w@]{1,3}|(?<!\d)1[ .\-]{1,2})?"
    )
    return re.compile(rf"{country}[(]?(?:\(?0\)?[ .\-/]{{0,2}})?[+(]?{number}", re.ASCII)
