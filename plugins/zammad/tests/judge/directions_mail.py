"""Directions for the recordings about merging, large numbers and mail (263 to 301)."""

from plugins.zammad.tests.fake.groups import add_group
from plugins.zammad.tests.judge.stage import Direction, Stage
from plugins.zammad.tests.judge.steps import (
    USERS,
    add_article,
    make_ticket,
    make_tip,
    put,
)


def _before_263(stage: Stage) -> None:
    make_tip(stage, USERS, "merge source", tags="m1")
    make_tip(stage, USERS, "merge target", tags="m2")


def _before_263l(stage: Stage) -> None:
    put(stage, "connector", 29, state="open")


def _before_264b(stage: Stage) -> None:
    put(stage, "connector", make_tip(stage, USERS, "closed one"), state="closed")


def _before_274(stage: Stage) -> None:
    for _ in ("15 MB", "60 MB", "150 MB"):
        make_tip(stage, USERS, "big")


def _before_280(stage: Stage) -> None:
    for number in range(160):
        make_tip(stage, USERS, f"par16 {number}")
    world = stage.zammad.world
    world.groups.next_id()
    add_group(world, "Mailgruppe")
    stage.zammad.group_sends_from("desk@example.org", group_id=5)
    for name in ("admin", "agent", "connector"):
        world.users[stage.people[name].id]["group_ids"]["5"] = ["full"]
        world.users[stage.people[name].id]["updated_by_id"] = 1
    stage.zammad.post.failing_with = (
        "Can't use Channel::Driver::Smtp: #<Net::SMTPSyntaxError: Net::SMTPSyntaxError>"
    )


def _before_283(stage: Stage) -> None:
    add_article(stage, "agent", 202, "call", type="note", internal=True)


def _before_287(stage: Stage) -> None:
    stage.zammad.post.failing_with = None


def _before_300(stage: Stage) -> None:
    for title in ("redirect", "created201", "gone410", "retry-change"):
        last = make_ticket(stage, USERS, f"FAILHOOK {title}")
        stage.run_worker()
    put(stage, "agent", last, priority="3 high")
    stage.zammad.world.articles.next_id()  # the note of a mail that could not be sent, on ticket 202
    stage.zammad.world.tickets[202].update(updated_at=stage.zammad.world.now(), updated_by_id=1)
    make_ticket(stage, USERS, "FAILHOOK slow")
    stage.run_worker()
    add_article(stage, "agent", 6, "while slow", type="web")


DIRECTIONS: dict[str, Direction] = {
    "263": _before_263,
    "263l": _before_263l,
    "263m": Stage.run_worker,
    "264b": _before_264b,
    "274": _before_274,
    "280": _before_280,
    "283": _before_283,
    "287": _before_287,
    "300": _before_300,
}
