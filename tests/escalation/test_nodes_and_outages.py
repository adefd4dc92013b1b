"""Scenarios 42 to 50 and 54: several nodes, kills, outages."""

import threading
from datetime import timedelta

import pytest

from connector.domain.chain import Via
from connector.domain.escalating import Outcome, State
from connector.errors import StoreUnavailable
from connector.services.alarms import Alarms
from escalation.clock_check import ClockCheck
from tests.ladder import DEPUTY, PRINCIPAL, Ladder
from tests.telephone import Phone


class Killed(BaseException):
    """The process is gone: nothing more is recorded."""


def test_scenario_43_killed_after_the_provider_accepted_the_next_node_asks_and_calls_nobody_twice(
    ladder: Ladder, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter = ladder.tip()
    sending = ladder.harness.app.escalation.sending

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(type(sending), "_accepted", die)
        with pytest.raises(Killed):
            ladder.settle()
    ladder.exchange.phones[PRINCIPAL] = Phone(tells=False)
    ladder.run(minutes=2)
    assert ladder.called() in ([PRINCIPAL], [])
    sent = [attempt.attempt_id for attempt in ladder.attempts(reporter) if attempt.sends]
    assert len(ladder.exchange.sent()) == len(sent) == 2
    assert not any(attempt.doubtful for attempt in ladder.attempts(reporter))


def test_scenario_43_killed_before_the_request_the_next_node_asks_first_and_then_calls(
    ladder: Ladder, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter = ladder.tip()
    line = type(ladder.exchange.channels()[Via.VOICE][0])

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(line, "send", die)
        for _ in range(2):
            with pytest.raises(Killed):
                ladder.settle()
    assert ladder.exchange.sent() == []
    ladder.run(minutes=2)
    assert ladder.called() == [PRINCIPAL]
    for attempt in ladder.attempts(reporter):
        acts = [act for act, asked in ladder.exchange.asked if asked == attempt.attempt_id]
        assert acts[:2] == ["find", "send"]


def test_scenario_44_a_sender_that_slept_past_its_lease_writes_nothing(
    ladder: Ladder, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter = ladder.tip()
    escalation = ladder.harness.app.escalation
    while escalation.deciding.decide_one():
        pass
    claiming = escalation.sending._claiming
    taken = claiming.take()
    assert taken is not None
    slept = claiming.intend(taken)
    assert slept is not None
    ladder.harness.fast_forward(seconds=60)
    ladder.settle()
    before = ladder.attempts(reporter)
    from escalation.channels.base import Sent  # noqa: PLC0415

    escalation.sending._accepted(slept, Sent("a-provider-id-of-long-ago"))
    assert ladder.attempts(reporter) == before


def test_scenario_45_a_node_without_its_database_calls_nobody(
    ladder: Ladder, monkeypatch: pytest.MonkeyPatch
) -> None:
    ladder.tip()

    def gone(*_: object) -> None:
        raise StoreUnavailable("the database cannot be reached")

    with monkeypatch.context() as broken:
        broken.setattr("connector.store.engine.Store.write", gone)
        with pytest.raises(StoreUnavailable):
            ladder.settle()
    assert ladder.exchange.asked == []
    ladder.settle()
    assert ladder.called() == [PRINCIPAL]


def test_scenario_47_after_an_hour_without_anybody_each_goes_on_at_its_step(ladder: Ladder) -> None:
    first = ladder.tip()
    ladder.run(minutes=6)
    ladder.outage(minutes=60)
    watching = ladder.harness.app.watching
    assert any(problem.problem == "overdue-decision" for problem in watching.problems())
    ladder.run(minutes=4)
    assert ladder.calls() == [(0, PRINCIPAL), (5, DEPUTY), (66, DEPUTY)]
    assert "it starts anew" in "\n".join(ladder.notes(first))
    assert "escalation-late" in ladder.harness.alarms()


def test_scenario_49_what_was_planned_before_an_outage_is_not_replayed(ladder: Ladder) -> None:
    reporter = ladder.tip()
    escalation = ladder.harness.app.escalation
    while escalation.deciding.decide_one():
        pass
    ladder.outage(minutes=30)
    ladder.run(minutes=1)
    assert ladder.called() == [PRINCIPAL]
    outcomes = [attempt.outcome for attempt in ladder.attempts(reporter) if attempt.entry == 1]
    assert set(outcomes) == {Outcome.EXPIRED}


def test_the_watchdog_sees_that_nobody_ticks(ladder: Ladder) -> None:
    engine = ladder.harness.app.escalation.engine
    engine.tick()
    engine.end()
    watching = ladder.harness.app.watching
    assert "no-tick" in [problem.problem for problem in watching.problems()]


def test_scenario_54_a_node_whose_clock_is_off_claims_nothing(ladder: Ladder) -> None:
    app = ladder.harness.app
    alarms = Alarms(app.store, app.clock, app.log)
    off = timedelta(seconds=3)
    check = ClockCheck(read=lambda: ladder.now + off, clock=app.clock, alarms=alarms, process="engine-test")
    engine = app.escalation.engine
    right, engine._clock_check = engine._clock_check, check
    ladder.tip()
    assert engine.settle() == 0
    assert "clock-off" in ladder.harness.alarms()
    engine._clock_check = right
    ladder.settle()
    assert ladder.called() == [PRINCIPAL]


def test_scenario_42_four_nodes_and_many_due_at_one_instant_do_each_step_once(ladder: Ladder) -> None:
    reporters = [ladder.tip() for _ in range(30)]
    failures: list[BaseException] = []

    def node() -> None:
        try:
            ladder.settle()
        except BaseException as failure:
            failures.append(failure)

    for _ in range(3):
        threads = [threading.Thread(target=node) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        ladder.run(seconds=3)
    assert failures == []
    texts = [request.notification.case_number for request in ladder.exchange.sent(Via.SMS)]
    assert len(texts) == len(set(texts)) == 30
    assert ladder.called() == [PRINCIPAL]
    assert {ladder.state(reporter) for reporter in reporters} == {State.RUNNING}
