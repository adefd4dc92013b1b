"""Who gets which row, and when: the order that delivery depends on."""

import threading
from datetime import datetime, timedelta

from connector.domain.urgency import Urgency
from connector.store import Store
from connector.store.outbox_rows import ClaimedRow, NewRow, RowKind, RowState

MINUTE = timedelta(minutes=1)


def owe(
    store: Store,
    case_id: str,
    reference: str,
    now: datetime,
    kind: RowKind = RowKind.ARTICLE,
    urgency: Urgency = Urgency.URGENT,
) -> None:
    with store.write() as tx:
        tx.outbox.add(NewRow("desk", case_id, kind, reference, urgency, b"sealed", b"wrapped"), now)


def claim(store: Store, now: datetime, lease: str = "lease-1") -> ClaimedRow | None:
    with store.write() as tx:
        return tx.outbox.claim("desk", now, now + MINUTE, lease)


def claimed(store: Store, now: datetime, lease: str = "lease-1") -> ClaimedRow:
    row = claim(store, now, lease)
    assert row is not None
    return row


def test_the_most_pressing_row_comes_first(store: Store, two_cases: tuple[str, str], noon: datetime) -> None:
    owe(store, "ann", "routine", noon, urgency=Urgency.ROUTINE)
    owe(store, "ben", "emergency", noon, urgency=Urgency.EMERGENCY)
    assert claimed(store, noon).reference == "emergency"


def test_a_later_row_of_a_case_waits_for_the_earlier_one(
    store: Store, two_cases: tuple[str, str], noon: datetime
) -> None:
    owe(store, "ann", "first", noon)
    owe(store, "ann", "second", noon)
    first = claimed(store, noon)
    assert first.reference == "first"
    assert claim(store, noon, "lease-2") is None
    with store.write() as tx:
        assert tx.outbox.delivered(first, noon)
    assert claimed(store, noon).reference == "second"


def test_a_row_of_another_case_does_not_wait(
    store: Store, two_cases: tuple[str, str], noon: datetime
) -> None:
    owe(store, "ann", "first", noon)
    owe(store, "ben", "other", noon)
    claimed(store, noon)
    assert claimed(store, noon, "lease-2").reference == "other"


def test_a_ticket_that_was_set_aside_holds_its_case_back(
    store: Store, two_cases: tuple[str, str], noon: datetime
) -> None:
    owe(store, "ann", "ticket", noon, kind=RowKind.TICKET)
    owe(store, "ann", "article", noon)
    with store.write() as tx:
        ticket = tx.outbox.claim("desk", noon, noon + MINUTE, "lease")
        assert ticket is not None
        tx.outbox.set_aside(ticket, "refused")
    assert claim(store, noon) is None


def test_an_article_that_was_set_aside_holds_nothing_back(
    store: Store, two_cases: tuple[str, str], noon: datetime
) -> None:
    owe(store, "ann", "first", noon)
    owe(store, "ann", "second", noon)
    with store.write() as tx:
        first = tx.outbox.claim("desk", noon, noon + MINUTE, "lease")
        assert first is not None
        tx.outbox.set_aside(first, "refused")
    assert claimed(store, noon).reference == "second"


def test_a_row_whose_lease_ran_out_is_claimed_again_and_counts_the_try(
    store: Store, two_cases: tuple[str, str], noon: datetime
) -> None:
    owe(store, "ann", "first", noon)
    dead = claimed(store, noon, "dead")
    assert claim(store, noon + MINUTE / 2) is None
    again = claimed(store, noon + 2 * MINUTE, "alive")
    assert (dead.attempts, again.attempts) == (1, 2)
    with store.write() as tx:
        assert not tx.outbox.delivered(dead, noon), "the dead worker's word no longer counts"
        assert tx.outbox.delivered(again, noon)


def test_a_renewed_lease_is_not_claimed_by_others(
    store: Store, two_cases: tuple[str, str], noon: datetime
) -> None:
    owe(store, "ann", "first", noon)
    claimed(store, noon, "alive")
    with store.write() as tx:
        tx.outbox.renew(["alive"], noon + 5 * MINUTE)
    assert claim(store, noon + 2 * MINUTE, "other") is None


def test_a_row_put_back_waits_until_it_is_due(
    store: Store, two_cases: tuple[str, str], noon: datetime
) -> None:
    owe(store, "ann", "first", noon)
    row = claimed(store, noon)
    with store.write() as tx:
        tx.outbox.put_back(row, noon + MINUTE, "busy")
    assert claim(store, noon) is None
    assert claimed(store, noon + MINUTE).reference == "first"


def test_what_waits_for_a_later_try_is_due_at_once_when_the_helpdesk_is_back(
    store: Store, two_cases: tuple[str, str], noon: datetime
) -> None:
    owe(store, "ann", "first", noon)
    row = claimed(store, noon)
    with store.write() as tx:
        tx.outbox.put_back(row, noon + 60 * MINUTE, "down")
        tx.outbox.hurry("desk", noon)
    assert claimed(store, noon).reference == "first"


def test_delivered_content_is_shredded(store: Store, two_cases: tuple[str, str], noon: datetime) -> None:
    owe(store, "ann", "first", noon)
    row = claimed(store, noon)
    with store.write() as tx:
        tx.outbox.delivered(row, noon)
        assert tx.outbox.wrapped_keys(0, 10) == []
        assert tx.outbox.overview() == []
        assert tx.outbox.overview(RowState.DELIVERED)[0].row_id == row.row_id


def test_eight_threads_claim_two_hundred_rows_each_once(
    store: Store, two_cases: tuple[str, str], noon: datetime
) -> None:
    with store.write() as tx:
        for number in range(200):
            tx.outbox.add(
                NewRow("desk", "ann", RowKind.NOTE, f"row-{number}", Urgency.URGENT, b"", b""), noon
            )
    seen: list[int] = []
    lock = threading.Lock()

    def work(name: str) -> None:
        while (row := claim(store, noon, f"{name}-{len(seen)}")) is not None or len(seen) < 200:
            if row is None:
                continue
            with lock:
                seen.append(row.row_id)
            with store.write() as tx:
                tx.outbox.delivered(row, noon)

    threads = [threading.Thread(target=work, args=(f"worker-{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(seen) == sorted(set(seen))
    assert len(seen) == 200
