"""KILL at random moments, two workers on one database: nothing is lost, nothing is doubled."""

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live import Live, started
from tests.reporter import Reporter


@pytest.fixture
def live(database_url: str, tmp_path: Path) -> Iterator[Live]:
    running, web = started(tmp_path, database_url)
    yield running
    for half in (*running.workers, web):
        half.stop()
    running.desk.stop()


def tell_twice(live: Live, number: int) -> tuple[Reporter, str]:
    reporter = live.reporter()
    reporter.send(f"tip number {number}.")
    words = f"follow-up number {number}."
    assert reporter.write(words).status_code == 202
    return reporter, words


def check_all_arrived_once(live: Live, told: list[tuple[Reporter, str]]) -> None:
    live.wait_until(lambda: live.owed() == [], "everything is delivered")
    for number, (reporter, words) in enumerate(told):
        assert live.articles_about(reporter, f"tip number {number}.") == 1
        assert live.articles_about(reporter, words) == 1


def killed_again_and_again(live: Live, kills: int) -> list[tuple[Reporter, str]]:
    """Tell and kill in turns. The helpdesk is slow, so that most kills fall into a request."""
    chance = random.Random(20261124)
    live.desk.be_slow(seconds=0.05)
    told = []
    for number in range(kills):
        told.append(tell_twice(live, number))
        worker = live.worker()
        threading.Event().wait(chance.uniform(0.0, 0.5))
        worker.kill()
    live.worker()
    return told


def test_a_worker_that_is_killed_twenty_times_loses_and_doubles_nothing(live: Live) -> None:
    check_all_arrived_once(live, killed_again_and_again(live, 20))


@pytest.mark.long
def test_a_worker_that_is_killed_two_hundred_times_loses_and_doubles_nothing(live: Live) -> None:
    check_all_arrived_once(live, killed_again_and_again(live, 200))


def test_two_workers_on_one_database_share_the_work(live: Live) -> None:
    told = [tell_twice(live, number) for number in range(30)]
    live.worker()
    live.worker()
    check_all_arrived_once(live, told)


def test_an_answer_is_in_the_inbox_within_moments_of_its_webhook(live: Live) -> None:
    live.worker()
    reporter, _ = tell_twice(live, 0)
    live.wait_until(lambda: live.owed() == [], "everything is delivered")
    (ticket_id,) = live.desk.staff.tickets_with(f"TIP-{reporter.case}")
    live.desk.staff.answer(ticket_id, "We are coming")
    took = live.wait_until(lambda: reporter.answers() == ["We are coming"], "the answer is there")
    assert took < 30, "by a webhook, not by the next poll"
