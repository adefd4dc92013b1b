"""What can be made to go wrong between a client and the fake."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from plugins.zammad.tests.fake.world import World

_PROXY_PAGE = b"<html><head><title>%d</title></head><body><center><h1>%d</h1></center><hr>nginx</body></html>"


class Kind(Enum):
    """What happens to a request."""

    ANSWER = auto()
    """It is answered with something else and never reaches Zammad."""
    DROP = auto()
    """The connection ends before anything is done."""
    DEADLOCK = auto()
    """PostgreSQL rolls it back: an opaque 422."""
    HANG_AFTER = auto()
    """It is done, but no answer comes until `release`."""
    DROP_AFTER = auto()
    """It is done, then the connection ends."""


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong, for the next `times` requests it fits."""

    kind: Kind
    times: int
    method: str | None
    path: str
    status: int = 0
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def fits(self, method: str, path: str) -> bool:
        """Whether it is meant for this request."""
        return self.times > 0 and self.method in (None, method) and path.startswith(self.path)


class Faults:
    """The faults switched on. Each says which requests it is for: `times`, `method`, a `path` prefix.

    `latency` (seconds) holds every answer back, any number of them at once, using no processor.
    """

    def __init__(self, world: World, latency: float) -> None:
        self._world = world
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._released = threading.Event()
        self.latency = latency

    def answer(
        self,
        status: int,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        retry_after: int | None = None,
        times: int = 1,
        method: str | None = None,
        path: str = "",
    ) -> None:
        """Answer `status` instead, by default with a proxy's HTML page: 500, 502, 503 or 429 with
        Retry-After ..."""
        shown = _PROXY_PAGE % (status, status) if body is None else body
        given = {"Content-Type": "text/html", **(headers or {})}
        if retry_after is not None:
            given["Retry-After"] = str(retry_after)
        self._add(Fault(Kind.ANSWER, times, method, path, status, shown, given))

    def redirect(
        self, location: str, *, status: int = 301, times: int = 1, method: str | None = None, path: str = ""
    ) -> None:
        """Send the client elsewhere, as a proxy does that turns http into https."""
        self.answer(status, body=b"", headers={"Location": location}, times=times, method=method, path=path)

    def drop(self, *, times: int = 1, method: str | None = None, path: str = "") -> None:
        """End the connection without doing anything."""
        self._add(Fault(Kind.DROP, times, method, path))

    def drop_after_commit(self, *, times: int = 1, method: str | None = None, path: str = "") -> None:
        """Do what is asked, then end the connection without an answer."""
        self._add(Fault(Kind.DROP_AFTER, times, method, path))

    def hang_after_commit(self, *, times: int = 1, method: str | None = None, path: str = "") -> None:
        """Do what is asked, then say nothing until `release`: the client runs into its time-out."""
        self._released.clear()
        self._add(Fault(Kind.HANG_AFTER, times, method, path))

    def deadlock(self, *, times: int = 1, method: str | None = None, path: str = "") -> None:
        """Do nothing and answer an opaque 422, which is what a deadlock looks like from outside."""
        self._add(Fault(Kind.DEADLOCK, times, method, path))

    def maintenance(self, on: bool = True) -> None:
        """Everybody but admins is answered 403 "Maintenance mode enabled!"."""
        self._world.settings["maintenance_mode"] = on

    def release(self) -> None:
        """Let hanging requests answer."""
        self._released.set()

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        with self._lock:
            self._faults.clear()
        self.latency = 0.0
        self.maintenance(False)
        self.release()

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for this request, used up by it."""
        with self._lock:
            found = next((fault for fault in self._faults if fault.fits(method, path)), None)
            if found is not None:
                found.times -= 1
        return found

    def wait_for_release(self) -> None:
        """Where a hanging request hangs."""
        self._released.wait()

    def _add(self, fault: Fault) -> None:
        with self._lock:
            self._faults.append(fault)
