"""A crew: as many hands as there is work for, never more than allowed, and no fault ends it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from connector.log import LogCapture
from connector.services.crew import Crew
from connector.testing import FakeClock

PATIENCE = 10.0


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


@pytest.fixture
def logs() -> LogCapture:
    return LogCapture(FakeClock(datetime(2026, 11, 24, tzinfo=UTC)))


class Work:
    """Pieces of work that take until they are allowed to end."""

    def __init__(self, pieces: int) -> None:
        self.left, self.busy, self.most_busy = pieces, 0, 0
        self.changed = threading.Condition()
        self.may_end = threading.Event()

    def do_one(self) -> bool:
        with self.changed:
            if self.left == 0:
                return False
            self.left -= 1
            self.busy += 1
            self.most_busy = max(self.most_busy, self.busy)
            self.changed.notify_all()
        assert self.may_end.wait(PATIENCE)
        with self.changed:
            self.busy -= 1
            self.changed.notify_all()
        return True

    def worth_it(self) -> bool:
        return self.left > 0

    def wait_for(self, busy: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.busy == busy, PATIENCE), f"never {busy} at once"


def test_a_burst_is_met_by_all_hands_and_by_no_more(pool: ThreadPoolExecutor, logs: LogCapture) -> None:
    work = Work(20)
    crew = Crew(3, work.do_one, work.worth_it, pool, logs.log)
    for hands in (1, 2, 3):
        crew.wake()
        work.wait_for(hands)
    crew.wake()
    work.may_end.set()
    with work.changed:
        assert work.changed.wait_for(lambda: work.left == 0 and work.busy == 0, PATIENCE)
    assert work.most_busy == 3


def test_without_work_no_hand_is_raised(pool: ThreadPoolExecutor, logs: LogCapture) -> None:
    work = Work(1)
    work.may_end.set()
    crew = Crew(3, work.do_one, lambda: False, pool, logs.log)
    crew.wake()
    pool.shutdown(wait=True)
    assert work.left == 1


def test_a_fault_is_told_by_its_class_and_the_next_wake_works_again(
    pool: ThreadPoolExecutor, logs: LogCapture
) -> None:
    done = threading.Event()
    tries = []

    def do_one() -> bool:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("the words of a tip")
        done.set()
        return False

    crew = Crew(1, do_one, lambda: True, pool, logs.log)
    ends = threading.Event()
    while not done.is_set() and len(tries) < 50:
        crew.wake()
        ends.wait(0.01)
    assert done.is_set()
    assert [entry["event"] for entry in logs.errors] == ["crew_fault"]
    assert "words of a tip" not in repr(logs.events)
