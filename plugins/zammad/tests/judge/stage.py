"""The stage: a fake set up as the recorded server was, on which the exchanges are played again in their order.

The recordings leave out some of the requests that were made in between. What these left behind is restored here,
before the exchange that needs it, so that every id, number and list comes out as it was.
"""

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self

from plugins.zammad.tests.fake import FakeZammad
from plugins.zammad.tests.fake.people import add_token
from plugins.zammad.tests.fake.staff import Staff
from plugins.zammad.tests.judge.recordings import Exchange

Direction = Callable[["Stage"], None]


@dataclass(frozen=True, slots=True)
class Played:
    """What the fake answered."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """A webhook delivery of the fake's, built when its worker ran."""

    trigger: str
    headers: dict[str, str]
    body: bytes


class TickingClock:
    """Moves on a little whenever it is read, as on a real machine: no two changes share a time."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 22, 1, 45, 3, tzinfo=UTC)

    def not_before(self, moment: datetime) -> None:
        """Jump ahead to `moment`, unless it is past already."""
        self._now = max(self._now, moment)

    def __call__(self) -> datetime:
        """The time, 7 ms later than last time."""
        self._now += timedelta(milliseconds=7)
        return self._now


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
        """Set the scene for an exchange, send its request and let the background worker run, if it did then."""
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
        request = urllib.request.Request(
            self.zammad.url + path.replace(" ", "%20"), body, headers, method=method
        )
        # The library would add a type of its own to a body that has none.
        if body is not None and not headers.get("Content-Type"):
            request.add_unredirected_header("Content-type", "")
        opener = urllib.request.build_opener(_NoRedirect)
        opener.addheaders = []
        try:
            with opener.open(request, timeout=30) as answer:
                return Played(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return Played(refused.code, dict(refused.headers), refused.read())

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


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None
