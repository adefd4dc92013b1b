"""Operators: how one part of a condition is held against one value of a ticket."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from plugins.zammad.tests.fake.errors import Broken, OpaqueUnprocessable
from plugins.zammad.tests.fake.values import as_int, as_time
from plugins.zammad.tests.fake.world import NOBODY

MODERN = frozenset({
    "is any of", "is none of", "starts with", "starts with one of", "ends with", "ends with one of",
    "matches regex", "does not match regex", "is set", "not set",
})  # fmt: skip
"""Operators that 5.x answers with 500, or does not see where they have no value."""
_UNITS = {"minute": "minutes", "hour": "hours", "day": "days", "week": "weeks"}


def tags(operator: str, value: str, held: list[str]) -> bool:
    """Compare a ticket's tags with a comma-separated string of them."""
    has, asked = set(held), {item.strip() for item in value.split(",")}
    tests = {
        "contains one": bool(has & asked),
        "contains all": asked <= has,
        "contains one not": not has & asked,
        "contains all not": not asked <= has,
    }
    if operator not in tests:
        raise Broken(f"Invalid operator '{operator}' for tags")
    return tests[operator]


def wanted(part: Mapping[str, Any], caller_id: int) -> list[Any]:
    """The values a part asks for."""
    if part.get("pre_condition") == "not_set":
        return [None, NOBODY]
    if part.get("pre_condition") == "current_user.id":
        return [caller_id]
    value = part.get("value")
    return value if isinstance(value, list) else [value]


def holds(operator: str, held: Any, asked: list[Any], part: Mapping[str, Any], *, now: datetime) -> bool:
    """Whether a value is as a part asks. Raises Broken for an operator that does not exist."""
    if operator in ("is", "is not", "is any of", "is none of"):
        return (_shown(held) in {_shown(item) for item in asked}) == (operator in ("is", "is any of"))
    if operator in ("is set", "not set"):
        return (held not in (None, "", NOBODY)) == (operator == "is set")
    if operator.endswith(("(absolute)", "(relative)")):
        return isinstance(held, datetime) and _in_time(operator, held, part, now)
    text, words = _shown(held).lower(), [_shown(item).lower() for item in asked]
    tests = {
        "contains": words[0] in text,
        "contains not": words[0] not in text,
        "starts with": text.startswith(words[0]),
        "starts with one of": text.startswith(tuple(words)),
        "ends with": text.endswith(words[0]),
        "ends with one of": text.endswith(tuple(words)),
    }
    if operator in tests:
        return tests[operator]
    if operator in ("matches regex", "does not match regex"):
        return bool(re.search(_shown(asked[0]), _shown(held))) == (operator == "matches regex")
    raise Broken(f"Invalid operator '{operator}'")


def _shown(value: Any) -> str:
    """Nothing equals the empty word, as in the live server's SQL."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _in_time(operator: str, held: datetime, part: Mapping[str, Any], now: datetime) -> bool:
    if operator.endswith("(absolute)"):
        limit = as_time(part.get("value"))
        if limit is None:
            raise OpaqueUnprocessable("PG::InvalidDatetimeFormat: ERROR:  invalid input for type timestamp")
        return held >= limit if operator.startswith("after") else held <= limit
    span = timedelta(**{_UNITS.get(str(part.get("range")), "days"): as_int(part.get("value")) or 0})
    tests = {
        "before (relative)": held <= now - span,
        "after (relative)": held >= now + span,
        "within last (relative)": now - span <= held <= now,
        "within next (relative)": now <= held <= now + span,
        "till (relative)": held <= now + span,
        "from (relative)": held >= now - span,
    }
    if operator not in tests:
        raise Broken(f"Invalid operator '{operator}'")
    return tests[operator]
