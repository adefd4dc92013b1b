"""What an article does to its ticket: counters, contact times, new becoming open."""

from plugins.zammad.tests.fake import ticket_changes
from plugins.zammad.tests.fake.rows import Row, Transaction
from plugins.zammad.tests.fake.world import World

AGENT, CUSTOMER, SYSTEM = 1, 2, 3
_NEW_KIND = 1
_OPEN_STATE = 2


def article_added(world: World, changes: Transaction, ticket: Row, article: Row) -> None:
    """Update the ticket after `article` was stored.

    A note is no communication: it moves neither contact times nor the state. A public agent article of any
    other type sets the first response and opens a new ticket. A customer's never reopens anything.
    """
    values = _counters(world, ticket, article)
    speaks = not article["internal"] and world.is_communication(article)
    if speaks and article["sender_id"] == AGENT:
        values["first_response_at"] = ticket["first_response_at"] or article["created_at"]
        values["last_contact_agent_at"] = values["last_contact_at"] = article["created_at"]
    elif speaks and article["sender_id"] == CUSTOMER and _answers_an_agent(ticket):
        values["last_contact_customer_at"] = values["last_contact_at"] = article["created_at"]
    if any(ticket[column] != value for column, value in values.items()):
        ticket_changes.save(world, changes, ticket, values)
    else:
        ticket_changes.touch(world, changes, ticket)
    is_new = world.states[ticket["state_id"]]["state_type_id"] == _NEW_KIND
    if speaks and article["sender_id"] == AGENT and is_new:
        ticket_changes.save(world, changes, ticket, {"state_id": _OPEN_STATE})


def _counters(world: World, ticket: Row, article: Row) -> Row:
    articles = world.articles.of(ticket["id"])
    values: Row = {"article_count": sum(1 for row in articles if row["sender_id"] != SYSTEM)}
    if len(articles) == 1:
        values |= {
            "create_article_type_id": article["type_id"],
            "create_article_sender_id": article["sender_id"],
        }
    return values


def _answers_an_agent(ticket: Row) -> bool:
    """Only a customer's first words after an agent's count: the column says since when they wait."""
    customer_at, agent_at = ticket["last_contact_customer_at"], ticket["last_contact_agent_at"]
    return customer_at is None or (agent_at is not None and agent_at > customer_at)
