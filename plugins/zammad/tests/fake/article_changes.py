"""What can still be done to an article: flip its visibility, or delete one's own note."""

from plugins.zammad.tests.fake.access import Caller
from plugins.zammad.tests.fake.errors import Forbidden
from plugins.zammad.tests.fake.rows import Row, Transaction
from plugins.zammad.tests.fake.world import World


def set_internal(world: World, changes: Transaction, article: Row, internal: bool) -> None:
    """Flip an article's visibility: article and ticket are touched, and no trigger fires."""
    changes.change(article, internal=internal, updated_by_id=changes.actor_id, updated_at=world.now())
    changes.change(world.tickets[article["ticket_id"]], updated_at=world.now())


def delete(world: World, changes: Transaction, caller: Caller, article: Row) -> None:
    """Remove one's own note. Raises Forbidden for anything that communicated, and for other people's."""
    if article["created_by_id"] != caller.id:
        raise Forbidden("Not authorized (you can only delete your own notes)!")
    if world.is_communication(article) and not article["internal"]:
        raise Forbidden("Not authorized (communication articles cannot be deleted)!")
    changes.delete(world.articles, article["id"])
    ticket = world.tickets[article["ticket_id"]]
    changes.change(ticket, updated_at=world.now(), article_count=max(0, (ticket["article_count"] or 0) - 1))
