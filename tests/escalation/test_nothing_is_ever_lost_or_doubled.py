"""Random acknowledgements, outages, kills and providers' faults: no step is missed, no call is doubled, none comes after.

Each seed is a run of its own with two nodes on one database; five hundred cases here, ten thousand with `long`.
"""

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from connector.domain.case import CaseNumber
from connector.domain.escalating import Escalation, State
from connector.domain.urgency import Urgency
from connector.store.cases import Case, MailboxRecord, case_values, mailbox_values
from connector.store.escalations import escalation_values
from connector.store.inserting import insert_all
from connector.store.schema import cases, escalations, mailboxes
from tests.escalation.simulation import BEGIN, Simulation, judge


@pytest.mark.parametrize("seed", range(5))
def test_a_hundred_cases_through_everything_that_can_go_wrong(
    database_url: str, tmp_path: Path, seed: int
) -> None:
    simulation = Simulation(database_url, tmp_path, seed, cases=50)
    try:
        simulation.run(timedelta(hours=2))
        judge(simulation)
        states = {escalation.state for escalation in simulation.escalations()}
        assert states <= {State.ACKNOWLEDGED, State.RUNNING, State.EXHAUSTED, State.REVIEW}
    finally:
        simulation.close()


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 300))
def test_ten_thousand_cases(database_url: str, tmp_path: Path, seed: int) -> None:
    simulation = Simulation(database_url, tmp_path, seed, cases=50)
    try:
        simulation.run(timedelta(hours=2))
        judge(simulation)
    finally:
        simulation.close()


def test_the_judge_is_awake(database_url: str, tmp_path: Path) -> None:
    simulation = Simulation(database_url, tmp_path, 1, cases=2)
    try:
        simulation.run(timedelta(minutes=40))
        judge(simulation)
        simulation.exchange.requests.append(simulation.exchange.requests[0])
        with pytest.raises(AssertionError, match="sent twice"):
            judge(simulation)
    finally:
        simulation.close()


@pytest.mark.long
def test_ten_thousand_due_at_one_instant_are_decided_once_each(database_url: str, tmp_path: Path) -> None:
    many = 10_000
    simulation = Simulation(database_url, tmp_path, 0, cases=0)
    new = [
        Case(
            f"c{n}",
            CaseNumber(f"{n // 10000:04d}-{n % 10000:04d}"),
            "north",
            "weapon",
            Urgency.EMERGENCY,
            BEGIN,
        )
        for n in range(many)
    ]
    with simulation.store.engine.begin() as connection:
        insert_all(connection, cases, [case_values(case) for case in new])
        boxes = [MailboxRecord(case.case_id, case.case_id.encode().ljust(32), b"key") for case in new]
        insert_all(connection, mailboxes, [mailbox_values(box) for box in boxes])
        wanted = [
            Escalation(f"e{n}", f"c{n}", "north", Urgency.EMERGENCY, BEGIN, due_at=BEGIN) for n in range(many)
        ]
        insert_all(connection, escalations, [escalation_values(one) for one in wanted])
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            while simulation.nodes[number % 2].deciding.decide_one():
                pass
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=600)
    assert failures == []
    with simulation.store.read() as tx:
        found = tx.escalations.open_of([f"c{n}" for n in range(0, many, 97)])
        assert {(one.state, one.version, one.entry) for one in found} == {(State.RUNNING, 1, 1)}
        assert tx.escalations.counts() == {State.RUNNING.value: many}
    simulation.close()
