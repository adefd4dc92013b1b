"""Scenarios 1 to 10: nobody answers, or the first one does."""

from datetime import timedelta

from connector.domain.chain import Via
from connector.domain.escalating import Outcome, Purpose, State
from tests.escalation.conftest import MakeLadder
from tests.ladder import DEPUTY, POLICE, PRINCIPAL, SECURITY, Ladder
from tests.telephone import Phone


def test_scenario_1_nobody_acts_and_everybody_is_called_in_order_at_the_right_times(ladder: Ladder) -> None:
    reporter = ladder.tip()
    ladder.run(minutes=21)
    assert ladder.calls() == [(0, PRINCIPAL), (5, DEPUTY), (10, SECURITY), (15, POLICE)]
    warnings = [r for r in ladder.exchange.sent(Via.SMS) if r.notification.purpose is Purpose.WARNING]
    assert [r.notification.to for r in warnings] == [PRINCIPAL, DEPUTY, SECURITY]
    assert {(r.at - ladder.began) / timedelta(minutes=1) for r in warnings} == {13}
    assert ladder.state(reporter) is State.EXHAUSTED
    assert "escalation-exhausted" in ladder.harness.alarms()
    notes = ladder.notes(reporter)
    assert [note.split(":")[0] for note in notes if "step" in note][:4] == [
        "Escalation, step 1 of 4, begun 2026-11-28 02",
        "Escalation, step 2 of 4, begun 2026-11-28 02",
        "Escalation, step 3 of 4, begun 2026-11-28 02",
        "Escalation, step 4 of 4, begun 2026-11-28 02",
    ]
    assert "A. Principal. Call: no answer; text: delivered. Nobody took it in time." in notes[0]
    assert "NOBODY HAS TAKEN THIS TIP" in notes[-1]


def test_scenario_2_the_first_presses_one_and_no_other_number_is_ever_dialed(ladder: Ladder) -> None:
    ladder.exchange.phones[PRINCIPAL] = Phone(
        Outcome.UNCONFIRMED, timedelta(seconds=30), does=ladder.press_one
    )
    reporter = ladder.tip()
    ladder.run(minutes=2)
    assert ladder.state(reporter) is State.ACKNOWLEDGED
    ladder.harness.deliver()
    ladder.harness.staff.note(ladder.harness.ticket_of(reporter), "on my way")
    ladder.harness.settle()
    ladder.run(hours=24)
    assert ladder.called() == [PRINCIPAL]
    assert "taken by A. Principal by key on the phone" in "\n".join(ladder.notes(reporter))
    (call,) = [attempt for attempt in ladder.attempts(reporter) if attempt.via is Via.VOICE]
    assert call.outcome is Outcome.ACKNOWLEDGED


def test_scenario_8_a_number_corrected_in_mid_case_is_used_for_the_next_attempt(ladder: Ladder) -> None:
    ladder.tip()
    ladder.run(minutes=1)
    staff = ladder.harness.app.escalation.setting.live
    assert staff is not None
    deputy = staff.staff["deputy"]
    corrected = {**staff.staff, "deputy": type(deputy)("deputy", deputy.name, "+15055550199")}
    object.__setattr__(staff, "staff", corrected)
    ladder.run(minutes=5)
    assert ladder.called() == [PRINCIPAL, "+15055550199"]


def test_scenario_10_the_alarm_of_an_exhausted_chain_is_told_again_each_time(ladder: Ladder) -> None:
    ladder.tip()
    ladder.run(minutes=22)
    with ladder.harness.app.store.write() as tx:
        assert tx.alarms.claim_untold(ladder.now) is not None
        while tx.alarms.claim_untold(ladder.now) is not None:
            pass
    ladder.run(minutes=40)
    with ladder.harness.app.store.write() as tx:
        told_again = tx.alarms.claim_untold(ladder.now)
    assert told_again is not None
    assert told_again.alarm == "escalation-exhausted"


def test_a_full_ladder_with_small_times_takes_small_times(make_ladder: MakeLadder) -> None:
    steps = [
        {"contact": name, "via": ["voice"], "wait": "4s"}
        for name in ("principal", "deputy", "security", "police-desk")
    ]
    ladder = make_ladder(steps=steps)
    ladder.tip()
    ladder.run(seconds=15)
    assert ladder.called()[:3] == [PRINCIPAL, DEPUTY, SECURITY]


def test_scenario_68_no_word_of_the_tip_is_in_anything_that_a_provider_gets(ladder: Ladder) -> None:
    ladder.tip(danger_now=True)
    ladder.run(minutes=20)
    everything = repr([vars(r) for r in ladder.exchange.requests])
    assert len(ladder.exchange.requests) > 8
    canary = ladder.harness.canary
    for mark in (*canary.never_leaves, canary.words):
        assert str(mark) not in everything
