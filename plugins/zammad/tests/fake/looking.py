"""Looking at what the fake holds without asking over HTTP."""

from plugins.zammad.tests.fake import render
from plugins.zammad.tests.fake.desk import TicketKey, find_ticket
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.world import World


class Looking:
    """What a test sees of a world. Everything comes as the API would show it."""

    world: World

    def ticket(self, key: TicketKey) -> Row:
        """A ticket as `expand=true` shows it. Raises LookupError."""
        with self.world.lock:
            return render.ticket_with_names(self.world, find_ticket(self.world, key))

    def tickets(self) -> list[Row]:
        """All tickets as `expand=true` shows them, oldest first."""
        with self.world.lock:
            return [render.ticket_with_names(self.world, row) for row in self.world.tickets]

    def articles(self, key: TicketKey) -> list[Row]:
        """A ticket's articles, internal ones too."""
        with self.world.lock:
            ticket = find_ticket(self.world, key)
            return [
                render.article_with_names(self.world, row) for row in self.world.articles_of(ticket["id"])
            ]

    def tags(self, key: TicketKey) -> list[str]:
        """A ticket's tags."""
        with self.world.lock:
            return self.world.tags_of(find_ticket(self.world, key)["id"])

    def file(self, attachment_id: int) -> bytes:
        """A file's bytes as stored."""
        return bytes(self.world.attachments[attachment_id]["content"])
