"""Cases of the same moment share a transaction, and each stands or falls alone."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import pytest

from connector.domain.case import CaseNumber
from connector.domain.urgency import Urgency
from connector.errors import Conflict, StoreUnavailable
from connector.store import Store
from connector.store.cases import Case, MailboxRecord
from connector.store.kept_answers import KeptAnswer
from connector.store.new_cases import NewCase
from connector.store.outbox_rows import NewRow, RowKind
from connector.store.recording import Recorder, _Turn
from connector.store.tickets import CaseTicket
from connector.store.transaction import Transaction

KEPT = b"k" * 32


class CountingStore(Store):
    """Counts write transactions, and can be made to fail."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.engine)
        self.begun = 0
        self.broken = False

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        self.begun += 1
        with super().write() as tx:
            if self.broken:
                raise StoreUnavailable("the disk is full")
            yield tx


def new_case(name: str, number: str, at: datetime, kept: bytes | None = None) -> NewCase:
    reference = f"TIP-{number}"
    return NewCase(
        case=Case(name, CaseNumber(number), "north-high", "bullying", Urgency.ROUTINE, at),
        mailbox=MailboxRecord(name, name.encode().ljust(32), b"public"),
        ticket=CaseTicket("desk", reference, name),
        owed=(NewRow("desk", name, RowKind.TICKET, reference, Urgency.ROUTINE, b"sealed", b"wrapped"),),
        kept=None if kept is None else KeptAnswer(kept, b"f" * 32, b"answer", at),
    )


def recorded_at_once(recorder: Recorder, new: list[NewCase]) -> list[Future[None]]:
    """Let all of them come while somebody else is writing."""
    with ThreadPoolExecutor(len(new)) as pool:
        with recorder._pen:
            futures = [pool.submit(recorder.record, one) for one in new]
            pause = threading.Event()
            while len(recorder._waiting) < len(new):
                pause.wait(0.001)
        wait(futures, timeout=30)
    return futures


def test_cases_that_come_together_share_one_transaction(store: Store, noon: datetime) -> None:
    counting = CountingStore(store)
    new = [new_case(f"case{number}", f"1111-{number:04d}", noon) for number in range(20)]
    for future in recorded_at_once(Recorder(counting), new):
        future.result(timeout=0)
    assert counting.begun == 1
    with store.read() as tx:
        assert tx.cases.count() == 20
        assert len(tx.outbox.overview(None)) == 20


def test_with_more_than_are_written_at_once_before_it_a_case_still_waits_until_it_is_written(
    store: Store, noon: datetime
) -> None:
    recorder = Recorder(store)
    recorder._waiting.extend(
        _Turn(new_case(f"case{number}", f"1111-{number:04d}", noon)) for number in range(150)
    )
    recorder.record(new_case("last", "2222-0000", noon))
    with store.read() as tx:
        assert tx.cases.by_id("last") is not None
        assert tx.cases.count() == 151


def test_one_that_is_refused_takes_none_of_the_others_with_it(store: Store, noon: datetime) -> None:
    recorder = Recorder(store)
    recorder.record(new_case("first", "1111-0001", noon, KEPT))
    new = [new_case(f"case{number}", f"2222-{number:04d}", noon) for number in range(5)]
    taken = new_case("taken", "1111-0001", noon)
    again = new_case("again", "3333-0001", noon, KEPT)
    *others, number_taken, key_taken = recorded_at_once(recorder, [*new, taken, again])
    for future in others:
        future.result(timeout=0)
    assert isinstance(number_taken.exception(timeout=0), Conflict)
    assert isinstance(key_taken.exception(timeout=0), Conflict)
    with store.read() as tx:
        assert tx.cases.count() == 6
        assert tx.cases.by_id("again") is None
        assert tx.cases.mailbox_of("taken") is None


def test_two_with_the_same_key_in_one_moment_are_one_case(store: Store, noon: datetime) -> None:
    new = [new_case("ann", "1111-0001", noon, KEPT), new_case("ben", "1111-0002", noon, KEPT)]
    outcomes = [future.exception(timeout=0) for future in recorded_at_once(Recorder(store), new)]
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "NoneType"]


def test_when_the_disk_is_full_everybody_is_told(store: Store, noon: datetime) -> None:
    counting = CountingStore(store)
    counting.broken = True
    recorder = Recorder(counting)
    new = [new_case(f"case{number}", f"1111-{number:04d}", noon) for number in range(3)]
    for future in recorded_at_once(recorder, new):
        assert isinstance(future.exception(timeout=0), StoreUnavailable)
    counting.broken = False
    recorder.record(replace(new[0]))
    with store.read() as tx:
        assert tx.cases.count() == 1


def test_alone_a_case_is_written_at_once(store: Store, noon: datetime) -> None:
    counting = CountingStore(store)
    Recorder(counting).record(new_case("ann", "1111-0001", noon))
    assert counting.begun == 1
    with pytest.raises(Conflict):
        Recorder(counting).record(new_case("ben", "1111-0001", noon))
