"""Finding tickets: by condition (exact, at once) or by words (as far as that goes without Elasticsearch)."""

from collections.abc import Mapping
from typing import Any

from plugins.zammad.tests.fake import render
from plugins.zammad.tests.fake.access import Caller, readable_tickets
from plugins.zammad.tests.fake.assets import Collector
from plugins.zammad.tests.fake.conditions import Subject, matches
from plugins.zammad.tests.fake.errors import Broken, OpaqueUnprocessable, Unprocessable
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.values import as_bool, as_int
from plugins.zammad.tests.fake.world import World

_ARTICLE_COLUMNS = ("body", "from", "to", "subject")


def page_of(rows: list[Row], given: Mapping[str, Any], *, default: int, most: int) -> list[Row]:
    """One page; `page` counts from 1, `limit` is another word for `per_page`."""
    size = as_int(given.get("per_page", given.get("limit", default)))
    number = max(1, as_int(given.get("page", 1)) or 1)
    if size is None or size < 0:
        raise OpaqueUnprocessable("PG::InvalidRowCountInLimitClause: ERROR:  LIMIT must not be negative")
    size = min(size or default, most)
    return rows[(number - 1) * size : number * size]


def listing(world: World, caller: Caller, given: Mapping[str, Any]) -> Any:
    """GET /tickets: readable tickets, oldest first whatever is asked, at most 100 a page."""
    rows = sorted(readable_tickets(world, caller), key=lambda ticket: ticket["id"])
    page = page_of(rows, given, default=100, most=100)
    if as_bool(given.get("expand")):
        return [render.ticket_with_names(world, ticket) for ticket in page]
    if as_bool(given.get("full")):
        return {
            "record_ids": [ticket["id"] for ticket in page],
            "assets": Collector(world, caller).tickets(page).found,
        }
    return [render.ticket_columns(ticket) for ticket in page]


def search(world: World, caller: Caller, given: Mapping[str, Any]) -> Any:
    """GET or POST /tickets/search, in the shape of the server's version.

    Raises OpaqueUnprocessable for an unknown attribute, Broken for what 5.x answers with 500.
    """
    found = _sorted(world, _found(world, caller, given), given)
    page = page_of(found, given, default=50, most=200)
    if world.version.search_is_a_list:
        return _modern_shape(world, caller, page, len(found), given)
    if as_bool(given.get("expand")):
        return [render.ticket_with_names(world, ticket) for ticket in page]
    collected = Collector(world, caller).tickets(page).found
    return {"tickets": [ticket["id"] for ticket in page], "tickets_count": len(page), "assets": collected}


def _modern_shape(world: World, caller: Caller, page: list[Row], total: int, given: Mapping[str, Any]) -> Any:
    if as_bool(given.get("only_total_count")):
        return {"total_count": total}
    if as_bool(given.get("full")):
        return {
            "record_ids": [ticket["id"] for ticket in page],
            "assets": Collector(world, caller).tickets(page).found,
            "total_count": total,
        }
    show = render.ticket_with_names if as_bool(given.get("expand")) else render.ticket_with_ids
    rows = [show(world, ticket) for ticket in page]
    return {"records": rows, "total_count": total} if as_bool(given.get("with_total_count")) else rows


def _found(world: World, caller: Caller, given: Mapping[str, Any]) -> list[Row]:
    rows = readable_tickets(world, caller)
    condition = given.get("condition")
    query = given.get("query")
    both = world.version.query_and_condition_combine
    if condition is not None and (query is None or both):
        if not condition and not world.version.empty_condition_is_everything:
            raise Broken("undefined method `key?' for nil")
        rows = [row for row in rows if matches(condition, Subject(world, row, caller.id))]
    if query is not None:
        # One LIKE over title, number and articles, joined to articles: a ticket without any is never found.
        rows = [row for row in rows if _contains(world, row, str(query).replace("*", ""))]
    return rows


def _contains(world: World, ticket: Row, wanted: str) -> bool:
    articles = world.articles.of(ticket["id"])
    if not articles:
        return False
    texts = [ticket["title"], ticket["number"]]
    texts += [article[column] or "" for article in articles for column in _ARTICLE_COLUMNS]
    if world.version.query_ignores_case:
        return any(wanted.lower() in text.lower() for text in texts)
    return any(wanted in text for text in texts)


def _sorted(world: World, rows: list[Row], given: Mapping[str, Any]) -> list[Row]:
    columns = str(given.get("sort_by") or "updated_at").split(",")
    directions = str(given.get("order_by") or "desc").split(",")
    sample = next(iter(world.tickets), None)
    for position, column in reversed(list(enumerate(columns))):
        if sample is not None and column not in sample:
            text = f"Found invalid column '{column}' for sorting."
            raise Unprocessable(text) if world.version.search_is_a_list else Broken(text)
        descending = directions[min(position, len(directions) - 1)].lower() == "desc"
        rows = sorted(rows, key=lambda row, column=column: _sort_key(row[column]), reverse=descending)  # type: ignore[misc]
    return rows


def _sort_key(value: Any) -> tuple[bool, Any]:
    return (value is None, value if value is not None else 0)
