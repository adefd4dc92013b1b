"""Conditions: the little language in which searches and triggers say which tickets they mean."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from plugins.zammad.tests.fake.errors import Broken, OpaqueUnprocessable
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.values import as_int, as_time
from plugins.zammad.tests.fake.world import NOBODY, World

_MODERN = frozenset({"is any of", "is none of", "starts with", "starts with one of", "ends with", "ends with one of",
                     "matches regex", "does not match regex", "is set", "not set"})  # fmt: skip
_VALUELESS = frozenset({"has changed", "is set", "not set"})
_UNITS = {"minute": "minutes", "hour": "hours", "day": "days", "week": "weeks"}


@dataclass(frozen=True, slots=True)
class Subject:
    """A ticket under test, with the event that made a trigger look at it (`action` None in a search)."""

    world: World
    ticket: Row
    caller_id: int
    action: str | None = None
    article: Row | None = None
    changed: frozenset[str] = field(default=frozenset())


def matches(condition: Row, subject: Subject) -> bool:
    """Whether the ticket meets a condition, flat or nested.

    A part without a value excludes nothing: a search with only such a part returns everything readable.
    Raises OpaqueUnprocessable for an unknown attribute and Broken for an operator this version does not have.
    """
    if isinstance(condition.get("conditions"), list):
        results = (matches(part, subject) if "conditions" in part else _leaf(part["name"], part, subject)
                   for part in condition["conditions"])  # fmt: skip
        operator = str(condition.get("operator", "AND")).upper()
        return any(results) if operator == "OR" else all(results) if operator == "AND" else not any(results)
    return all(_leaf(name, part, subject) for name, part in condition.items())


def names_in(condition: Row) -> Iterator[str]:
    """Every attribute a condition names."""
    if isinstance(condition.get("conditions"), list):
        for part in condition["conditions"]:
            yield from names_in(part) if "conditions" in part else (part["name"],)
    else:
        yield from condition


def _leaf(name: str, part: Any, subject: Subject) -> bool:
    if not isinstance(part, Mapping):
        raise OpaqueUnprocessable("Invalid object selector conditions")
    operator, value = str(part.get("operator", "")), part.get("value")
    if operator in _MODERN and not subject.world.version.modern_operators:
        if operator in _VALUELESS:
            return True
        raise Broken(f"Invalid operator '{operator}' for '{value!r}'")
    thing, _, column = name.partition(".")
    if operator == "has changed":
        return column in subject.changed
    if thing == "ticket" and column == "action":
        return _action(operator, value, subject)
    if value is None and part.get("pre_condition") in (None, "specific") and operator not in _VALUELESS:
        return True
    if thing == "ticket" and column == "tags":
        return _tags(operator, str(value), subject)
    return any(_compare(operator, held, part, subject) for held in _held(thing, column, subject))


def _action(operator: str, value: Any, subject: Subject) -> bool:
    if subject.action is None:
        raise OpaqueUnprocessable("Invalid object selector conditions: ticket.action")
    wanted = value if isinstance(value, list) else [value]
    return (subject.action in wanted) == (operator == "is")


def _held(thing: str, column: str, subject: Subject) -> list[Any]:
    """What the named column holds: several values where a search looks at all articles."""
    world, ticket = subject.world, subject.ticket
    if thing == "article":
        articles = world.articles_of(ticket["id"]) if subject.action is None else [subject.article]
        if column == "action":
            return ["create"] if subject.article is not None else []
        return [article[column] for article in articles if article is not None and column in article]
    people = {"customer": "customer_id", "owner": "owner_id"}
    row: Row | None = ticket if thing == "ticket" else None
    if thing in people:
        row = world.users[ticket[people[thing]]]
    if row is None or column not in row:
        raise OpaqueUnprocessable(f"PG::UndefinedColumn: ERROR:  column {thing}s.{column} does not exist")
    return [row[column]]


def _tags(operator: str, value: str, subject: Subject) -> bool:
    held = set(subject.world.tags_of(subject.ticket["id"]))
    wanted = {item.strip() for item in value.split(",")}
    tests: dict[str, Callable[[], bool]] = {
        "contains one": lambda: bool(held & wanted),
        "contains all": lambda: wanted <= held,
        "contains one not": lambda: not held & wanted,
        "contains all not": lambda: not wanted <= held,
    }
    if operator not in tests:
        raise Broken(f"Invalid operator '{operator}' for tags")
    return tests[operator]()


def _compare(operator: str, held: Any, part: Mapping[str, Any], subject: Subject) -> bool:
    wanted = _wanted(part, subject)
    positive = operator.removesuffix(" not")
    if operator in ("is", "is not", "is any of", "is none of"):
        return _equals(held, wanted) == (operator in ("is", "is any of"))
    if positive == "contains":
        return (_text(wanted[0]) in _text(held)) == (operator == positive)
    if operator.startswith(("starts with", "ends with")):
        tell = _text(held).startswith if operator.startswith("starts") else _text(held).endswith
        return any(tell(_text(item)) for item in wanted)
    if operator in ("is set", "not set"):
        return (held not in (None, "", NOBODY)) == (operator == "is set")
    if isinstance(held, datetime):
        return _in_time(operator, held, part, subject)
    if operator.endswith(("(absolute)", "(relative)")):
        return False
    raise Broken(f"Invalid operator '{operator}'")


def _wanted(part: Mapping[str, Any], subject: Subject) -> list[Any]:
    pre_condition = part.get("pre_condition")
    if pre_condition == "not_set":
        return [None, NOBODY]
    if pre_condition == "current_user.id":
        return [subject.caller_id]
    value = part.get("value")
    return value if isinstance(value, list) else [value]


def _equals(held: Any, wanted: list[Any]) -> bool:
    exact = {"" if item is None else str(item).lower() if isinstance(item, bool) else str(item) for item in wanted}
    shown = "" if held is None else str(held).lower() if isinstance(held, bool) else str(held)
    return shown in exact


def _text(value: Any) -> str:
    return "" if value is None else str(value).lower()


def _in_time(operator: str, held: datetime, part: Mapping[str, Any], subject: Subject) -> bool:
    now = subject.world.now()
    if operator.endswith("(absolute)"):
        limit = as_time(part.get("value"))
        if limit is None:
            raise OpaqueUnprocessable("PG::InvalidDatetimeFormat: ERROR:  invalid input syntax for type timestamp")
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
