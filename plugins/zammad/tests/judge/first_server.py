"""The first recorded server: its beginning, its directions, and when its background worker rested."""

from plugins.zammad.tests.fake import people
from plugins.zammad.tests.judge import directions_attributes, directions_mail, directions_tickets
from plugins.zammad.tests.judge.stage import Direction, Stage
from plugins.zammad.tests.judge.steps import USERS, make_ticket

DIRECTIONS: dict[str, Direction] = {
    **directions_tickets.DIRECTIONS,
    **directions_mail.DIRECTIONS,
    **directions_attributes.DIRECTIONS,
}
"""What to do before an exchange, by the number it begins with."""


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
    make_ticket(stage, USERS, "Welcome to Zammad!", who="nicole")
    world.tickets[1].update(
        create_article_type_id=5, last_contact_at=world.now(), last_contact_customer_at=world.now()
    )
    world.articles[1]["type_id"] = 5


def worker_rests(name: str) -> bool:
    """Whether the background worker had not run yet when the next request came."""
    spans = (("080", "100"), ("101", "121"), ("263", "263m"), ("320", "321g"))
    return any(first <= name < last for first, last in spans)
