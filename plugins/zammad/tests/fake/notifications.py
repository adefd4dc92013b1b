"""Telling staff: each change leaves "notification" rows in the history once the background worker has run."""

from functools import partial

from plugins.zammad.tests.fake import history
from plugins.zammad.tests.fake.access import may_own
from plugins.zammad.tests.fake.background import Background
from plugins.zammad.tests.fake.rows import Transaction
from plugins.zammad.tests.fake.world import NOBODY, World


class Notifications:
    """Notifies everybody with `full` in the group (the owner alone if there is one), but not who did it."""

    def __init__(self, world: World, background: Background) -> None:
        self._world = world
        self._background = background

    def after(self, changes: Transaction) -> None:
        """Queue the notifications of a transaction. Merges, and what nobody did, notify nobody."""
        for event in changes.events.values():
            if event.kind in ("create", "update") and event.actor_id != NOBODY:
                self._background.later(partial(self._tell, event.ticket_id, event.kind, event.actor_id))

    def _tell(self, ticket_id: int, kind: str, actor_id: int) -> None:
        world = self._world
        with world.lock, Transaction(actor_id, world.now) as changes:
            ticket = world.tickets.get(ticket_id)
            if ticket is None:
                return
            for user in world.users:
                wanted = ticket["owner_id"] in (NOBODY, user["id"]) and user["id"] != actor_id
                if wanted and may_own(user, ticket["group_id"]):
                    history.notified(world, changes, ticket_id, user["login"], kind, actor_id)
