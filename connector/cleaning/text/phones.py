"""Phone numbers in a text, in the way of the countries where a programme's reporters come from.

`phonenumbers` (Google's libphonenumber) judges what is possible. Dates, times, case numbers, amounts and short numbers
are left out before it is asked. Whose a number is cannot be told from the words around it, so all of them are found.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any

from connector.cleaning.text.data import listed
from connector.cleaning.text.found import Found

FEWEST_DIGITS, MOST_DIGITS = 7, 15
"""Of a number with its area, and of one with its country (ITU-T E.164)."""

_MOST_ASKED = 2_000
"""Characters times countries that are looked at closely in one text. Beyond that, any row of 7 to 15 digits is a number."""

_BETWEEN = r"[ \t().\-/\u00b7\u2022]{0,4}"
_ROW = re.compile(rf"[+(]{{0,2}}\d(?:{_BETWEEN}\d){{{FEWEST_DIGITS - 1},60}}")
_PLAIN_ROW = re.compile(rf"\+?\d(?:{_BETWEEN}\d){{{FEWEST_DIGITS - 1},{MOST_DIGITS - 1}}}(?!\d)")
_NO_PHONE = re.compile(
    r"(?<![\d.])(?:"
    r"\d{4}([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])"  # 2026-11-24
    r"|(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\2(?:(?:19|20)\d{2}|\d{2})"  # 24.11.2026, 11/24/26
    r"|(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?"  # 10:30
    r"|\d{4}(?:[ -]\d{4}){4}"  # a reporter's code
    r"|(?<!\d[-/ ])(?<!\)[-/ ])\d{4} ?- ?\d{4}"  # a case number, a span of years
    r"|\d{1,3}(?:\.\d{1,3}){3}"  # an address of the internet
    r"|\d{1,3}\.\d{5,}"  # a position
    r")(?![.\-/]?\d)"
    r"|[$\u20ac\u00a3\u00a5\u20a9\u20ab]\s?\d[\d.,]{0,20}"  # an amount
)


def phone_regions(countries: Iterable[str | None], languages: Iterable[str]) -> tuple[str, ...]:
    """Where numbers are read: the countries of the schools, then those of the languages (`en`, `pt-BR`), each once.

    ISO 3166-1 codes. What is unknown is left out; where nothing is known, the United States.
    """
    known = listed("regions")
    wanted = [country.upper() for country in countries if country]
    for language in languages:
        name, _, country = language.partition("-")
        wanted += [country.upper()] if country else []
        wanted += known.get(name.lower(), [])
    supported: Collection[str] = _library().SUPPORTED_REGIONS if wanted else ()
    return tuple(dict.fromkeys(region for region in wanted if region in supported)) or ("US",)


def find_phones(plain: str, regions: Sequence[str]) -> list[Found]:
    """The phone numbers in a folded text, in order. Linear in time, whatever the text."""
    if _digits(plain) < FEWEST_DIGITS:
        return []
    # Blanks of the same length, of a sign that stands in no number.
    looked_at = _NO_PHONE.sub(lambda match: "x" * len(match[0]), plain)
    judged: dict[str, list[tuple[int, int]]] = {}
    left = _MOST_ASKED
    found = []
    for row in _ROW.finditer(looked_at):
        text = row[0]
        if text not in judged:
            if left > 0:
                judged[text], spent = _judged(text, regions)
                left -= spent
            else:
                judged[text] = [match.span() for match in _PLAIN_ROW.finditer(text)]
        found += [Found("phone", row.start() + start, row.start() + end) for start, end in judged[text]]
    return found


def ways_to_write(number: str, regions: Sequence[str]) -> set[str]:
    """The digits that are left of a number when it is written within its country, or in North America within its area."""
    library = _library()
    found = set()
    for region in regions:
        try:
            parsed = library.parse(number, region)
        except library.NumberParseException:
            continue
        if library.is_possible_number(parsed):
            national = str(parsed.national_number)
            found.add(national)
            if parsed.country_code == 1 and len(national) == 10:
                found.add(national[3:])
    return found


def _judged(row: str, regions: Sequence[str]) -> tuple[list[tuple[int, int]], int]:
    """The numbers in a row of digits, and how much work it was.

    A number that exists in the first country is believed; else the first country in which all of the row is a number.
    """
    library = _library()
    all_digits = _digits(row)
    spans: list[tuple[int, int]] = []
    for count, region in enumerate(regions, 1):
        matches = [
            match
            for match in library.PhoneNumberMatcher(row, region, leniency=library.Leniency.POSSIBLE)
            if FEWEST_DIGITS <= _digits(match.raw_string) <= MOST_DIGITS
        ]
        here = [(match.start, match.end) for match in matches]
        exists = count == 1 and any(library.is_valid_number(match.number) for match in matches)
        if exists or sum(_digits(row[start:end]) for start, end in here) == all_digits:
            return here, count * len(row)
        spans += [
            (start, end) for start, end in here if all(end <= first or last <= start for first, last in spans)
        ]
    return sorted(spans), len(regions) * len(row)


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


@cache
def _library() -> Any:
    """Loaded at first need: it is large."""
    import phonenumbers  # noqa: PLC0415

    return phonenumbers
