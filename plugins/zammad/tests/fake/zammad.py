"""A Zammad to test against: the whole server in this process, reached over real HTTP."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from plugins.zammad.tests.fake import people, routes, seeds
from plugins.zammad.tests.fake.access import Caller
from plugins.zammad.tests.fake.api import Api
from plugins.zammad.tests.fake.background import Background
from plugins.zammad.tests.fake.cast import TIPS, move_in
from plugins.zammad.tests.fake.deliveries import Deliveries
from plugins.zammad.tests.fake.faults import Faults
from plugins.zammad.tests.fake.gate import Gate, SeenRequest
from plugins.zammad.tests.fake.groups import add_email_address
from plugins.zammad.tests.fake.looking import Looking
from plugins.zammad.tests.fake.mail import Post, SentMail
from plugins.zammad.tests.fake.notifications import Notifications
from plugins.zammad.tests.fake.routes_hooks import Triggers, Webhooks
from plugins.zammad.tests.fake.server import HttpServer
from plugins.zammad.tests.fake.staff import Staff
from plugins.zammad.tests.fake.triggers import TriggerRunner
from plugins.zammad.tests.fake.versions import VERSIONS, VersionName
from plugins.zammad.tests.fake.world import World

LEAST_RIGHTS = ("read", "create", "change")


def _now() -> datetime:
    return datetime.now(UTC)


class FakeZammad(Looking):
    """One installation with the people and groups of the recorded server.

    Groups: 1 Users, 2 Secret, 3 `group` (where tips go). People: `admin`, `agent` (staff of groups 1 and 3),
    `connector` (the API account, with `connector_rights` in group 3), `readonly`, `noaccess`, `customer`;
    more by `hire`. Use it as a context manager, or call `start` and `stop`; between the two it can be `down`
    and come `up` again. `world` is everything it knows, for tests that must look inside.
    """

    def __init__(
        self,
        version: VersionName = "5.5",
        *,
        clock: Callable[[], datetime] = _now,
        latency: float = 0.0,
        group: str = "Hinweise",
        connector_rights: Iterable[str] = LEAST_RIGHTS,
        system_id: int = 97,
    ) -> None:
        self.world = World(VERSIONS[version], clock, system_id)
        self.worker = Background()
        self.post = Post(self.world)
        self.hooks = Deliveries(self.world)
        self.faults = Faults(self.world, latency)
        triggers = TriggerRunner(self.world, self.hooks, self.post, self.worker)
        self.world.after_commit += [triggers.after, Notifications(self.world, self.worker).after]
        seeds.plant(self.world)
        cast = move_in(self.world, group, connector_rights, self.worker.settle)
        self.admin, self.agent, self.connector = cast.admin, cast.agent, cast.connector
        self.customer, self.noaccess, self.readonly = cast.customer, cast.noaccess, cast.readonly
        self._api = Api(self.world, self.worker)
        routes.register(self._api)
        self._gate = Gate(self._api.app, self.faults)
        self._server = HttpServer(self._gate)

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
        """End it. Raises AssertionError if the fake itself failed, which a client sees only as a 500."""
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

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.stop()

    def hire(
        self,
        name: str,
        firstname: str,
        lastname: str,
        *,
        rights: Mapping[int, Iterable[str]] | None = None,
        permissions: Iterable[str] = ("ticket.agent",),
    ) -> Staff:
        """One more agent `<name>@example.org`, with a token and with rights by group id."""
        person = people.add_person(
            self.world, name, firstname, lastname, rights=rights, permissions=permissions
        )
        return Staff(self.world, person, self.worker.settle)

    def connect_webhook(self, endpoint: str, secret: str | None, *, group_id: int = TIPS) -> None:
        """What an administrator sets up: a webhook, and a trigger that tells of every change in a group."""
        admin = Caller(self.world.users[self.admin.id])
        webhook = {"name": "tips", "endpoint": endpoint, "signature_token": secret}
        row = Webhooks(self.world).create(admin, webhook)
        condition = {"ticket.group_id": {"operator": "is", "value": [str(group_id)]}}
        perform = {"notification.webhook": {"webhook_id": row["id"]}}
        modes = {"activator": "action", "execution_condition_mode": "always"}
        Triggers(self.world).create(
            admin, {"name": "tips", "condition": condition, "perform": perform, **modes}
        )

    def group_sends_from(self, address: str, *, name: str = "Desk", group_id: int = TIPS) -> None:
        """Give a group an address: its tickets can send mail, and the auto-reply trigger works."""
        row = add_email_address(self.world, address, name)
        self.world.groups[group_id]["email_address_id"] = row["id"]
