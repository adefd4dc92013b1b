"""The whole service for a test: real database, real HTTP, a helpdesk with staff, a clock that only tests move.

A test says what people do (`harness.reporter.send(...)`, `harness.staff.answer(...)`), lets the service settle, and
looks at what people see. At its end the harness fails on any error in the log that the test did not announce, and on
any mark of the canary reporter anywhere it must not be.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from connector.bootstrap import Application
from connector.log import LogCapture
from connector.store.outbox_rows import RowOverview, RowState
from connector.testing.clock import FakeClock
from connector.testing.staff import StaffHands
from tests.canary import Canary, found_in
from tests.desks import Desk
from tests.reporter import Reporter
from tests.stored import everything_stored
from webhook_server.serve import Server

DEADLINE = 15.0
"""Seconds within which something that happens in another thread must have happened."""


@dataclass
class Harness:
    """A running Tipbridge in this process. `settle` does the worker's work in the caller's thread."""

    app: Application
    desk: Desk
    clock: FakeClock
    server: Server
    directory: Path
    logs: LogCapture
    canary: Canary = field(default_factory=Canary)
    announced: set[str] = field(default_factory=set)

    @property
    def url(self) -> str:
        """The address of the reporter's pages and the API."""
        return f"http://127.0.0.1:{self.server.port}"

    @property
    def staff(self) -> StaffHands:
        """What staff do in the helpdesk."""
        return self.desk.staff

    def reporter(self) -> Reporter:
        """A new reporter, the canary's browser."""
        return Reporter(self.url, self.canary)

    def deliver(self) -> int:
        """Work the outbox off as far as it goes now; how many rows were tried."""
        count = 0
        while self.app.delivery.deliver_one(self.desk.helpdesk_id):
            count += 1
        return count

    def read(self) -> int:
        """Read all tickets that are hinted; how many."""
        count = 0
        while self.app.polling.read_one(self.desk.helpdesk_id):
            count += 1
        return count

    def settle(self) -> None:
        """Let everything happen that is owed: deliver, poll, read, deliver what followed."""
        self.deliver()
        self.fast_forward(seconds=31)
        self.app.polling.poll(self.desk.helpdesk_id)
        self.read()
        self.deliver()

    def fast_forward(self, **by: float) -> None:
        """Move the clock of the service and of the helpdesk."""
        self.clock.advance(timedelta(**by))

    def rows(self, state: RowState | None = None) -> list[RowOverview]:
        """What is in the outbox."""
        with self.app.store.read() as tx:
            return tx.outbox.overview(state)

    def alarms(self) -> set[str]:
        """The open alarms, by id."""
        with self.app.store.read() as tx:
            return {alarm.alarm for alarm in tx.alarms.all_open()}

    def ticket_of(self, reporter: Reporter) -> str:
        """The platform's id of the ticket of this reporter's case."""
        found = self.staff.tickets_with(f"TIP-{reporter.case}")
        assert len(found) == 1, f"one case, one ticket; found {len(found)}"
        return found[0]

    def only_ticket(self) -> str:
        """The platform's id of the only ticket there is."""
        dawn = self.clock.now() - timedelta(days=1)
        (change,) = self.app.plugins[self.desk.helpdesk_id].changes_since(dawn)
        return change.ticket_id

    def wait_until(self, happened: Callable[[], bool], what: str) -> None:
        """Wait for something in another thread or process, with a deadline."""
        ends = time.monotonic() + DEADLINE
        pause = threading.Event()
        while not happened():
            assert time.monotonic() < ends, f"not within {DEADLINE} s: {what}"
            pause.wait(0.02)

    def expect_error(self, *events: str) -> None:
        """Announce that these events will be in the log at error level."""
        self.announced.update(events)

    def check_nothing_leaked(self) -> None:
        """No unannounced error in the log; no canary mark in anything that left or was stored."""
        unexpected = [entry["event"] for entry in self.logs.errors if entry["event"] not in self.announced]
        assert not unexpected, f"errors in the log that the test did not announce: {unexpected}"
        marks = self.canary.never_leaves
        metrics = self.app.admin_app().test_client().get("/metrics").data
        watched = self.app.admin_app().test_client().get("/watchz").data
        places = {
            "the log": repr(self.logs.events).encode(),
            "the helpdesk": self.desk.received(),
            "the database": everything_stored(self.app.store, self.directory),
            "the metrics": metrics + watched,
        }
        for place, content in places.items():
            assert not (found := found_in(content, marks)), f"{place} holds {found}"
        for place in ("the log", "the database", "the metrics"):
            assert not found_in(places[place], (self.canary.words,)), f"{place} holds the tip's words"


@contextmanager
def served(app: Application) -> Iterator[Server]:
    """The web half on a free port of loopback."""
    server = Server(app.web_app(), "127.0.0.1", 0, largest_body=app.limits.body_bytes, spool=app.spool)
    server.start()
    try:
        yield server
    finally:
        server.stop()
