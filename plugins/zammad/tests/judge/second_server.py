"""Directions for the second recorded server, begun anew for the last dozen exchanges."""

from plugins.zammad.tests.judge.directions_attributes import hire_the_limited
from plugins.zammad.tests.judge.first_server import welcome_ticket
from plugins.zammad.tests.judge.stage import Direction, Stage
from plugins.zammad.tests.judge.steps import TIPS, USERS


def prepare(stage: Stage) -> None:
    """The same people with one attribute and one ticket, group 3 from the beginning."""
    world = stage.zammad.world
    for name in ("admin", "agent", "connector"):
        world.users[stage.people[name].id]["group_ids"] = {"1": ["full"], "3": ["full"]}
    stage.tokens["setup"] = stage.tokens["admin"]
    hire_the_limited(stage)
    welcome_ticket(stage)
    stage.api(
        "admin",
        "POST",
        "/api/v1/object_manager_attributes",
        {
            "name": "report_ref",
            "display": "Report reference",
            "object": "Ticket",
            "active": True,
            "data_type": "input",
            "data_option": {"default": "", "type": "text", "maxlength": 120, "null": True},
            "position": 1600,
            "screens": {},
        },
    )
    stage.api("admin", "POST", "/api/v1/object_manager_attributes_execute_migrations")


def _before_354b(stage: Stage) -> None:
    article = {"body": "x", "type": "note"}
    stage.api(
        "connector",
        "POST",
        "/api/v1/tickets",
        {"title": "misc", "group": USERS, "customer_id": 6, "article": article, "report_ref": "dup-1"},
    )


def _before_362(stage: Stage) -> None:
    condition = {
        "ticket.action": {"operator": "is", "value": "update"},
        "ticket.group_id": {"operator": "is", "value": ["3"]},
        "ticket.updated_by_id": {"operator": "is not", "pre_condition": "specific", "value": ["5"]},
        "ticket.state_id": {"operator": "is not", "value": ["6"]},
        "ticket.priority_id": {"operator": "is not", "value": ["99"]},
    }
    stage.api(
        "admin",
        "POST",
        "/api/v1/triggers",
        {"name": "recipe", "condition": condition, "perform": {"notification.webhook": {"webhook_id": 1}}},
    )
    stage.zammad.world.articles.next_id()
    article = {"body": "x", "type": "web", "sender": "Customer"}
    stage.api(
        "connector",
        "POST",
        "/api/v1/tickets",
        {"title": "recipe", "group": TIPS, "customer_id": 6, "priority": "3 high", "article": article},
    )
    stage.api("agent", "POST", "/api/v1/ticket_articles", {"ticket_id": 4, "body": "answer"})
    stage.run_worker()
    stage.api("agent", "PUT", "/api/v1/tickets/4", {"state": "closed"})
    stage.run_worker()
    stage.api("agent", "PUT", "/api/v1/tickets/4", {"state": "open"})
    stage.api("connector", "PUT", "/api/v1/tickets/4", {"priority": "1 low"})
    stage.run_worker()


DIRECTIONS: dict[str, Direction] = {"354b": _before_354b, "362": _before_362}


def worker_rests(_name: str) -> bool:
    """It never did."""
    return False
