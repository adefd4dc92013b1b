"""One reader a ticket, one creator a value."""

from datetime import datetime, timedelta

from connector.domain.merging import KnownMerge
from connector.store import Store
from connector.store.alarms import Alarm

MINUTE = timedelta(minutes=1)


def test_a_flood_of_hints_for_a_ticket_is_one_reading(store: Store, noon: datetime) -> None:
    with store.write() as tx:
        for _ in range(50):
            tx.hints.put("desk", "7", noon)
        hint = tx.hints.claim("desk", noon, noon + MINUTE)
        assert hint is not None
        assert tx.hints.claim("desk", noon, noon + MINUTE) is None
        tx.hints.done(hint)
        assert tx.hints.count() == 0


def test_a_hint_that_comes_while_a_ticket_is_read_leads_to_another_reading(
    store: Store, noon: datetime
) -> None:
    with store.write() as tx:
        tx.hints.put("desk", "7", noon)
        hint = tx.hints.claim("desk", noon, noon + MINUTE)
        assert hint is not None
        tx.hints.put("desk", "7", noon)
        tx.hints.done(hint)
        assert tx.hints.claim("desk", noon, noon + MINUTE) is not None


def test_a_reader_that_died_is_replaced_when_its_lease_ends(store: Store, noon: datetime) -> None:
    with store.write() as tx:
        tx.hints.put("desk", "7", noon)
        assert tx.hints.claim("desk", noon, noon + MINUTE) is not None
        assert tx.hints.claim("desk", noon + 2 * MINUTE, noon + 3 * MINUTE) is not None


def test_a_value_is_created_by_one_process_at_a_time(store: Store, noon: datetime) -> None:
    with store.write() as tx:
        assert tx.memos.claim("desk", "customer", noon, noon + MINUTE)
        assert not tx.memos.claim("desk", "customer", noon, noon + MINUTE)
        assert tx.memos.claim("desk", "customer", noon + 2 * MINUTE, noon + 3 * MINUTE)
        tx.memos.put("desk", "customer", "42")
        assert tx.memos.get("desk", "customer") == "42"
        assert not tx.memos.claim("desk", "customer", noon + 9 * MINUTE, noon + 10 * MINUTE)


def test_an_alarm_is_new_only_once(store: Store, noon: datetime) -> None:
    with store.write() as tx:
        assert tx.alarms.open(Alarm("row-set-aside", "1", noon))
        assert not tx.alarms.open(Alarm("row-set-aside", "1", noon + MINUTE))
        assert [alarm.since for alarm in tx.alarms.all_open()] == [noon]
        assert tx.alarms.close("row-set-aside", "1")
        assert not tx.alarms.close("row-set-aside", "1")


def test_merges_are_found_from_either_end_of_a_chain(store: Store, noon: datetime) -> None:
    first, second = KnownMerge("1", "2", noon), KnownMerge("2", "3", noon + MINUTE)
    with store.write() as tx:
        assert tx.merges.add("desk", first)
        assert not tx.merges.add("desk", first)
        assert tx.merges.add("desk", second)
        for ticket in ("1", "2", "3"):
            assert set(tx.merges.around("desk", ticket)) == {first, second}
        assert tx.merges.targets_among("desk", ["1", "2", "3"]) == {"2": None, "3": None}


def test_a_poll_is_taken_by_one_worker(store: Store, noon: datetime) -> None:
    with store.write() as tx:
        assert tx.helpdesks.claim_poll("desk", noon, noon + MINUTE) is not None
        assert tx.helpdesks.claim_poll("desk", noon, noon + MINUTE) is None
        assert tx.helpdesks.claim_poll("desk", noon + MINUTE, noon + 2 * MINUTE) is not None


def test_a_paused_helpdesk_is_not_polled_and_the_pause_ends_with_an_answer(
    store: Store, noon: datetime
) -> None:
    with store.write() as tx:
        tx.helpdesks.failed("desk", noon, noon + 10 * MINUTE)
        assert tx.helpdesks.claim_poll("desk", noon + MINUTE, noon + 2 * MINUTE) is None
        assert tx.helpdesks.answered("desk")
        assert not tx.helpdesks.answered("desk")
        assert tx.helpdesks.claim_poll("desk", noon + MINUTE, noon + 2 * MINUTE) is not None
