"""People at their desks: what staff do in Zammad's own pages, done by a test in one line."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from plugins.zammad.tests.fake import article_changes, articles, merging, render, tags, tickets
from plugins.zammad.tests.fake.access import Caller
from plugins.zammad.tests.fake.desk import TicketKey, find_ticket, upload
from plugins.zammad.tests.fake.people import Person
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.world import World


class Staff:
    """One person with an account, acting with all their rights.

    What they write arrives as it does from the web pages: same checks, same triggers, same history.
    Everything returns the record as Zammad would show it.
    """

    def __init__(self, world: World, person: Person, settle: Callable[[], None]) -> None:
        self._world = world
        self._person = person
        self._settle = settle

    @property
    def id(self) -> int:
        """Their user id."""
        return self._person.id

    @property
    def login(self) -> str:
        """Their login, which is also their address."""
        return self._person.login

    @property
    def token(self) -> str:
        """Their API token."""
        return self._person.token

    @property
    def password(self) -> str:
        """What they log in with."""
        return self._person.password

    def reply_note(
        self,
        ticket: TicketKey,
        text: str,
        *,
        public: bool = True,
        html: bool = False,
        files: dict[str, bytes] | None = None,
    ) -> Row:
        """A note, public or internal, with files by name. Its text is HTML with `html`."""
        return self._article(ticket, type="note", internal=not public, body=text, files=files, html=html)

    def email(
        self,
        ticket: TicketKey,
        *,
        to: str,
        body: str,
        cc: str | None = None,
        subject: str | None = None,
        html: bool = False,
        internal: bool = False,
    ) -> Row:
        """An e-mail from the ticket; the group needs an address to send from."""
        return self._article(
            ticket, type="email", to=to, cc=cc, subject=subject, body=body, html=html, internal=internal
        )

    def phone(self, ticket: TicketKey, text: str) -> Row:
        """The memo of a call."""
        return self._article(ticket, type="phone", body=text, internal=False)

    def web(self, ticket: TicketKey, text: str) -> Row:
        """An article of type web, as some integrations write them."""
        return self._article(ticket, type="web", body=text, internal=False)

    def flip(self, article: int | Row, *, internal: bool) -> Row:
        """Make an article internal or public afterwards."""
        row = self._world.articles[article if isinstance(article, int) else article["id"]]
        with self._world.transaction(self.id) as changes:
            article_changes.set_internal(self._world, changes, row, internal)
        return render.article_with_names(self._world, row)

    def change(self, ticket: TicketKey, **fields: Any) -> Row:
        """Set fields of a ticket by the names the API has for them."""
        row = find_ticket(self._world, ticket)
        with self._world.transaction(self.id) as changes:
            tickets.update(self._world, changes, self._caller, row, fields)
        self._settle()
        return render.ticket_with_names(self._world, row)

    def set_state(self, ticket: TicketKey, state: str, *, pending_time: datetime | None = None) -> Row:
        """Set the state by name."""
        more = {} if pending_time is None else {"pending_time": pending_time.isoformat()}
        return self.change(ticket, state=state, **more)

    def set_owner(self, ticket: TicketKey, owner: "Staff | None") -> Row:
        """Give the ticket to somebody, or to nobody."""
        return self.change(ticket, owner="-" if owner is None else owner.login)

    def set_priority(self, ticket: TicketKey, priority: str) -> Row:
        """Set the priority by name: "1 low", "2 normal", "3 high"."""
        return self.change(ticket, priority=priority)

    def set_group(self, ticket: TicketKey, group: str) -> Row:
        """Move the ticket to another group."""
        return self.change(ticket, group=group)

    def tag(self, ticket: TicketKey, item: str) -> None:
        """Add a tag."""
        row = find_ticket(self._world, ticket)
        with self._world.transaction(self.id) as changes:
            tags.add(self._world, changes, self._caller, row, item)

    def merge(self, source: TicketKey, target: TicketKey) -> None:
        """Merge one ticket into another."""
        source_row, target_row = find_ticket(self._world, source), find_ticket(self._world, target)
        with self._world.transaction(self.id) as changes:
            merging.merge(self._world, changes, self._caller, source_row, target_row)
        self._settle()

    def delete(self, ticket: TicketKey) -> None:
        """Delete a ticket; only an admin can."""
        row = find_ticket(self._world, ticket)
        with self._world.transaction(self.id) as changes:
            tickets.delete(self._world, changes, self._caller, row)

    @property
    def _caller(self) -> Caller:
        return Caller(self._world.users[self.id])

    def _article(
        self, ticket: TicketKey, *, files: dict[str, bytes] | None = None, html: bool = False, **given: Any
    ) -> Row:
        row = find_ticket(self._world, ticket)
        given["content_type"] = "text/html" if html else "text/plain"
        given["attachments"] = [upload(name, content) for name, content in (files or {}).items()]
        with self._world.transaction(self.id) as changes:
            article = articles.add(self._world, changes, self._caller, row, given)
        self._settle()
        return render.article_with_names(self._world, article)
