"""Scenarios 11 to 24: who has it, and who has not."""

from datetime import timedelta

import pytest

from connector.domain.chain import Via
from connector.domain.escalating import How, Outcome, Purpose, State
from connector.errors import StoreUnavailable
from escalation.acknowledging import NotAnswerable
from tests.escalation.conftest import MakeLadder
from tests.ladder import DEPUTY, PRINCIPAL, SECURITY, Ladder
from tests.telephone import Phone


def test_scenario_11_a_reply_in_the_helpdesk_takes_a_ringing_call_back(ladder: Ladder) -> None:
    reporter = ladder.tip()
    ladder.settle()
    ladder.harness.deliver()
    ladder.harness.staff.answer(ladder.harness.ticket_of(reporter), "We are on it.")
    with ladder.harness.app.store.write() as tx:
        tx.hints.put("desk", ladder.harness.ticket_of(reporter), ladder.now)
    ladder.harness.read()
    ladder.settle()
    assert ladder.request_to(PRINCIPAL).ended is Outcome.CANCELLED
    assert ladder.state(reporter) is State.ACKNOWLEDGED
    ladder.run(hours=12)
    assert ladder.called() == [PRINCIPAL]


def test_scenario_12_somebody_writes_right_before_a_step_and_the_fresh_look_sees_it(ladder: Ladder) -> None:
    reporter = ladder.tip()
    ladder.run(minutes=4)
    ladder.harness.deliver()
    ladder.harness.staff.note(ladder.harness.ticket_of(reporter), "seen, going there")
    ladder.run(minutes=10)
    assert ladder.called() == [PRINCIPAL]
    assert ladder.state(reporter) is State.ACKNOWLEDGED


def test_scenario_13_a_helpdesk_that_is_down_stops_no_call(ladder: Ladder) -> None:
    reporter = ladder.tip()
    ladder.harness.deliver()
    ladder.harness.desk.go_down()
    ladder.run(minutes=6)
    assert ladder.called() == [PRINCIPAL, DEPUTY]
    assert "called_without_a_fresh_look" in [event["event"] for event in ladder.harness.logs.events]
    ladder.harness.desk.come_back()
    assert ladder.state(reporter) is State.RUNNING


def test_scenario_14_two_at_once_one_wins_and_the_other_hears_who(ladder: Ladder) -> None:
    reporter = ladder.tip()
    ladder.run(minutes=6)
    call, text = ladder.request_to(DEPUTY).notification, ladder.request_to(PRINCIPAL, Via.SMS).notification
    first = ladder.acknowledging.take(call.attempt_id, How.KEY)
    attempt = ladder.acknowledging.attempt_of(text.token)
    assert attempt is not None
    second = ladder.acknowledging.take(attempt, How.LINK)
    assert (first.first, second.first) == (True, False)
    assert second.offer.taken_by == "B. Deputy"
    assert second.offer.taken_at == ladder.now
    notes = "\n".join(ladder.notes(reporter))
    assert notes.count("taken by") == 1
    assert "A. Principal also answered by link" in notes
    ladder.settle()
    informed = [r for r in ladder.exchange.sent() if r.notification.purpose is Purpose.INFORM]
    assert [(r.notification.to, r.notification.about) for r in informed] == [(PRINCIPAL, "B. Deputy")]


def test_scenario_15_looking_at_an_offer_takes_nothing(ladder: Ladder) -> None:
    reporter = ladder.tip()
    ladder.settle()
    text = ladder.request_to(PRINCIPAL, Via.SMS).notification
    for _ in range(3):
        (offer,) = ladder.acknowledging.offers(text.attempt_id)
        assert offer.is_open
    assert ladder.acknowledging.attempt_of("AAAAAAAAAAAAAAAAAAAAAA") is None
    assert ladder.state(reporter) is State.RUNNING


def test_scenario_16_and_23_a_reopened_case_is_a_new_episode_and_old_links_are_dead(ladder: Ladder) -> None:
    reporter = ladder.tip()
    ladder.settle()
    old = ladder.request_to(PRINCIPAL, Via.SMS).notification
    ladder.harness.deliver()
    ladder.harness.staff.close(ladder.harness.ticket_of(reporter))
    ladder.harness.settle()
    ladder.settle()
    assert ladder.state(reporter) is State.ENDED
    reporter.write("It is happening again.")
    assert ladder.escalation(reporter).episode == 2
    ladder.run(minutes=1)
    assert ladder.called() == [PRINCIPAL, PRINCIPAL]
    answer = ladder.acknowledging.take(old.attempt_id, How.LINK)
    assert not answer.first
    assert answer.offer.state is State.ENDED
    ladder.harness.settle()
    ladder.settle()
    assert ladder.state(reporter) is State.RUNNING


def test_scenario_17_what_our_own_account_or_a_rule_writes_counts_for_nothing(ladder: Ladder) -> None:
    reporter = ladder.tip()
    ladder.run(minutes=6)
    ladder.notes(reporter)
    ladder.harness.settle()
    ladder.settle()
    assert ladder.state(reporter) is State.RUNNING


def test_scenario_18_a_text_finds_the_one_open_case_or_asks_which(ladder: Ladder) -> None:
    ladder.tip()
    ladder.run(seconds=10)
    (offer,) = ladder.acknowledging.texted(PRINCIPAL)
    ladder.tip()
    ladder.run(minutes=3)
    assert len(ladder.acknowledging.texted(PRINCIPAL)) == 2
    assert ladder.acknowledging.texted("+15055550177") == ()
    assert ladder.acknowledging.take(offer.attempt_id, How.SMS).first
    assert len(ladder.acknowledging.texted(PRINCIPAL)) == 1


def test_scenario_20_a_key_that_could_not_be_recorded_stops_nothing(
    ladder: Ladder, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter = ladder.tip()
    ladder.settle()
    call = ladder.request_to(PRINCIPAL).notification

    def full_disk(*_: object) -> None:
        raise StoreUnavailable("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("connector.store.escalations.EscalationRows.save", full_disk)
        with pytest.raises(StoreUnavailable):
            ladder.acknowledging.take(call.attempt_id, How.KEY)
    assert ladder.state(reporter) is State.RUNNING
    ladder.run(minutes=6)
    assert ladder.called() == [PRINCIPAL, DEPUTY]


def test_scenario_21_taken_by_phone_and_nothing_done_the_one_is_reminded_then_the_next_called(
    ladder: Ladder,
) -> None:
    ladder.exchange.phones[PRINCIPAL] = Phone(
        Outcome.UNCONFIRMED, timedelta(seconds=30), does=ladder.press_one
    )
    ladder.tip()
    ladder.run(minutes=29)
    ladder.exchange.phones[PRINCIPAL] = Phone()
    ladder.run(minutes=8)
    assert ladder.called() == [PRINCIPAL, PRINCIPAL, DEPUTY]
    assert ladder.request_to(PRINCIPAL).notification.purpose is Purpose.REMINDER


def test_scenario_22_passed_on_by_key_the_next_is_called_within_a_tick(ladder: Ladder) -> None:
    ladder.exchange.phones[PRINCIPAL] = Phone(
        Outcome.UNCONFIRMED, timedelta(seconds=20), does=ladder.acknowledging.pass_on
    )
    ladder.tip()
    ladder.run(seconds=10)
    assert ladder.called() == [PRINCIPAL, DEPUTY]
    ladder.acknowledging.pass_on(ladder.request_to(PRINCIPAL, Via.SMS).notification.attempt_id)
    ladder.run(minutes=2)
    assert ladder.called() == [PRINCIPAL, DEPUTY]


def test_scenario_9_who_was_taken_off_the_chain_in_mid_call_can_take_nothing(ladder: Ladder) -> None:
    reporter = ladder.tip()
    ladder.settle()
    call = ladder.request_to(PRINCIPAL).notification
    live = ladder.harness.app.escalation.setting.live
    assert live is not None
    left = {name: contact for name, contact in live.staff.items() if name != "principal"}
    object.__setattr__(live, "staff", left)
    with pytest.raises(NotAnswerable):
        ladder.acknowledging.take(call.attempt_id, How.KEY)
    ladder.run(minutes=6)
    assert ladder.state(reporter) is State.RUNNING
    assert ladder.called() == [PRINCIPAL, DEPUTY]


def test_who_is_named_in_the_tip_is_not_called(ladder: Ladder) -> None:
    ladder.tip(text="Mr. Principal hits a boy in the gym", about_staff=True)
    ladder.run(minutes=6)
    assert ladder.called() == [DEPUTY, SECURITY]


def test_a_school_without_a_policy_wants_nobody_called(make_ladder: MakeLadder) -> None:
    ladder = make_ladder()
    programme = ladder.harness.app.programme
    assert programme.schools["north-high"].escalates
    reporter = ladder.tip("bullying")
    ladder.run(hours=1)
    assert ladder.called() == []
    assert ladder.state(reporter) is State.WAITING
