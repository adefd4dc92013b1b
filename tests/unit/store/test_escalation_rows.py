"""What the engine leans on in the database, on SQLite and on PostgreSQL."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from connector.domain.case import CaseNumber
from connector.domain.chain import Via
from connector.domain.escalating import (
    Attempt,
    Escalation,
    Evidence,
    EvidenceKind,
    How,
    Outcome,
    Progress,
    Purpose,
    State,
)
from connector.domain.urgency import Urgency
from connector.errors import Conflict
from connector.store import Store
from connector.store.cases import Case, MailboxRecord

MINUTE = timedelta(minutes=1)


def wanted(case_id: str, at: datetime, **more: object) -> Escalation:
    return replace(
        Escalation(f"esc-{case_id}", case_id, "north", Urgency.EMERGENCY, at, due_at=at),
        **more,  # type: ignore[arg-type]
    )


def planned(escalation: Escalation, name: str, at: datetime, **more: object) -> Attempt:
    attempt = Attempt(
        name,
        escalation.escalation_id,
        escalation.case_id,
        1,
        0,
        "principal",
        Via.VOICE,
        Purpose.STEP,
        1,
        at,
        at + MINUTE,
        "number-1",
        token_hash=name,
        due_at=at,
    )
    return replace(attempt, **more)  # type: ignore[arg-type]


@pytest.fixture
def ann(store: Store, two_cases: tuple[str, str], noon: datetime) -> Escalation:
    escalation = wanted("ann", noon)
    with store.write() as tx:
        tx.escalations.add([escalation, wanted("ben", noon + MINUTE)])
    return escalation


def test_an_escalation_comes_back_as_it_was_saved(store: Store, ann: Escalation, noon: datetime) -> None:
    changed = replace(
        ann,
        state=State.ACKNOWLEDGED,
        due_at=None,
        left_out=("deputy", "principal"),
        plan='{"steps": []}',
        step=2,
        acknowledged_at=noon,
        acknowledged_how=How.KEY,
        acknowledged_by="security",
    )
    with store.write() as tx:
        assert tx.escalations.save(changed)
    with store.read() as tx:
        assert tx.escalations.get("esc-ann") == replace(changed, version=1)


def test_who_has_read_an_older_version_writes_nothing(store: Store, ann: Escalation) -> None:
    with store.write() as tx:
        assert tx.escalations.save(replace(ann, notes=1))
        assert not tx.escalations.save(replace(ann, notes=7))
    with store.read() as tx:
        found = tx.escalations.get("esc-ann")
    assert found is not None
    assert found.notes == 1


def test_the_longest_due_is_taken_first_and_what_is_not_due_not_at_all(
    store: Store, ann: Escalation, noon: datetime
) -> None:
    with store.write() as tx:
        assert tx.escalations.take_due(noon - MINUTE) is None
        first = tx.escalations.take_due(noon + 2 * MINUTE)
        assert first is not None
        assert first.case_id == "ann"
        tx.escalations.save(replace(first, due_at=None))
        assert not tx.escalations.any_due(noon)
        second = tx.escalations.take_due(noon + 2 * MINUTE)
    assert second is not None
    assert second.case_id == "ben"


def test_a_case_has_one_open_episode(store: Store, ann: Escalation, noon: datetime) -> None:
    second = wanted("ann", noon, escalation_id="esc-2", episode=2)
    with pytest.raises(Conflict), store.write() as tx:
        tx.escalations.add([second])
    with store.write() as tx:
        tx.escalations.save(replace(ann, state=State.ENDED, due_at=None))
        tx.escalations.add([second])
        assert tx.escalations.latest_of("ann") == second


def test_evidence_counts_once_and_wakes_its_escalation_without_hiding_a_missed_deadline(
    store: Store, ann: Escalation, noon: datetime
) -> None:
    seen = Evidence("ann", EvidenceKind.ARTICLE, "article/1", noon)
    with store.write() as tx:
        tx.escalations.save(replace(ann, due_at=None))
        assert tx.evidence.put(seen, noon + MINUTE)
        assert not tx.evidence.put(seen, noon + 2 * MINUTE)
        (found,) = tx.evidence.unhandled("ann")
        assert found.evidence_id is not None
        assert replace(found, evidence_id=None) == seen
        woken = tx.escalations.get("esc-ann")
        assert woken is not None
        assert woken.due_at == noon + MINUTE
        tx.evidence.handled([found.evidence_id], noon)
        assert tx.evidence.unhandled("ann") == ()
        tx.evidence.put(replace(seen, key="article/2"), noon + 5 * MINUTE)
        woken = tx.escalations.get("esc-ann")
        assert woken is not None
        assert woken.due_at == noon + MINUTE


def test_an_attempt_comes_back_as_it_was_planned(store: Store, ann: Escalation, noon: datetime) -> None:
    attempt = planned(ann, "call-1", noon, outcome=Outcome.BUSY, progress=Progress.ENDED, ended_at=noon)
    with store.write() as tx:
        tx.attempts.add([attempt])
    with store.read() as tx:
        assert tx.attempts.of_escalation("esc-ann") == (attempt,)
        assert tx.attempts.by_token("call-1") == attempt


def test_the_same_try_is_planned_once(store: Store, ann: Escalation, noon: datetime) -> None:
    with store.write() as tx:
        tx.attempts.add([planned(ann, "call-1", noon)])
    with pytest.raises(Conflict), store.write() as tx:
        tx.attempts.add([planned(ann, "call-2", noon)])


def test_two_live_calls_to_one_number_cannot_be(store: Store, ann: Escalation, noon: datetime) -> None:
    first = planned(ann, "call-1", noon)
    second = planned(ann, "call-2", noon, contact="deputy")
    with store.write() as tx:
        tx.attempts.add([first, second])
        tx.attempts.save(replace(first, progress=Progress.SENDING))
        live = tx.attempts.live_on("number-1")
        assert live is not None
        assert live.attempt_id == "call-1"
    with pytest.raises(Conflict), store.write() as tx:
        tx.attempts.save(replace(second, progress=Progress.SENDING))
    with store.write() as tx:
        tx.attempts.save(replace(first, version=1, progress=Progress.ENDED, outcome=Outcome.BUSY))
        assert tx.attempts.save(replace(second, progress=Progress.SENDING))


def test_a_report_counts_once(store: Store, ann: Escalation, noon: datetime) -> None:
    with store.write() as tx:
        tx.attempts.add([planned(ann, "call-1", noon)])
        assert tx.attempts.report("call-1", "ringing", Progress.RINGING, None, noon)
        assert not tx.attempts.report("call-1", "ringing", Progress.RINGING, None, noon)


def test_eight_threads_take_two_hundred_due_escalations_once_each(store: Store, noon: datetime) -> None:
    with store.write() as tx:
        for number in range(200):
            case = Case(
                f"c{number}", CaseNumber(f"0000-{number:04d}"), "north", "other", Urgency.URGENT, noon
            )
            tx.cases.add(case, MailboxRecord(case.case_id, str(number).encode().ljust(32), b"key"))
        tx.escalations.add([wanted(f"c{number}", noon) for number in range(200)])
    seen: list[str] = []

    def work() -> None:
        while True:
            with store.write() as tx:
                taken = tx.escalations.take_due(noon)
                if taken is not None:
                    assert tx.escalations.save(replace(taken, due_at=None))
                    seen.append(taken.case_id)
                elif not tx.escalations.any_due(noon):
                    return

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(seen) == sorted(f"c{number}" for number in range(200))


def test_looking_for_what_is_due_reads_an_index_that_holds_nothing_else(store: Store, noon: datetime) -> None:
    asked = "SELECT escalation_id FROM escalations WHERE due_at <= '2026-11-24' ORDER BY due_at LIMIT 1"
    explain = "EXPLAIN QUERY PLAN" if store.engine.dialect.name == "sqlite" else "EXPLAIN"
    with store.engine.connect() as connection:
        if store.engine.dialect.name != "sqlite":
            connection.execute(text("SET enable_seqscan = off"))
        plan = " ".join(str(row) for row in connection.execute(text(f"{explain} {asked}")))
    assert "ix_escalations_due_at" in plan
