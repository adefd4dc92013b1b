"""A Zammad to test against: the whole server in this process, reached over real HTTP."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from plugins.zammad.tests.fake import (
    people,
    render,
    routes_admin,
    routes_articles,
    routes_people,
    routes_tickets,
    seeds,
)
from plugins.zammad.tests.fake.api import Api
from plugins.zammad.tests.fake.background import Background
from plugins.zammad.tests.fake.deliveries import Deliveries
from plugins.zammad.tests.fake.faults import Faults
from plugins.zammad.tests.fake.mail import Post, SentMail
from plugins.zammad.tests.fake.notifications import Notifications
from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.gate import Gate, SeenRequest
from plugins.zammad.tests.fake.server import HttpServer
from plugins.zammad.tests.fake.staff import Staff, TicketKey, find_ticket
from plugins.zammad.tests.fake.triggers import Triggers
from plugins.zammad.tests.fake.versions import VERSIONS, VersionName
from plugins.zammad.tests.fake.world import World

LEAST_RIGHTS = ("read", "create", "change")


def _now() -> datetime:
    return datetime.now(UTC)


class FakeZammad:
    """One installation with the people and groups of the recorded server.

    Groups: 1 Users, 2 Secret, 3 `group` (where tips go). People: `admin`, `agent` (staff of groups 1 and 3), `connector`
    (the API account, with `connector_rights` in group 3), `readonly`, `noaccess`, `customer`; more by `hire`.
    Use it as a context manager, or call `start` and `stop`; between the two it can be `down` and come `up` again.
    """

    def __init__(self, version: VersionName = "5.5", *, clock: Callable[[], datetime] = _now, latency: float = 0.0,
                 group: str = "Hinweise", connector_rights: Iterable[str] = LEAST_RIGHTS, system_id: int = 97) -> None:
        self.world = World(VERSIONS[version], clock, system_id)
        self.worker = Background()
        self.post = Post(self.world)
        self.hooks = Deliveries(self.world)
        self.faults = Faults(self.world, latency)
        triggers = Triggers(self.world, self.hooks, self.post, self.worker)
        self.world.after_commit += [triggers.after, Notifications(self.world, self.worker).after]
        seeds.plant(self.world)
        self._settle_in(group, connector_rights)
        self._api = Api(self.world, self.worker)
        for routes in (routes_tickets, routes_articles, routes_people, routes_admin):
            routes.register(self._api)
        self._gate = Gate(self._api.app, self.faults)
        self._server = HttpServer(self._gate)

    def _settle_in(self, group: str, connector_rights: Iterable[str]) -> None:
        world = self.world
        world.settings.update(ticket_auto_assignment=False, ticket_trigger_recursive=False, maintenance_mode=False)
        world.users.put({"id": world.users.next_id(), **people.user_row(
            world, login="-", firstname="-", email="", department="", address="", active=False, role_ids=[])})
        people.add_group(world, "Users", signature_id=1, note="Standard Group/Pool for Tickets.")
        people.add_group(world, "Secret")
        people.add_group(world, group)
        nicole = people.add_person(world, "nicole.braun", "Nicole", "Braun", roles=[people.CUSTOMER_ROLE],
                                   organization_id=1)
        self.admin = self.hire("admin", "Ada", "Admin", roles=(people.ADMIN_ROLE, people.AGENT_ROLE), rights={
            1: ["full"], 2: ["full"], 3: ["full"]}, permissions=("admin", "ticket.agent"))
        self.agent = self.hire("agent", "Alan", "Agent", rights={1: ["full"], 3: ["full"]})
        self.connector = self.hire("connector", "Connie", "Connector", rights={3: connector_rights})
        self.customer = self.hire("customer", "Carla", "Customer", roles=(people.CUSTOMER_ROLE,),
                                  permissions=("ticket.customer",))
        self.noaccess = self.hire("noaccess", "Nora", "Noaccess")
        self.readonly = self.hire("readonly", "Rita", "Readonly", rights={1: ["read"]})
        del nicole

    @property
    def url(self) -> str:
        """Where it answers, without a trailing slash."""
        return self.world.url

    @property
    def requests(self) -> list[SeenRequest]:
        """Every request so far, whatever became of it."""
        return self._gate.requests

    @property
    def sent_mails(self) -> list[SentMail]:
        """Every mail that left."""
        return self.post.sent

    def start(self) -> Self:
        """Listen; the address is in `url`."""
        self._server.start()
        self.world.url = f"http://127.0.0.1:{self._server.port}"
        return self

    def stop(self) -> None:
        """End it. Raises AssertionError if the fake itself failed on the way, which a client sees only as a 500."""
        self.faults.release()
        self.hooks.stop()
        self._server.stop()
        assert not self._api.crashes, "the fake Zammad failed:\n" + "\n".join(self._api.crashes)

    def down(self) -> None:
        """Refuse connections until `up`."""
        self._server.stop()

    def up(self) -> None:
        """Answer again, at the same address and with everything still there."""
        self._server.start()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None,
                 _where: TracebackType | None) -> None:
        self.stop()

    def hire(self, name: str, firstname: str, lastname: str, *, roles: Iterable[int] = (people.AGENT_ROLE,),
             rights: dict[int, Iterable[str]] | None = None, permissions: Iterable[str] = ("ticket.agent",)) -> Staff:
        """Somebody new, with a token and with rights by group id."""
        person = people.add_person(self.world, name, firstname, lastname, roles=roles, rights=rights,
                                   permissions=permissions)
        return Staff(self.world, person, self.worker.settle)

    def group_sends_from(self, group_id: int, address: str, name: str = "Desk") -> None:
        """Give a group an address: its tickets can send mail, and the auto-reply trigger works."""
        self.world.groups[group_id]["email_address_id"] = people.add_email_address(self.world, address, name)["id"]

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
            return [render.article_with_names(self.world, row) for row in self.world.articles_of(ticket["id"])]

    def tags(self, key: TicketKey) -> list[str]:
        """A ticket's tags."""
        with self.world.lock:
            return self.world.tags_of(find_ticket(self.world, key)["id"])

    def file(self, attachment_id: int) -> bytes:
        """A file's bytes as stored."""
        return bytes(self.world.attachments[attachment_id]["content"])
