"""Everything the fake server knows, behind one lock."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from plugins.zammad.tests.fake.rows import Row, Table, Transaction
from plugins.zammad.tests.fake.versions import Version

NOBODY = 1
"""The person `-`: owner of what nobody owns, author of what the system does."""


class World:
    """The tables of one Zammad.

    `clock` may stand still or jump; times are kept to the millisecond, as Zammad tells them. All reading and
    writing happens under `lock`, so requests are served one at a time except while they wait on purpose.
    """

    def __init__(self, version: Version, clock: Callable[[], datetime], system_id: int) -> None:
        self.version = version
        self.clock = clock
        self.system_id = system_id
        self.lock = threading.RLock()
        self.url = ""
        self.number_counter = 0
        self.after_commit: list[Callable[[Transaction], None]] = []
        self.settings: dict[str, object] = {
            "api_token_access": True,
            "maintenance_mode": False,
            "tag_new": True,
            "ticket_auto_assignment": False,
            "ticket_trigger_recursive": False,
        }
        self.users = Table()
        self.roles = Table()
        self.groups = Table()
        self.organizations = Table()
        self.tokens = Table()
        self.states = Table()
        self.priorities = Table()
        self.article_types = Table()
        self.senders = Table()
        self.tickets = Table()
        self.articles = Table(belongs_to="ticket_id")
        self.attachments = Table(belongs_to="article_id")
        self.tags = Table(belongs_to="o_id")
        self.links = Table()
        self.history = Table(belongs_to="ticket_id")
        self.attributes = Table()
        self.webhooks = Table()
        self.triggers = Table()
        self.email_addresses = Table()

    def now(self) -> datetime:
        """The clock's time in UTC, cut to milliseconds."""
        moment = self.clock().astimezone(UTC)
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    @contextmanager
    def transaction(self, actor_id: int, *, runs_triggers: bool = True) -> Iterator[Transaction]:
        """All of the block or nothing of it; afterwards triggers and notifications look at what happened."""
        with self.lock:
            with Transaction(actor_id, self.now, runs_triggers=runs_triggers) as changes:
                yield changes
            for listener in self.after_commit:
                listener(changes)

    def next_number(self, changes: Transaction) -> str:
        """The next ticket number: system id and counter. A failed request gives it back, unlike an id."""
        before = self.number_counter
        changes.on_rollback(lambda: setattr(self, "number_counter", before))
        self.number_counter += 1
        return f"{self.system_id}{self.number_counter:03d}"

    def articles_of(self, ticket_id: int) -> list[Row]:
        """A ticket's articles in Zammad's order: by time, then id."""
        return sorted(self.articles.of(ticket_id), key=lambda row: (row["created_at"], row["id"]))

    def tags_of(self, ticket_id: int) -> list[str]:
        """A ticket's tags, oldest first; parallel adds may have made doubles."""
        return [row["item"] for row in self.tags.of(ticket_id)]

    def custom_attributes(self) -> list[Row]:
        """The ticket attributes that are columns by now."""
        return [row for row in self.attributes if not row["to_create"]]

    def is_communication(self, article: Row) -> bool:
        """Whether an article's type is one that talks to the customer: all but `note`."""
        return bool(self.article_types[article["type_id"]]["communication"])
