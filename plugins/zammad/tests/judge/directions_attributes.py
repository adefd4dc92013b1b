"""Directions for the recordings about attributes, rights and the rules of triggers (303 to 348)."""

from plugins.zammad.tests.judge.stage import Direction, Stage
from plugins.zammad.tests.judge.steps import (
    TIPS,
    USERS,
    add_article,
    add_attribute,
    make_ticket,
    make_tip,
    merge,
    put,
)


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


def _before_303b(stage: Stage) -> None:
    stage.zammad.world.tickets.last_id = 214


def _before_310c(stage: Stage) -> None:
    add_attribute(
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
    add_attribute(
        stage,
        "anonymous_report",
        "Anonymous",
        "boolean",
        {"default": False, "options": {"false": "no", "true": "yes"}, "null": True},
    )


def _before_312b(stage: Stage) -> None:
    make_ticket(stage, USERS, "misc", risk="low")


def _before_312h(stage: Stage) -> None:
    make_ticket(stage, USERS, "misc", anonymous_report="nope")
    make_ticket(stage, USERS, "misc", report_ref=None)


def _before_313b(stage: Stage) -> None:
    add_attribute(
        stage, "must_have", "Must", "input", {"default": "", "type": "text", "maxlength": 60, "null": False}
    )


def _before_317e2(stage: Stage) -> None:
    make_ticket(stage, USERS, "misc", must_have="m")


def _before_324(stage: Stage) -> None:
    for _ in range(7):
        stage.request(
            "GET",
            "/api/v1/users/me",
            {"Authorization": "Basic bG9ja21lQGV4YW1wbGUub3JnOndyb25n", "Accept": "application/json"},
            None,
        )


def _before_330(stage: Stage) -> None:
    put(stage, "agent", 6, state="open")
    stage.run_worker()
    source, target = make_tip(stage, TIPS, "msrc"), make_tip(stage, TIPS, "mdst")
    stage.run_worker()
    merge(stage, source, target)
    moved = make_tip(stage, TIPS, "mover")
    stage.run_worker()
    put(stage, "agent", moved, group=USERS)
    put(stage, "agent", moved, group=TIPS)
    stage.run_worker()
    for body in ("rapid 0", "rapid 1", "rapid 2", "rapid 3", "rapid 4"):
        add_article(stage, "agent", 6, body, type="web")
    stage.run_worker()
    for body in ("par 0", "par 3", "par 5", "par 4", "par 2", "par 1"):
        add_article(stage, "agent", 6, body, type="web")
    stage.run_worker()
    add_article(stage, "agent", 6, "while worker down", type="web")
    put(stage, "agent", 6, state="closed")
    stage.run_worker()


def _before_340(stage: Stage) -> None:
    source, target = make_tip(stage, TIPS, "msrc"), make_tip(stage, TIPS, "mdst")
    stage.run_worker()
    merge(stage, source, target)
    stage.run_worker()
    for trigger in (4, 5, 11, 12):
        stage.api("admin", "DELETE", f"/api/v1/triggers/{trigger}")


DIRECTIONS: dict[str, Direction] = {
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
