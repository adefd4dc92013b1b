"""Directions for the second recorded server, begun anew for the last dozen exchanges."""

from plugins.zammad.tests.judge.first_server import USERS, welcome_ticket
from plugins.zammad.tests.judge.stage import Direction, Stage


def prepare(stage: Stage) -> None:
    """The same people with one attribute and one ticket, group 3 from the beginning."""
    world = stage.zammad.world
    for name in ("admin", "agent", "connector"):
        world.users[stage.people[name].id]["group_ids"] = {"1": ["full"], "3": ["full"]}
    stage.tokens["setup"] = stage.tokens["admin"]
    welcome_ticket(stage)
    stage.api("admin", "POST", "/api/v1/object_manager_attributes", {
        "name": "report_ref", "display": "Report reference", "object": "Ticket", "active": True, "data_type": "input",
        "data_option": {"default": "", "type": "text", "maxlength": 120, "null": True}, "position": 1600, "screens": {}})
    stage.api("admin", "POST", "/api/v1/object_manager_attributes_execute_migrations")


def _before_354b(stage: Stage) -> None:
    article = {"body": "x", "type": "note"}
    stage.api("connector", "POST", "/api/v1/tickets", {"title": "misc", "group": USERS, "customer_id": 6,
                                                        "article": article, "report_ref": "dup-1"})


def _before_362(stage: Stage) -> None:
    stage.api("admin", "POST", "/api/v1/triggers", {
        "name": "recipe", "condition": {"ticket.group_id": {"operator": "is", "value": ["3"]}},
        "perform": {"notification.webhook": {"webhook_id": 1}}})
    stage.zammad.world.articles.next_id()
    stage.zammad.hooks.pause(True)


DIRECTIONS: dict[str, Direction] = {"354b": _before_354b, "362": _before_362}


def worker_rests(_name: str) -> bool:
    """It never did."""
    return False
