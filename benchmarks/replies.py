"""From an answer at the helpdesk to the reporter's inbox, by webhook and by polling alone, through real processes."""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.timing import line, median, p95
from connector.store import open_store
from connector.store.upgrade import upgrade
from tests.live import Live
from tests.live import started as started_live

BY_WEBHOOK, BY_POLLING, POLL_EVERY = 30, 10, 2.0


@contextmanager
def service(poll_every: str, *, webhooks: bool) -> Iterator[Live]:
    """A web process, a worker, the practice helpdesk."""
    with tempfile.TemporaryDirectory() as directory:
        url = f"sqlite:///{directory}/tipbridge.db"
        store = open_store(url)
        upgrade(store)
        store.close()
        live, web = started_live(Path(directory), url, poll_every=poll_every, webhooks=webhooks)
        live.worker()
        try:
            yield live
        finally:
            for half in (*live.workers, web):
                half.stop()
            live.desk.stop()


def delays(live: Live, count: int) -> list[float]:
    """How long each of so many answers took."""
    reporter = live.reporter()
    reporter.send()
    live.wait_until(lambda: live.owed() == [], "the tip is delivered")
    (ticket,) = live.desk.staff.tickets_with(f"TIP-{reporter.case}")
    found = []
    for number in range(count):
        live.desk.staff.answer(ticket, f"answer {number}")
        began = time.monotonic()
        live.wait_until(lambda: len(reporter.answers()) == number + 1, "the answer is readable")  # noqa: B023
        found.append(time.monotonic() - began)
    return found


def main() -> None:
    """Print the 95th percentiles."""
    print("replies by webhook", file=sys.stderr, flush=True)
    with service("30s", webhooks=True) as live:
        by_webhook = delays(live, BY_WEBHOOK)
    print("replies by polling", file=sys.stderr, flush=True)
    with service(f"{POLL_EVERY:.0f}s", webhooks=False) as live:
        by_polling = delays(live, BY_POLLING)
    line(
        "reply by webhook (bar: p95 under 1 s)",
        ("median", median(by_webhook), "s"),
        ("p95", p95(by_webhook), "s"),
    )
    line(
        f"reply by polling every {POLL_EVERY:.0f} s (bar: p95 under {POLL_EVERY + 1:.0f} s)",
        ("median", median(by_polling), "s"),
        ("p95", p95(by_polling), "s"),
    )


if __name__ == "__main__":
    main()
