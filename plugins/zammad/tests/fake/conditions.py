"""Conditions: the little language in which searches and triggers say which tickets they mean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from plugins.zammad.tests.fake import comparisons
from plugins.zammad.tests.fake.errors import Broken, OpaqueUnprocessable
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.world import World

_VALUELESS = frozenset({"has changed", "is set", "not set"})
_PEOPLE = {"customer": "customer_id", "owner": "owner_id"}


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
    if not isinstance(condition.get("conditions"), list):
        return all(_leaf(name, part, subject) for name, part in condition.items())
    results = [
        matches(part, subject) if "conditions" in part else _leaf(part["name"], part, subject)
        for part in condition["conditions"]
    ]
    combine = {"AND": all(results), "OR": any(results), "NOT": not any(results)}
    return combine[str(condition.get("operator", "AND")).upper()]


def names_in(condition: Row) -> Iterator[str]:
    """Every attribute a condition names."""
    if not isinstance(condition.get("conditions"), list):
        yield from condition
        return
    for part in condition["conditions"]:
        yield from names_in(part) if "conditions" in part else (part["name"],)


def _leaf(name: str, part: Any, subject: Subject) -> bool:
    if not isinstance(part, Mapping):
        raise OpaqueUnprocessable("Invalid object selector conditions")
    operator, value = str(part.get("operator", "")), part.get("value")
    thing, _, column = name.partition(".")
    if operator == "has changed":
        return column in subject.changed
    if operator in comparisons.MODERN and not subject.world.version.modern_operators:
        if value is None:
            return True
        raise Broken(f"Invalid operator '{operator}' for '{value!r}'")
    if name == "ticket.action":
        return _action(operator, value, subject)
    if value is None and part.get("pre_condition") in (None, "specific") and operator not in _VALUELESS:
        return True
    if name == "ticket.tags":
        return comparisons.tags(operator, str(value), subject.world.tags_of(subject.ticket["id"]))
    wanted = comparisons.wanted(part, subject.caller_id)
    now = subject.world.now()
    return any(
        comparisons.holds(operator, held, wanted, part, now=now) for held in _held(thing, column, subject)
    )


def _action(operator: str, value: Any, subject: Subject) -> bool:
    if subject.action is None:
        raise OpaqueUnprocessable("Invalid object selector conditions: ticket.action")
    wanted = value if isinstance(value, list) else [value]
    return (subject.action in wanted) == (operator == "is")


def _held(thing: str, column: str, subject: Subject) -> list[Any]:
    """What the named column holds: several values where a search looks at all articles."""
    world, ticket = subject.world, subject.ticket
    if thing == "article":
        if column == "action":
            return ["create"] if subject.article is not None else []
        articles = world.articles_of(ticket["id"]) if subject.action is None else [subject.article]
        return [article[column] for article in articles if article is not None and column in article]
    row: Row | None = ticket if thing == "ticket" else None
    if thing in _PEOPLE:
        row = world.users[ticket[_PEOPLE[thing]]]
    if row is None or column not in row:
        raise OpaqueUnprocessable(f"PG::UndefinedColumn: ERROR:  column {thing}s.{column} does not exist")
    return [row[column]]
