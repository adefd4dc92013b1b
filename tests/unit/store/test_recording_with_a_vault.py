"""A case has its record, whatever happens between the two; a record without a case does not stay."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import pytest

from connector.errors import Conflict
from connector.store import Store
from connector.store.new_cases import NewCase
from connector.store.recording import Recorder
from connector.store.transaction import Transaction
from connector.store.vault_rows import RecordRow, ShareRow
from tests.unit.store.test_recording import KEPT, new_case, recorded_at_once


def with_record(new: NewCase) -> NewCase:
    """The same case with a record, found by its number."""
    share = ShareRow("h" * 32, 1, b"share")
    return replace(
        new, vault=(RecordRow(new.case.number.encode().ljust(32), "identity", 1, b"sealed", (share,)),)
    )


def _counts(store: Store) -> tuple[int, int]:
    with store.read() as tx:
        return tx.cases.count(), tx.vault.count()


def test_cases_that_come_together_each_have_their_record(store: Store, noon: datetime) -> None:
    new = [with_record(new_case(f"case{number}", f"1111-{number:04d}", noon)) for number in range(10)]
    for future in recorded_at_once(Recorder(store), new):
        future.result(timeout=0)
    assert _counts(store) == (10, 10)


def test_a_refused_case_leaves_no_record_and_takes_nobody_elses(store: Store, noon: datetime) -> None:
    recorder = Recorder(store)
    recorder.record(with_record(new_case("first", "1111-0001", noon, KEPT)))
    for name, number, kept in (("same-number", "1111-0001", None), ("same-answer", "1111-0002", KEPT)):
        with pytest.raises(Conflict):
            recorder.record(with_record(new_case(name, number, noon, kept)))
        assert _counts(store) == (1, 1)
    recorder.record(with_record(new_case("second", "1111-0002", noon)))
    assert _counts(store) == (2, 2)


class Interrupted(Store):
    """Somebody else does something between the vault's transaction and the cases'."""

    def __init__(self, store: Store, at: tuple[int, ...]) -> None:
        super().__init__(store.engine)
        self.begun = 0
        self.at = at

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        self.begun += 1
        if self.begun in self.at:
            with super().write() as tx:
                tx.vault.remove(tx.vault.all_hashes())
        with super().write() as tx:
            yield tx


def test_a_record_that_retention_took_for_an_orphan_is_not_missed_silently(
    store: Store, noon: datetime
) -> None:
    if not store.vault_is_apart:
        # One transaction: there is no moment between the two.
        return
    # Taken once, it is written again with its case; the first try begins three transactions, the third cleans up.
    Recorder(Interrupted(store, at=(2,))).record(with_record(new_case("case", "1111-0001", noon)))
    assert _counts(store) == (1, 1)
    with pytest.raises(Conflict):
        Recorder(Interrupted(store, at=(2, 5))).record(with_record(new_case("other", "1111-0002", noon)))
    with store.read() as tx:
        assert tx.cases.count() == 1, "no case without its record"
