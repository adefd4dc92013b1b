"""All routes of the API."""

from plugins.zammad.tests.fake import (
    routes_admin,
    routes_articles,
    routes_groups,
    routes_people,
    routes_tags,
    routes_tickets,
)
from plugins.zammad.tests.fake.api import Api


def register(api: Api) -> None:
    """Add them."""
    for part in (routes_tickets, routes_tags, routes_articles, routes_people, routes_groups, routes_admin):
        part.register(api)
