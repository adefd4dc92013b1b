"""Tipbridge as it runs in a school: a web process and workers of their own, the practice helpdesk, the real clock."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from connector.clock import SystemClock
from connector.store import open_store
from connector.store.outbox_rows import RowOverview
from tests.canary import Canary
from tests.harness_fixtures import written_config
from tests.practice_desk import PracticeDesk
from tests.processes import Half
from tests.reporter import Reporter

DEADLINE = 60.0


@dataclass
class Live:
    """Started by the fixture `live`, ended by it."""

    desk: PracticeDesk
    config: Path
    database_url: str
    url: str
    log: Path
    workers: list[Half] = field(default_factory=list)
    canary: Canary = field(default_factory=Canary)

    def worker(self) -> Half:
        """One more worker, started."""
        half = Half(self.config, "worker", self.log)
        half.start()
        self.workers.append(half)
        return half

    def reporter(self) -> Reporter:
        """A new reporter."""
        return Reporter(self.url, self.canary)

    def owed(self) -> list[RowOverview]:
        """What is still to be delivered."""
        store = open_store(self.database_url)
        try:
            with store.read() as tx:
                return tx.outbox.overview(None)
        finally:
            store.close()

    def wait_until(self, happened: Callable[[], bool], what: str, *, within: float = DEADLINE) -> float:
        """Wait for something that other processes do; how many seconds it took."""
        started = time.monotonic()
        pause = threading.Event()
        while not happened():
            assert time.monotonic() - started < within, f"not within {within} s: {what}"
            pause.wait(0.05)
        return time.monotonic() - started

    def articles_about(self, reporter: Reporter, words: str) -> int:
        """In how many articles of all tickets of this reporter's case the words stand."""
        tickets = self.desk.staff.tickets_with(f"TIP-{reporter.case}")
        assert len(tickets) == 1, f"one case, one ticket; found {len(tickets)}"
        return sum(words in article.text for article in self.desk.staff.look(tickets[0]).articles)


def started(
    directory: Path, database_url: str, *, poll_every: str = "30s", webhooks: bool = True
) -> tuple[Live, Half]:
    """A practice helpdesk and a web process; workers are the test's to start."""
    desk = PracticeDesk(directory / "desk", SystemClock())
    config = written_config(
        directory / "tipbridge", desk, database_url, listen="127.0.0.1:0", poll_every=poll_every
    )
    log = directory / "log"
    web = Half(config, "web", log)
    url = web.start().removeprefix("ready ")
    if webhooks:
        desk.webhooks_to(f"{url}/webhooks/{desk.helpdesk_id}")
    return Live(desk, config, database_url, url, log), web
