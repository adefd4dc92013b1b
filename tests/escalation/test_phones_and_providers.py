"""Scenarios 25 to 41: what phones and providers do."""

import itertools
from datetime import timedelta

from connector.domain.chain import Via
from connector.domain.escalating import Outcome, Progress, State
from escalation.channels.base import Report
from tests.escalation.conftest import MakeLadder
from tests.ladder import DEPUTY, POLICE, PRINCIPAL, SECURITY, STEPS, Ladder
from tests.telephone import Phone

THREE_TRIES = [{**STEPS[0], "tries": 3}, *STEPS[1:]]


def test_scenario_25_an_answering_machine_is_not_a_person(ladder: Ladder) -> None:
    ladder.exchange.phones[PRINCIPAL] = Phone(Outcome.UNCONFIRMED, timedelta(seconds=20), machine=True)
    reporter = ladder.tip()
    ladder.run(minutes=6)
    assert ladder.called() == [PRINCIPAL, DEPUTY]
    assert ladder.attempts(reporter)[0].outcome is Outcome.MACHINE or Outcome.MACHINE in [
        attempt.outcome for attempt in ladder.attempts(reporter)
    ]


def test_scenarios_26_and_27_answered_without_a_key_is_not_taken(ladder: Ladder) -> None:
    ladder.exchange.phones[PRINCIPAL] = Phone(
        Outcome.UNCONFIRMED, timedelta(seconds=20), does=lambda _attempt: None
    )
    reporter = ladder.tip()
    ladder.run(minutes=6)
    assert ladder.called() == [PRINCIPAL, DEPUTY]
    assert "answered, nobody pressed a key" in ladder.notes(reporter)[0]


def test_scenario_28_busy_twice_then_answered_within_one_step(make_ladder: MakeLadder) -> None:
    ladder = make_ladder(steps=THREE_TRIES)
    ladder.exchange.phones[PRINCIPAL] = Phone(Outcome.BUSY, timedelta(seconds=2))
    reporter = ladder.tip()
    ladder.run(minutes=2)
    ladder.exchange.phones[PRINCIPAL] = Phone(
        Outcome.UNCONFIRMED, timedelta(seconds=30), does=ladder.press_one
    )
    ladder.run(minutes=10)
    assert ladder.called() == [PRINCIPAL] * 3
    assert ladder.state(reporter) is State.ACKNOWLEDGED


def test_scenario_29_a_long_ring_does_not_move_the_deadline(ladder: Ladder) -> None:
    ladder.exchange.phones[PRINCIPAL] = Phone(Outcome.NO_ANSWER, timedelta(seconds=40))
    ladder.tip()
    ladder.run(minutes=6)
    assert ladder.calls() == [(0, PRINCIPAL), (5, DEPUTY)]


def test_scenario_33_doubled_and_reversed_callbacks_end_in_the_right_state(ladder: Ladder) -> None:
    ladder.exchange.phones[PRINCIPAL] = Phone(Outcome.NO_ANSWER, doubled=True)
    reporter = ladder.tip()
    ladder.run(minutes=1)
    (call,) = [attempt for attempt in ladder.attempts(reporter) if attempt.via is Via.VOICE]
    assert (call.progress, call.outcome) == (Progress.ENDED, Outcome.NO_ANSWER)


def test_scenario_33_a_callback_that_never_comes_is_asked_for(ladder: Ladder) -> None:
    ladder.exchange.phones[PRINCIPAL] = Phone(Outcome.BUSY, tells=False)
    reporter = ladder.tip()
    ladder.run(seconds=61)
    (call,) = [attempt for attempt in ladder.attempts(reporter) if attempt.via is Via.VOICE]
    assert call.outcome is Outcome.BUSY
    assert ("find", call.attempt_id) in ladder.exchange.asked


def test_scenario_34_one_report_from_two_web_processes_counts_once(ladder: Ladder) -> None:
    ladder.tip()
    ladder.settle()
    call = ladder.request_to(PRINCIPAL)
    report = Report("c1", Progress.RINGING, ladder.now, call.provider_id)
    results = ladder.harness.app.escalation.results
    assert [results.report(call.notification.attempt_id, report) for _ in range(2)] == [True, False]
    assert not results.report("unknown", report)


def test_scenario_35_a_busy_provider_costs_one_channel_some_seconds_and_nothing_is_lost(
    ladder: Ladder,
) -> None:
    ladder.exchange.faults["twilio"] = ["temporary", "temporary"]
    ladder.tip()
    ladder.run(minutes=1)
    assert len(ladder.exchange.sent(Via.VOICE)) == 1
    assert len(ladder.exchange.sent(Via.SMS)) == 1
    ladder.harness.expect_error("alarm")


def test_scenario_36_refused_credentials_hand_over_to_the_second_provider_at_once(
    make_ladder: MakeLadder,
) -> None:
    ladder = make_ladder(backup=True)
    ladder.exchange.always["twilio"] = "misconfigured"
    ladder.tip()
    ladder.settle()
    assert [(r.provider, r.notification.to) for r in ladder.exchange.sent(Via.VOICE)] == [
        ("twilio_backup", PRINCIPAL)
    ]
    assert "channel-misconfigured" in ladder.harness.alarms()


def test_scenario_37_accepted_without_an_answer_the_callback_adopts_it(ladder: Ladder) -> None:
    ladder.exchange.faults["twilio"] = ["hang", "hang"]
    reporter = ladder.tip()
    ladder.run(minutes=4)
    assert ladder.called() == [PRINCIPAL]
    (call,) = [attempt for attempt in ladder.attempts(reporter) if attempt.via is Via.VOICE]
    assert call.outcome is Outcome.NO_ANSWER


def test_scenario_38_without_a_callback_the_provider_is_asked_and_no_second_call_is_made(
    ladder: Ladder,
) -> None:
    ladder.exchange.faults["twilio"] = ["hang", "hang"]
    ladder.exchange.phones[PRINCIPAL] = Phone(Outcome.NO_ANSWER, tells=False)
    ladder.tip()
    ladder.run(minutes=4)
    assert ladder.called() == [PRINCIPAL]


def test_scenario_38_what_the_provider_knows_nothing_of_is_sent_again_and_flagged(ladder: Ladder) -> None:
    ladder.exchange.faults["twilio"] = ["lose", "lose"]
    reporter = ladder.tip()
    ladder.run(minutes=2)
    assert ladder.called() == [PRINCIPAL]
    (call,) = [attempt for attempt in ladder.attempts(reporter) if attempt.via is Via.VOICE]
    assert call.doubtful
    acts = [act for act, attempt in ladder.exchange.asked if attempt == call.attempt_id]
    assert acts[:3] == ["send", "find", "send"]


def test_scenario_40_with_all_phones_down_mail_goes_on_and_the_gate_still_opens(ladder: Ladder) -> None:
    ladder.exchange.always["twilio"] = "temporary"
    reporter = ladder.tip()
    ladder.run(minutes=45)
    mails = [request.notification.to for request in ladder.exchange.sent(Via.EMAIL)]
    assert mails[:2] == ["security@example.org", "desk@pd.example.org"]
    assert {"channel-failing", "police-unproven"} <= ladder.harness.alarms()
    assert ladder.called() == []
    assert ladder.state(reporter) in {State.EXHAUSTED, State.RUNNING}


def test_scenario_19_one_channel_refused_for_good_is_an_alarm_and_the_other_goes_on(ladder: Ladder) -> None:
    ladder.exchange.faults["twilio"] = ["refuse"]
    ladder.tip()
    ladder.run(seconds=5)
    assert len(ladder.exchange.sent()) == 1
    assert "contact-refused" in ladder.harness.alarms()


def test_scenario_59_many_tips_are_one_call_that_offers_all_and_one_key_takes_all(ladder: Ladder) -> None:
    ladder.exchange.phones[PRINCIPAL] = Phone(Outcome.NO_ANSWER, timedelta(seconds=34))
    reporters = [ladder.tip() for _ in range(20)]
    ladder.run(seconds=6)
    assert ladder.called() == [PRINCIPAL]
    call = ladder.request_to(PRINCIPAL).notification
    assert len(ladder.acknowledging.offers(call.attempt_id)) == 20
    ladder.press_one(call.attempt_id)
    assert {ladder.state(reporter) for reporter in reporters} == {State.ACKNOWLEDGED}


def test_scenario_59_calls_to_one_number_leave_some_quiet_between(ladder: Ladder) -> None:
    for _ in range(10):
        ladder.tip()
        ladder.run(seconds=40)
    moments = [at for at, number in ladder.calls() if number == PRINCIPAL]
    gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert min(gaps) >= 1.5
    assert len(moments) >= 3


def test_scenario_60_many_police_steps_at_once_are_held_and_released(make_ladder: MakeLadder) -> None:
    steps = [{"contact": "police-desk", "via": ["voice"], "wait": "5m"}]
    ladder = make_ladder(steps=steps)
    reporters = [ladder.tip() for _ in range(7)]
    ladder.run(minutes=11)
    begun = [ladder.state(reporter) for reporter in reporters]
    with ladder.harness.app.store.read() as tx:
        count = tx.attempts.police_steps_since(ladder.began)
    assert count == 5
    assert begun.count(State.RUNNING) == 7
    assert "police-held" in ladder.harness.alarms()
    ladder.run(minutes=4)
    with ladder.harness.app.store.read() as tx:
        assert tx.attempts.police_steps_since(ladder.began) == 7
    assert set(ladder.called()) == {POLICE}
    assert SECURITY not in ladder.called()
