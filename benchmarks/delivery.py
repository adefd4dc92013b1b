"""Tips delivered per second, beside bare `requests.post` of the same tickets to the same helpdesk: one call per tip."""

import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import requests

from benchmarks.clients import TEXT
from benchmarks.processes import started
from benchmarks.setting import application
from benchmarks.timing import line, median
from connector.bootstrap import Application
from connector.domain.tip import Tip
from connector.services.crew import Crew

HANDS, TIPS, ROUNDS = 8, 240, 3


def settings_of(known: dict[str, Any]) -> dict[str, Any]:
    """What stands in the config."""
    access = {"url": known["url"], "token": known["token"], "customer": known["customer"]}
    return {"platform": "zammad", "group": "Hinweise", "concurrency": HANDS, **access}


def filled(app: Application) -> None:
    """Put tips into the outbox."""
    for _ in range(TIPS):
        app.intake.accept(Tip(school="north-high", category="bullying", text=TEXT))


def ours(app: Application) -> float:
    """Tips per second through the outbox, with as many hands as a worker has."""
    filled(app)
    began = time.monotonic()
    with ThreadPoolExecutor(HANDS) as pool:
        delivery = app.delivery
        crew = Crew(HANDS, lambda: delivery.deliver_one("desk"), lambda: delivery.owed("desk"), pool, app.log)
        while owed(app):
            crew.wake()
            time.sleep(0.02)
    return TIPS / (time.monotonic() - began)


def owed(app: Application) -> bool:
    """Whether anything is left."""
    with app.store.read() as tx:
        return bool(tx.outbox.overview())


def bare(known: dict[str, Any], round_: int) -> float:
    """Tips per second by what a script would do."""

    def send(session: requests.Session, number: int) -> None:
        body = {
            "title": "Bullying",
            "group": "Hinweise",
            "customer_id": known["customer"],
            "number": f"BARE-{round_}-{number}",
            "tags": "tip,bullying,routine",
            "article": {"body": TEXT * 2, "type": "note", "sender": "Customer", "internal": False},
        }
        answer = session.post(f"{known['url']}/api/v1/tickets", json=body, timeout=30)
        assert answer.status_code == 201, answer.status_code

    def work(hand: int) -> None:
        with requests.Session() as session:
            session.headers["Authorization"] = f"Token token={known['token']}"
            for number in range(hand, TIPS, HANDS):
                send(session, number)

    began = time.monotonic()
    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(work, range(HANDS)))
    return TIPS / (time.monotonic() - began)


def measured(latency: float) -> tuple[float, float]:
    """Both rates, in turns; a fresh helpdesk and a fresh outbox for each round."""
    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    for round_ in range(ROUNDS):
        with (
            tempfile.TemporaryDirectory() as directory,
            started("benchmarks.zammad_target", str(latency)) as target,
        ):
            app = application(Path(directory), settings_of(target.known), derive=False)
            app.working.begin()
            turns: list[tuple[str, Callable[[], float]]] = [
                ("ours", lambda app=app: ours(app)),  # type: ignore[misc]
                ("bare", lambda known=target.known, round_=round_: bare(known, round_)),  # type: ignore[misc]
            ]
            for name, measure in turns if round_ % 2 else reversed(turns):
                rates[name].append(measure())
            app.store.close()
    return median(rates["ours"]), median(rates["bare"])


def main() -> None:
    """Print both latencies; the bar is for the one that a real helpdesk has."""
    for latency, bar in ((0.15, "ratio (bar 0.8)"), (0.0, "ratio (no bar)")):
        mine, theirs = measured(latency)
        line(
            f"delivery, helpdesk answers in {latency * 1000:.0f} ms",
            ("bare requests.post", theirs, "/s"),
            ("Tipbridge", mine, "/s"),
            (bar, mine / theirs, ""),
        )


if __name__ == "__main__":
    main()
