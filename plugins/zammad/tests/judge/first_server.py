"""Directions for the first recorded server: its beginning, and what was done between the recordings, by their numbers."""

from datetime import UTC, datetime
from typing import Any

from plugins.zammad.tests.fake import people
from plugins.zammad.tests.fake.groups import add_group
from plugins.zammad.tests.judge.stage import Direction, Stage

TIPS, USERS, MAIL = "Hinweise", "Users", "Mailgruppe"
_SMTP_DOWN = "Can't use Channel::Driver::Smtp: #<Net::SMTPSyntaxError: Net::SMTPSyntaxError>"
_FIELD = {
    "create_middle": {
        "ticket.agent": {"shown": True, "required": False, "item_class": "column"},
        "ticket.customer": {"shown": False},
    },
    "edit": {"ticket.agent": {"shown": True, "required": False}, "ticket.customer": {"shown": False}},
}


def prepare(stage: Stage) -> None:
    """Two groups, six people and the ticket that comes with every installation."""
    world = stage.zammad.world
    world.groups.drop(3)
    world.groups.last_id = 2
    for name, groups in (("admin", (1, 2)), ("agent", (1,)), ("connector", (1,))):
        world.users[stage.people[name].id]["group_ids"] = {str(group): ["full"] for group in groups}
    stage.tokens["agent_noperm"] = stage.token_of(stage.people["agent"], "user_preferences")
    stage.tokens["setup"] = stage.tokens["admin"]
    welcome_ticket(stage)


def welcome_ticket(stage: Stage) -> None:
    """Ticket 1, by Nicole Braun of the Zammad Foundation."""
    world = stage.zammad.world
    world.users[2].update(
        login="nicole.braun@zammad.org", email="nicole.braun@zammad.org", department="", address=""
    )
    stage.tokens["nicole"] = "nicole"
    people.add_token(world, 2, "nicole", ["ticket.customer"], label="")
    _ticket(stage, USERS, "Welcome to Zammad!", who="nicole")
    world.tickets[1].update(
        create_article_type_id=5, last_contact_at=world.now(), last_contact_customer_at=world.now()
    )
    world.articles[1]["type_id"] = 5


def _ticket(
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


def _tip(stage: Stage, group: str, title: str, **more: Any) -> int:
    return _ticket(stage, group, title, kind="web", sender="Customer", **more)


def _article(stage: Stage, who: str, ticket: int, body: str, **more: Any) -> None:
    stage.api(who, "POST", "/api/v1/ticket_articles", {"ticket_id": ticket, "body": body, **more})


def _put(stage: Stage, who: str, ticket: int, **fields: Any) -> None:
    stage.api(who, "PUT", f"/api/v1/tickets/{ticket}", fields)


def _before_023(stage: Stage) -> None:
    _ticket(stage, USERS, "before migration")
    _ticket(stage, USERS, "after migration")


def _before_027(stage: Stage) -> None:
    _ticket(stage, USERS, "after migration", report_ref="R-2")


def _before_119(stage: Stage) -> None:
    _put(stage, "agent", 6, state="open", title="Hinweis R-2026-0001: Ünïcode & <b>html</b>")


def _before_170d(stage: Stage) -> None:
    stage.api(
        "connector",
        "POST",
        "/api/v1/users",
        {"firstname": "Anonymous", "lastname": "NoMail", "login": "anon-2"},
    )


def _before_207(stage: Stage) -> None:
    stage.zammad.world.triggers.next_id()  # one more that was refused


def _before_212(stage: Stage) -> None:
    _article(stage, "agent", 6, "geheim", type="note", internal=True)
    stage.run_worker()


def _before_217(stage: Stage) -> None:
    _article(stage, "connector", 6, "Nachtrag 2", type="web", sender="Customer")
    stage.run_worker()


def _before_241(stage: Stage) -> None:
    condition = {
        "ticket.action": {"operator": "is", "value": "update"},
        "ticket.group_id": {"operator": "is", "value": ["3"]},
        "article.sender_id": {"operator": "is", "value": ["1"]},
        "article.internal": {"operator": "is", "value": "false"},
    }
    stage.api("admin", "PUT", "/api/v1/triggers/4", {"condition": condition})


def _before_260(stage: Stage) -> None:
    _tip(stage, USERS, "to delete")


def _before_262b(stage: Stage) -> None:
    ticket = _tip(stage, USERS, "articles to delete")
    _article(stage, "agent", ticket, "oops", type="note")


def _before_263(stage: Stage) -> None:
    _tip(stage, USERS, "merge source", tags="m1")
    _tip(stage, USERS, "merge target", tags="m2")


def _before_263l(stage: Stage) -> None:
    _put(stage, "connector", 29, state="open")


def _before_264b(stage: Stage) -> None:
    _put(stage, "connector", _tip(stage, USERS, "closed one"), state="closed")


def _before_274(stage: Stage) -> None:
    for _ in ("15 MB", "60 MB", "150 MB"):
        _tip(stage, USERS, "big")


def _before_280(stage: Stage) -> None:
    for number in range(160):
        _tip(stage, USERS, f"par16 {number}")
    world = stage.zammad.world
    world.groups.next_id()
    add_group(world, MAIL)
    stage.zammad.group_sends_from("desk@example.org", group_id=5)
    for name in ("admin", "agent", "connector"):
        world.users[stage.people[name].id]["group_ids"]["5"] = ["full"]
        world.users[stage.people[name].id]["updated_by_id"] = 1
    stage.zammad.post.failing_with = _SMTP_DOWN


def _before_283(stage: Stage) -> None:
    _article(stage, "agent", 202, "call", type="note", internal=True)


def _before_287(stage: Stage) -> None:
    stage.zammad.post.failing_with = None


def _before_300(stage: Stage) -> None:
    for title in ("redirect", "created201", "gone410", "retry-change"):
        last = _ticket(stage, USERS, f"FAILHOOK {title}")
        stage.run_worker()
    _put(stage, "agent", last, priority="3 high")
    stage.zammad.world.articles.next_id()  # the note of a mail that could not be sent, on ticket 202
    stage.zammad.world.tickets[202].update(updated_at=stage.zammad.world.now(), updated_by_id=1)
    _ticket(stage, USERS, "FAILHOOK slow")
    stage.run_worker()
    _article(stage, "agent", 6, "while slow", type="web")


def _before_303b(stage: Stage) -> None:
    stage.zammad.world.tickets.last_id = 214


def _before_310c(stage: Stage) -> None:
    _attribute(
        stage,
        "risk",
        "Risk",
        "select",
        {
            "default": "",
            "options": {"low": "Low", "high": "High"},
            "nulloption": True,
            "null": True,
            "maxlength": 255,
        },
    )
    _attribute(
        stage,
        "anonymous_report",
        "Anonymous",
        "boolean",
        {"default": False, "options": {"false": "no", "true": "yes"}, "null": True},
    )


def _attribute(stage: Stage, name: str, display: str, kind: str, option: dict[str, Any], **more: Any) -> None:
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


def _before_312b(stage: Stage) -> None:
    _ticket(stage, USERS, "misc", risk="low")


def _before_312h(stage: Stage) -> None:
    _ticket(stage, USERS, "misc", anonymous_report="nope")
    _ticket(stage, USERS, "misc", report_ref=None)


def _before_313b(stage: Stage) -> None:
    _attribute(
        stage, "must_have", "Must", "input", {"default": "", "type": "text", "maxlength": 60, "null": False}
    )


def _before_317e2(stage: Stage) -> None:
    _ticket(stage, USERS, "misc", must_have="m")


def hire_the_limited(stage: Stage) -> None:
    """Five accounts that show the limits: of rights, of a token's life, of an account, of wrong passwords."""
    rights = {
        "createonly": ["create"],
        "createread": ["read", "create"],
        "expired": ["full"],
        "inactive": ["full"],
        "lockme": ["full"],
    }
    world = stage.zammad.world
    hired = {name: stage.zammad.hire(name, name, "X", rights={3: held}) for name, held in rights.items()}
    stage.tokens |= {name: person.token for name, person in hired.items()}
    world.users[hired["inactive"].id]["active"] = False
    expired = world.tokens.named(hired["expired"].token, "value")
    assert expired is not None
    expired["expires_at"] = world.now()


def _before_324(stage: Stage) -> None:
    for _ in range(7):
        stage.request(
            "GET",
            "/api/v1/users/me",
            {"Authorization": "Basic bG9ja21lQGV4YW1wbGUub3JnOndyb25n", "Accept": "application/json"},
            None,
        )


def _before_330(stage: Stage) -> None:
    _put(stage, "agent", 6, state="open")
    stage.run_worker()
    source, target = _tip(stage, TIPS, "msrc"), _tip(stage, TIPS, "mdst")
    stage.run_worker()
    _merge(stage, source, target)
    moved = _tip(stage, TIPS, "mover")
    stage.run_worker()
    _put(stage, "agent", moved, group=USERS)
    _put(stage, "agent", moved, group=TIPS)
    stage.run_worker()
    for body in ("rapid 0", "rapid 1", "rapid 2", "rapid 3", "rapid 4"):
        _article(stage, "agent", 6, body, type="web")
    stage.run_worker()
    for body in ("par 0", "par 3", "par 5", "par 4", "par 2", "par 1"):
        _article(stage, "agent", 6, body, type="web")
    stage.run_worker()
    _article(stage, "agent", 6, "while worker down", type="web")
    _put(stage, "agent", 6, state="closed")
    stage.run_worker()


def _merge(stage: Stage, source: int, target: int) -> None:
    number = stage.zammad.ticket(target)["number"]
    stage.api("agent", "PUT", f"/api/v1/ticket_merge/{source}/{number}")


def _before_340(stage: Stage) -> None:
    source, target = _tip(stage, TIPS, "msrc"), _tip(stage, TIPS, "mdst")
    stage.run_worker()
    _merge(stage, source, target)
    stage.run_worker()
    for trigger in (4, 5, 11, 12):
        stage.api("admin", "DELETE", f"/api/v1/triggers/{trigger}")


DIRECTIONS: dict[str, Direction] = {
    "023": _before_023,
    "027": _before_027,
    "101": lambda stage: stage.clock.not_before(datetime(2026, 11, 22, 1, 50, 33, tzinfo=UTC)),
    "104": lambda stage: _put(stage, "agent", 6, priority="1 low"),
    "109": lambda stage: _put(stage, "connector", 6, report_ref="R-2026-0001"),
    "119": _before_119,
    "170d": _before_170d,
    "207": _before_207,
    "212": _before_212,
    "217": _before_217,
    "230": lambda stage: _put(stage, "agent", 6, state="open"),
    "241": _before_241,
    "260": _before_260,
    "262b": _before_262b,
    "263": _before_263,
    "263l": _before_263l,
    "263m": Stage.run_worker,
    "264b": _before_264b,
    "274": _before_274,
    "280": _before_280,
    "283": _before_283,
    "287": _before_287,
    "300": _before_300,
    "303b": _before_303b,
    "310c": _before_310c,
    "312b": _before_312b,
    "312h": _before_312h,
    "313b": _before_313b,
    "317e2": _before_317e2,
    "320": hire_the_limited,
    "324": _before_324,
    "330": _before_330,
    "340": _before_340,
}


def worker_rests(name: str) -> bool:
    """Whether the background worker had not run yet when the next request came."""
    spans = (("080", "100"), ("101", "121"), ("263", "263m"), ("320", "321g"))
    return any(first <= name < last for first, last in spans)
