"""Steps between the recordings: requests that must succeed, by the recordings' names for who made them."""

from typing import Any

from plugins.zammad.tests.judge.stage import Stage

TIPS, USERS = "Hinweise", "Users"
_FIELD = {
    "create_middle": {
        "ticket.agent": {"shown": True, "required": False, "item_class": "column"},
        "ticket.customer": {"shown": False},
    },
    "edit": {"ticket.agent": {"shown": True, "required": False}, "ticket.customer": {"shown": False}},
}


def make_ticket(
    stage: Stage,
    group: str,
    title: str,
    *,
    who: str = "connector",
    kind: str = "note",
    sender: str | None = None,
    **more: Any,
) -> int:
    article = {"body": "x", "type": kind, **({"sender": sender} if sender else {})}
    body = {"title": title, "group": group, "customer_id": 6, "article": article, **more}
    return int(stage.api(who, "POST", "/api/v1/tickets", body)["id"])


def make_tip(stage: Stage, group: str, title: str, **more: Any) -> int:
    return make_ticket(stage, group, title, kind="web", sender="Customer", **more)


def add_article(stage: Stage, who: str, ticket: int, body: str, **more: Any) -> None:
    stage.api(who, "POST", "/api/v1/ticket_articles", {"ticket_id": ticket, "body": body, **more})


def put(stage: Stage, who: str, ticket: int, **fields: Any) -> None:
    stage.api(who, "PUT", f"/api/v1/tickets/{ticket}", fields)


def add_attribute(
    stage: Stage, name: str, display: str, kind: str, option: dict[str, Any], **more: Any
) -> None:
    stage.api(
        "admin",
        "POST",
        "/api/v1/object_manager_attributes",
        {
            "name": name,
            "display": display,
            "object": "Ticket",
            "active": True,
            "data_type": kind,
            "data_option": option,
            "position": 1600,
            "screens": _FIELD,
            **more,
        },
    )


def merge(stage: Stage, source: int, target: int) -> None:
    number = stage.zammad.ticket(target)["number"]
    stage.api("agent", "PUT", f"/api/v1/ticket_merge/{source}/{number}")
