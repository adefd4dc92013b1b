"""Directions for the recordings about tickets, articles, people and webhooks (023 to 262)."""

from datetime import UTC, datetime

from plugins.zammad.tests.judge.stage import Direction, Stage
from plugins.zammad.tests.judge.steps import (
    USERS,
    add_article,
    make_ticket,
    make_tip,
    put,
)


def _before_023(stage: Stage) -> None:
    make_ticket(stage, USERS, "before migration")
    make_ticket(stage, USERS, "after migration")


def _before_027(stage: Stage) -> None:
    make_ticket(stage, USERS, "after migration", report_ref="R-2")


def _before_119(stage: Stage) -> None:
    put(stage, "agent", 6, state="open", title="Hinweis R-2026-0001: Ünïcode & <b>html</b>")


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
    add_article(stage, "agent", 6, "geheim", type="note", internal=True)
    stage.run_worker()


def _before_217(stage: Stage) -> None:
    add_article(stage, "connector", 6, "Nachtrag 2", type="web", sender="Customer")
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
    make_tip(stage, USERS, "to delete")


def _before_262b(stage: Stage) -> None:
    ticket = make_tip(stage, USERS, "articles to delete")
    add_article(stage, "agent", ticket, "oops", type="note")


DIRECTIONS: dict[str, Direction] = {
    "023": _before_023,
    "027": _before_027,
    "101": lambda stage: stage.clock.not_before(datetime(2026, 11, 22, 1, 50, 33, tzinfo=UTC)),
    "104": lambda stage: put(stage, "agent", 6, priority="1 low"),
    "109": lambda stage: put(stage, "connector", 6, report_ref="R-2026-0001"),
    "119": _before_119,
    "170d": _before_170d,
    "207": _before_207,
    "212": _before_212,
    "217": _before_217,
    "230": lambda stage: put(stage, "agent", 6, state="open"),
    "241": _before_241,
    "260": _before_260,
    "262b": _before_262b,
}
