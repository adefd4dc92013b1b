"""What a webhook carries: the ticket and the article as they are when it is sent, not when it was due."""

from plugins.zammad.tests.fake import render
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.world import World

_NOT_SENT = frozenset(
    {"last_login", "login_failed", "password", "preferences", "group_ids", "authorization_ids"}
)
_NESTED_PEOPLE = ("owner", "customer", "created_by", "updated_by")


def build(world: World, ticket: Row, article: Row | None) -> Row:
    """Ticket with people, group, priority and organization nested, the state a word; the article or {}."""
    return {"ticket": _ticket(world, ticket), "article": {} if article is None else _article(world, article)}


def _ticket(world: World, ticket: Row) -> Row:
    row = render.ticket_with_names(world, ticket)
    for name in _NESTED_PEOPLE:
        row[name] = _person(world, ticket[f"{name}_id"])
    row["priority"] = _by_names(world, world.priorities[ticket["priority_id"]])
    row["group"] = dict(sorted(render.group_with_names(world, world.groups[ticket["group_id"]]).items()))
    organization = world.organizations.get(ticket["organization_id"])
    row.pop("organization", None)
    return dict(sorted(row.items())) | {
        "organization": _by_names(world, organization) if organization else {}
    }


def _article(world: World, article: Row) -> Row:
    row = render.article_with_names(world, article)
    for name in ("created_by", "updated_by"):
        row[name] = _person(world, article[f"{name}_id"])
    path = f"{world.url}/api/v1/ticket_attachment/{article['ticket_id']}/{article['id']}"
    for attachment in row["attachments"]:
        attachment["url"] = f"{path}/{attachment['id']}"
    return dict(sorted(row.items())) | {"accounted_time": 0.0}


def _person(world: World, user_id: int) -> Row:
    user = world.users[user_id]
    row = {column: value for column, value in user.items() if column not in _NOT_SENT}
    row |= {
        "roles": [world.roles[role]["name"] for role in user["role_ids"]],
        "organizations": [],
        "overview_sortings": [],
    }
    if user["organization_id"] is not None:
        row["organization"] = world.organizations[user["organization_id"]]["name"]
    return _by_names(world, row)


def _by_names(world: World, record: Row) -> Row:
    names = {name: render.login(world, record[f"{name}_id"]) for name in ("created_by", "updated_by")}
    return dict(sorted({**record, **names}.items()))
