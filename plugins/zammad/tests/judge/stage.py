"""The stage: a fake set up as the recorded server was, on which the exchanges are played in their order.

The recordings leave out some of the requests that were made in between. What these left behind is restored
here, before the exchange that needs it, so that every id, number and list comes out as it was.
"""

import base64
import http.client
import json
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from plugins.zammad.tests.fake import FakeZammad
from plugins.zammad.tests.fake.people import add_token
from plugins.zammad.tests.fake.staff import Staff
from plugins.zammad.tests.judge.played import Played, Sent, TickingClock
from plugins.zammad.tests.judge.recordings import Exchange

Direction = Callable[["Stage"], None]


class Stage:
    """One recorded server: the fake, its people by the recordings' names, and what its webhooks sent."""

    def __init__(
        self,
        *,
        system_id: int,
        prepare: Direction,
        directions: dict[str, Direction],
        worker_rests: Callable[[str], bool],
    ) -> None:
        self.clock = TickingClock()
        self.zammad = FakeZammad("5.5", clock=self.clock, system_id=system_id)
        self.people: dict[str, Staff] = {
            name: getattr(self.zammad, name)
            for name in ("admin", "agent", "connector", "customer", "noaccess", "readonly")
        }
        self.tokens = {name: person.token for name, person in self.people.items()}
        self.sent: list[Sent] = []
        self._directions = directions
        self._worker_rests = worker_rests
        self._prepare = prepare

    def __enter__(self) -> Self:
        self.zammad.start()
        self.zammad.hooks.hold()
        self.zammad.worker.hold()
        self._prepare(self)
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        self.zammad.stop()

    def play(self, exchange: Exchange) -> Played:
        """Set the scene for an exchange, send its request and let the worker run, if it did then."""
        direction = self._directions.get(exchange.name.partition("_")[0])
        if direction is not None:
            direction(self)
        answer = self.request(
            exchange.method, exchange.path, self._headers(exchange), exchange.request_body()
        )
        if not self._worker_rests(exchange.name):
            self.run_worker()
        return answer

    def run_worker(self) -> None:
        """Do what waits, and build what webhooks would send now."""
        self.zammad.worker.run()
        for post in self.zammad.hooks.build_waiting():
            self.sent.append(Sent(post.headers["X-Zammad-Trigger"], post.headers, post.body))

    def api(self, who: str, method: str, path: str, body: Any = None) -> Any:
        """A request that was made but not recorded. Fails unless it succeeds."""
        headers = {
            "Accept": "application/json",
            "Authorization": f"Token token={self.tokens[who]}",
            "Content-Type": "application/json",
        }
        answer = self.request(method, path, headers, None if body is None else json.dumps(body).encode())
        assert answer.status < 300, f"{method} {path}: {answer.status} {answer.body!r}"
        return json.loads(answer.body) if answer.body else None

    def request(self, method: str, path: str, headers: dict[str, str], body: bytes | None) -> Played:
        """Send exactly this, and follow nothing."""
        connection = http.client.HTTPConnection(self.zammad.url.partition("://")[2], timeout=30)
        try:
            connection.request(method, path.replace(" ", "%20"), body, headers)
            answer = connection.getresponse()
            return Played(answer.status, dict(answer.headers), answer.read())
        finally:
            connection.close()

    def token_of(self, person: Staff, *permissions: str) -> str:
        """One more token for somebody."""
        value = f"{person.login}-{len(self.tokens)}"
        add_token(self.zammad.world, person.id, value, permissions, label=value)
        return value

    def _headers(self, exchange: Exchange) -> dict[str, str]:
        headers = dict(exchange.headers)
        given = headers.get("Authorization", "")
        if given.startswith("Basic"):
            agent = self.people["agent"]
            password = "wrong" if "wrong" in exchange.name else agent.password
            login = "lockme@example.org" if "7_failures" in exchange.name else agent.login
            headers["Authorization"] = f"Basic {base64.b64encode(f'{login}:{password}'.encode()).decode()}"
        elif "quoted" in exchange.name:
            headers["Authorization"] = f'Token token="{self.tokens["connector"]}"'
        elif given.startswith("Token") and exchange.as_user is not None:
            headers["Authorization"] = f"Token token={self.tokens.get(exchange.as_user, 'not-a-token')}"
        if "If-None-Match" in headers:
            headers["If-None-Match"] = self._tag_of(exchange, headers)
        return headers

    def _tag_of(self, exchange: Exchange, headers: dict[str, str]) -> str:
        """The entity tag the client would have kept from its last look."""
        plain = {name: value for name, value in headers.items() if name != "If-None-Match"}
        return self.request("GET", exchange.path, plain, None).headers["ETag"]
