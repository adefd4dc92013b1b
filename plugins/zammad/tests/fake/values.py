"""Casts of what a request brought, as Rails makes them."""

import re
from datetime import UTC, date, datetime
from typing import Any

_FALSE = frozenset({"false", "f", "0", "off", "", "none", "no"})
_LEADING_NUMBER = re.compile(r"\A\s*-?\d+")


def as_bool(value: Any) -> bool:
    """True for everything but the few words for false."""
    return str(value).strip().lower() not in _FALSE if value is not None else False


def as_int(value: Any) -> int | None:
    """The number a text begins with, 0 for other texts, None for None."""
    if value is None or isinstance(value, bool):
        return None
    found = _LEADING_NUMBER.match(str(value))
    return int(found[0]) if found else 0


def as_time(value: Any) -> datetime | None:
    """An ISO 8601 time in UTC, None for what is none."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def as_date(value: Any) -> str | None:
    """An ISO date, None for what is none."""
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return None


def without_nul(text: str) -> str:
    """PostgreSQL cannot store NUL; Zammad drops it."""
    return text.replace("\0", "")


def record_id(text: str) -> int | None:
    """The id in a path: its leading digits, as Rails reads `1abc`; None where there are none."""
    found = _LEADING_NUMBER.match(text)
    return int(found[0]) if found else None
