"""How records look in answers: bare columns, columns with ids, or with the names behind the ids."""

from plugins.zammad.tests.fake.access import Caller, role_permissions
from plugins.zammad.tests.fake.people import CUSTOMER_ROLE
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.world import World

_NOT_FOR_CUSTOMERS = frozenset({
    "web", "phone", "fax", "mobile", "department", "street", "zip", "city", "country", "address", "note",
})  # fmt: skip
_STRANGER = ("id", "firstname", "lastname", "image", "image_source", "active")
_GROUP_FOR_CUSTOMERS = ("id", "name", "follow_up_possible", "reopen_time_in_days", "active")


def is_staff(user: Row) -> bool:
    """Whether somebody sees records as staff do."""
    return bool(role_permissions(user) & {"ticket.agent", "admin"})


def login(world: World, user_id: int) -> str:
    """Whom an id stands for; `-` is nobody."""
    return str(world.users[user_id]["login"])


def ticket_columns(ticket: Row) -> Row:
    """A ticket as lists and a plain GET show it."""
    return dict(ticket)


def ticket_with_ids(world: World, ticket: Row) -> Row:
    """A ticket as creating and changing answer it."""
    ids = [article["id"] for article in world.articles_of(ticket["id"])]
    return {**ticket, "article_ids": ids, "ticket_time_accounting_ids": []}


def ticket_with_names(world: World, ticket: Row) -> Row:
    """A ticket with `expand=true`."""
    row = ticket_with_ids(world, ticket)
    row["group"] = world.groups[ticket["group_id"]]["name"]
    if ticket["organization_id"] is not None:
        row["organization"] = world.organizations[ticket["organization_id"]]["name"]
    row["ticket_time_accounting"] = []
    row["state"] = world.states[ticket["state_id"]]["name"]
    row["priority"] = world.priorities[ticket["priority_id"]]["name"]
    for column in ("owner", "customer", "created_by", "updated_by"):
        row[column] = login(world, ticket[f"{column}_id"])
    if ticket["create_article_type_id"] is not None:
        row["create_article_type"] = world.article_types[ticket["create_article_type_id"]]["name"]
        row["create_article_sender"] = world.senders[ticket["create_article_sender_id"]]["name"]
    return row


def article_with_files(world: World, article: Row) -> Row:
    """An article's columns and its attachments; images inside an HTML body are not listed."""
    files = [attachment for attachment in world.attachments.of(article["id"]) if not attachment["inline"]]
    return {**article, "attachments": [attachment_summary(file) for file in files]}


def article_with_names(world: World, article: Row) -> Row:
    """An article as every article endpoint answers it."""
    row = article_with_files(world, article)
    row["created_by"] = login(world, article["created_by_id"])
    row["updated_by"] = login(world, article["updated_by_id"])
    row["type"] = world.article_types[article["type_id"]]["name"]
    row["sender"] = world.senders[article["sender_id"]]["name"]
    if article["origin_by_id"] is not None:
        row["origin_by"] = login(world, article["origin_by_id"])
    return row


def attachment_summary(attachment: Row) -> Row:
    """A file's entry in an article; its size is a string."""
    return {
        "id": attachment["id"],
        "store_file_id": attachment["store_file_id"],
        "filename": attachment["filename"],
        "size": str(len(attachment["content"])),
        "preferences": dict(attachment["preferences"]),
    }


def user_for(viewer: Caller, user: Row) -> Row:
    """A person as far as the viewer may see them."""
    shown = {column: value for column, value in user.items() if column != "password"}
    if not user["active"]:
        shown["group_ids"] = {}
    if is_staff(viewer.user):
        return shown
    if user["id"] != viewer.id:
        return {column: shown[column] for column in _STRANGER}
    return {column: value for column, value in shown.items() if column not in _NOT_FOR_CUSTOMERS}


def with_names(world: World, shown: Row) -> Row:
    """A person with `expand=true`: an agent learns the names of their own groups in no other way."""
    groups = shown["group_ids"].items()
    return {
        **shown,
        "roles": [world.roles[role]["name"] for role in shown["role_ids"]],
        "organizations": [],
        "authorizations": [],
        "overview_sortings": [],
        "groups": {world.groups[int(group)]["name"]: rights for group, rights in groups},
        "created_by": login(world, shown["created_by_id"]),
        "updated_by": login(world, shown["updated_by_id"]),
    }


def group_with_members(world: World, group: Row) -> Row:
    """A group and its members' ids, one entry for each right they hold."""
    rights = (
        (user["id"], right) for user in world.users for right in user["group_ids"].get(str(group["id"]), ())
    )
    return {**group, "user_ids": [user_id for user_id, _ in rights]}


def group_with_names(world: World, group: Row) -> Row:
    """A group with `expand=true`."""
    row = group_with_members(world, group)
    row["created_by"] = login(world, group["created_by_id"])
    row["updated_by"] = login(world, group["updated_by_id"])
    if group["signature_id"] is not None:
        row["signature"] = "default"
    if group["email_address_id"] is not None:
        row["email_address"] = world.email_addresses[group["email_address_id"]]["email"]
    row["users"] = [login(world, user_id) for user_id in row["user_ids"]]
    return row


def group_for(world: World, viewer: Caller, group: Row) -> Row:
    """A group as far as the viewer may see it."""
    if is_staff(viewer.user):
        return group_with_members(world, group)
    return {column: group[column] for column in _GROUP_FOR_CUSTOMERS}


def role_for(viewer: Caller, role: Row) -> Row | None:
    """A role as far as the viewer may see it; customers see only their own, without its name."""
    if is_staff(viewer.user):
        return dict(role)
    if role["id"] != CUSTOMER_ROLE:
        return None
    return {
        "id": role["id"],
        "name": f"Role_{role['id']}",
        "group_ids": {},
        "permission_ids": role["permission_ids"],
        "active": role["active"],
    }
