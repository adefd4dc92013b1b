"""What is owed when: the chain, its times, and everything that stops or turns it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from connector.domain.chain import (
    Absence,
    LiveRoster,
    PoliceRules,
    Policy,
    PracticeRoster,
    StaffContact,
    Step,
    Via,
)
from connector.domain.escalating import EvidenceKind, Outcome, Purpose, State
from connector.domain.urgency import Urgency
from escalation.preview import preview
from escalation.snapshot import from_text, to_text
from escalation.weekday_hours import WeekdayHours
from tests.unit.escalation.chains import (
    DENVER,
    EVERYTHING,
    MINUTE,
    POLICY,
    ROSTER,
    SATURDAY_NIGHT,
    SECOND,
    Course,
    seen,
    wanted,
)


def test_scenario_1_the_whole_chain_at_night_in_order_and_at_its_times() -> None:
    course = Course()
    course.run()
    assert course.told() == [
        (0, "principal", "voice"),
        (0, "principal", "sms"),
        (5, "deputy", "voice"),
        (5, "deputy", "sms"),
        (10, "security", "voice"),
        (10, "security", "sms"),
        (10, "security", "email"),
        (15, "police-desk", "voice"),
        (15, "police-desk", "email"),
    ]
    assert course.told(Purpose.WARNING) == [
        (13, "principal", "sms"),
        (13, "deputy", "sms"),
        (13, "security", "sms"),
    ]
    assert course.it.state is State.EXHAUSTED
    assert course.notes().count("Escalation, step") == 4
    assert ("escalation-exhausted", None) in course.alarms()


def test_the_preview_shows_the_same_times_without_warnings() -> None:
    rows = preview(
        POLICY, PoliceRules(), ROSTER, WeekdayHours(DENVER), EVERYTHING, Urgency.EMERGENCY, SATURDAY_NIGHT
    )
    assert [(row.step, row.contact, row.via.value, row.at.isoformat()) for row in rows[::2]] == [
        (1, "principal", "voice", "2026-11-28T02:00:00-07:00"),
        (2, "deputy", "voice", "2026-11-28T02:05:00-07:00"),
        (3, "security", "voice", "2026-11-28T02:10:00-07:00"),
        (3, "security", "email", "2026-11-28T02:10:00-07:00"),
        (4, "police-desk", "email", "2026-11-28T02:15:00-07:00"),
    ]


def test_scenario_2_whoever_takes_it_first_ends_it_for_the_others() -> None:
    course = Course()
    course.decide()
    course.now += MINUTE
    decision = course.decide(seen(EvidenceKind.KEY, "principal"))
    assert (course.it.state, course.it.acknowledged_by) == (State.ACKNOWLEDGED, "principal")
    assert not decision.planned
    course.decide(seen(EvidenceKind.ARTICLE))
    course.run(until=course.now + timedelta(hours=24))
    assert course.called() == ["principal"]
    assert course.it.due_at is None


def test_scenario_3_a_routine_tip_on_friday_afternoon_waits_for_monday_and_rings_nobody() -> None:
    friday = datetime(2026, 11, 27, 16, 30, tzinfo=DENVER).astimezone(UTC)
    course = Course(wanted(Urgency.ROUTINE, friday))
    course.run()
    assert course.told(*Purpose) == [
        ((datetime(2026, 11, 30, 8, tzinfo=DENVER) - friday) / MINUTE, "principal", "email"),
        ((datetime(2026, 11, 30, 12, tzinfo=DENVER) - friday) / MINUTE, "principal", "email"),
    ]
    assert course.it.state is State.NOTICED
    assert course.it.due_at is None


def test_scenario_4_raised_while_waiting_the_chain_starts_at_once() -> None:
    course = Course(wanted(Urgency.ROUTINE))
    course.decide()
    assert course.it.state is State.WAITING
    course.now += 3 * MINUTE
    course.decide(seen(EvidenceKind.URGENCY, urgency=Urgency.EMERGENCY))
    assert course.told() == [(3, "principal", "voice"), (3, "principal", "sms")]


@pytest.mark.parametrize("urgency", [Urgency.URGENT, Urgency.EMERGENCY])
def test_lowered_to_routine_it_stands_down(urgency: Urgency) -> None:
    course = Course(wanted(urgency))
    course.outcome = None
    course.decide()
    decision = course.decide(seen(EvidenceKind.URGENCY, urgency=Urgency.ROUTINE))
    assert len(decision.cancelled) == 2
    assert course.it.state is State.WAITING
    assert "somebody in the helpdesk has changed the priority" in course.notes()
    course.run()
    assert course.called() == ["principal"]


def test_scenario_6_an_empty_step_costs_no_time_and_is_loud() -> None:
    staff = dict(ROSTER.staff)
    del staff["deputy"]
    course = Course(roster=LiveRoster(staff, ROSTER.agencies))
    course.run()
    assert [(at, who) for at, who, via in course.told() if via == "voice"] == [
        (0, "principal"),
        (5, "security"),
        (10, "police-desk"),
    ]
    assert "step 2 of 4: passed over, there is no such contact" in course.notes()


def test_a_contact_who_is_away_is_passed_over_with_an_alarm() -> None:
    away = (Absence(date(2026, 11, 28), date(2026, 11, 28)),)
    staff = {**ROSTER.staff, "principal": replace(ROSTER.staff["principal"], away=away)}
    course = Course(roster=LiveRoster(staff, ROSTER.agencies))
    course.decide()
    assert course.called() == ["deputy"]
    assert course.alarms() == {("contact-away", "principal")}


def test_scenario_7_with_nobody_to_reach_the_gate_waits_only_for_the_extra_time() -> None:
    staff = {name: StaffContact(name, name, None, None) for name in ROSTER.staff}
    course = Course(roster=LiveRoster(staff, ROSTER.agencies))
    course.run()
    assert course.told() == [(10, "police-desk", "voice"), (10, "police-desk", "email")]
    assert {("police-unproven", None), ("contact-unreachable", "principal")} <= course.alarms()


def test_scenario_7_numbers_that_are_refused_for_good_pass_on_at_once() -> None:
    course = Course()
    course.outcome = Outcome.REFUSED
    course.situation = replace(
        course.situation,
        policy=replace(POLICY, steps=tuple(replace(step, via=(Via.VOICE,)) for step in POLICY.steps)),
    )
    course.run()
    assert course.told() == [
        (0, "principal", "voice"),
        (0, "deputy", "voice"),
        (0, "security", "voice"),
        (0, "police-desk", "voice"),
    ]
    assert ("contact-unreachable", "security") in course.alarms()


def test_scenario_8_a_running_case_keeps_its_steps() -> None:
    course = Course()
    course.decide()
    assert course.it.plan is not None
    assert from_text(course.it.plan) == POLICY
    assert from_text(to_text(Policy("p", (Step("a", (Via.EMAIL,)),)))) == Policy(
        "p", (Step("a", (Via.EMAIL,)),)
    )


def test_scenario_10_exhausted_it_begins_again_at_a_bounded_rate_and_calls_the_police_three_times_at_most() -> (
    None
):
    course = Course()
    course.run(until=SATURDAY_NIGHT + timedelta(hours=6))
    begun = [at for at, who, via in course.told() if (who, via) == ("principal", "voice")]
    assert begun[:3] == [0, 35, 70]
    assert [who for _, who, via in course.told() if via == "voice"].count("police-desk") == 3


def test_scenario_21_who_took_it_by_phone_and_does_nothing_is_reminded_then_the_chain_goes_on() -> None:
    course = Course()
    course.decide()
    course.decide(seen(EvidenceKind.KEY, "principal"))
    course.run(until=SATURDAY_NIGHT + 39 * MINUTE)
    assert course.told(Purpose.REMINDER) == [(30, "principal", "voice"), (30, "principal", "sms")]
    assert course.told(Purpose.STEP)[-2:] == [(35, "deputy", "voice"), (35, "deputy", "sms")]


def test_scenario_22_passed_on_the_next_is_called_at_once_and_a_second_time_changes_nothing() -> None:
    course = Course()
    course.outcome = None
    course.decide()
    course.now += 20 * SECOND
    course.end(Outcome.PASSED_ON)
    course.run(until=course.now)
    assert course.called() == ["principal", "deputy"]
    course.end(Outcome.PASSED_ON, ["principal"])
    course.decide()
    assert course.called() == ["principal", "deputy"]


def test_scenario_28_busy_twice_then_again_after_the_gap_within_one_step() -> None:
    policy = replace(POLICY, steps=(replace(POLICY.steps[0], tries=3), *POLICY.steps[1:]))
    course = Course(policy=policy)
    course.outcome = Outcome.BUSY
    course.run(until=SATURDAY_NIGHT + 4 * MINUTE)
    assert [at for at, _, via in course.told() if via == "voice"] == [0, 1.5, 3]
    assert course.called() == ["principal"]


def test_scenario_41_the_wait_counts_from_acceptance_and_is_capped() -> None:
    course = Course()
    course.accepting = False
    course.run(until=SATURDAY_NIGHT + 20 * MINUTE)
    assert [at for at, _, via in course.told() if via == "voice"] == [0, 8, 16]


def test_scenario_47_after_an_outage_the_present_step_starts_anew_and_none_is_skipped() -> None:
    course = Course()
    course.run(until=SATURDAY_NIGHT + 6 * MINUTE)
    assert course.called() == ["principal", "deputy"]
    course.now = SATURDAY_NIGHT + 66 * MINUTE
    course.decide()
    assert course.told()[-2:] == [(66, "deputy", "voice"), (66, "deputy", "sms")]
    assert ("escalation-late", None) in course.alarms()
    course.run(until=SATURDAY_NIGHT + 71 * MINUTE)
    assert course.called() == ["principal", "deputy", "security"]


@pytest.mark.parametrize(
    ("begins", "next_at"),
    [
        (datetime(2026, 11, 1, 1, 55, tzinfo=DENVER), "2026-11-01T01:05:00-07:00"),
        (datetime(2026, 3, 8, 1, 55, tzinfo=DENVER), "2026-03-08T03:05:00-06:00"),
    ],
    ids=["scenario 51: the long night", "scenario 52: the short night"],
)
def test_ten_minutes_are_ten_minutes_on_both_nights(begins: datetime, next_at: str) -> None:
    steps = (replace(POLICY.steps[0], wait=10 * MINUTE), *POLICY.steps[1:])
    rows = preview(
        replace(POLICY, steps=steps),
        PoliceRules(),
        ROSTER,
        WeekdayHours(DENVER),
        EVERYTHING,
        Urgency.EMERGENCY,
        begins.astimezone(UTC),
    )
    assert next(row for row in rows if row.contact == "deputy").at.isoformat() == next_at


def test_scenario_57_closed_after_all_it_waits_again() -> None:
    class SnowDay(WeekdayHours):
        def is_open(self, at: datetime) -> bool:
            return self.local(at).date() != date(2026, 11, 30) and super().is_open(at)

    course = Course(wanted(Urgency.ROUTINE), hours=SnowDay(DENVER))
    course.run()
    tuesday = (datetime(2026, 12, 1, 8, tzinfo=DENVER) - SATURDAY_NIGHT) / MINUTE
    assert course.told(*Purpose)[0] == (tuesday, "principal", "email")


def test_scenario_56_no_tip_waits_longer_than_ninety_six_hours() -> None:
    class Broken(WeekdayHours):
        def is_open(self, at: datetime) -> bool:
            return False

        def next_opening(self, after: datetime) -> datetime:
            return after + timedelta(days=30)

    policy = replace(POLICY, urgent_waits=True)
    for urgency in (Urgency.ROUTINE, Urgency.URGENT):
        course = Course(wanted(urgency), hours=Broken(DENVER), policy=policy)
        course.run(until=SATURDAY_NIGHT + timedelta(hours=97))
        assert course.told(*Purpose)[0][0] == 96 * 60


def test_urgent_may_wait_for_the_school_but_an_emergency_never_does() -> None:
    policy = replace(POLICY, urgent_waits=True)
    urgent, emergency = Course(wanted(Urgency.URGENT), policy=policy), Course(policy=policy)
    urgent.decide()
    emergency.decide()
    assert (urgent.it.state, emergency.it.state) == (State.WAITING, State.RUNNING)
    urgent.run()
    assert urgent.called()[:2] == ["principal", "deputy"]
    assert "police-desk" not in urgent.called()


def test_scenario_60_the_brake_holds_a_police_step_and_lets_it_go_by_itself() -> None:
    course = Course(police_begun=5)
    course.run()
    assert [at for at, who, _ in course.told() if who == "police-desk"] == [18, 18]
    assert ("police-held", None) in course.alarms()


def test_scenario_62_without_a_stand_in_a_drill_ends_before_the_police() -> None:
    course = Course(roster=PracticeRoster(ROSTER.staff))
    course.run()
    assert course.called() == ["principal", "deputy", "security"]
    assert course.it.state is State.EXHAUSTED


def test_scenario_63_the_school_answers_after_the_police_call_it_goes_on_and_they_are_told() -> None:
    course = Course()
    course.run(until=SATURDAY_NIGHT + 15 * MINUTE)
    course.outcome = None
    decision = course.decide(seen(EvidenceKind.KEY, "deputy"))
    police = [a.attempt_id for a in course.situation.attempts if a.purpose is Purpose.POLICE]
    assert len(police) == 2
    assert not set(police) & set(decision.cancelled)
    told = {(planned.purpose, planned.contact) for planned in decision.planned}
    assert (Purpose.UPDATE, "police-desk") in told
    assert {(Purpose.INFORM, "principal"), (Purpose.INFORM, "security")} <= told


def test_police_that_has_confirmed_hears_of_the_school_once() -> None:
    course = Course()
    course.run(until=SATURDAY_NIGHT + 15 * MINUTE)
    course.decide(seen(EvidenceKind.KEY, "police-desk"))
    first = course.decide(seen(EvidenceKind.ARTICLE))
    second = course.decide(seen(EvidenceKind.STATE))
    assert [planned.purpose for planned in first.planned] == [Purpose.UPDATE]
    assert second.planned == ()


def test_scenario_65_an_old_case_calls_nobody() -> None:
    old = wanted(at=SATURDAY_NIGHT - timedelta(days=90))
    course = Course(old)
    course.now = SATURDAY_NIGHT
    course.decide()
    assert course.told(*Purpose) == []
    assert course.it.state is State.REVIEW
    assert course.alarms() == {("escalation-review", None)}


def test_who_is_named_in_the_tip_is_told_nothing() -> None:
    course = Course(replace(wanted(), left_out=("principal",)))
    course.run()
    assert "principal" not in [who for _, who, _ in course.told(*Purpose)]


def test_closed_in_the_helpdesk_it_is_over_and_what_rings_is_taken_back() -> None:
    course = Course()
    course.outcome = None
    course.decide()
    decision = course.decide(seen(EvidenceKind.CLOSED))
    assert len(decision.cancelled) == 2
    assert (course.it.state, course.it.due_at) == (State.ENDED, None)


def test_a_school_whose_policy_is_gone_is_a_persons_business() -> None:
    course = Course(policy=Policy("gone", ()))
    course.decide()
    assert course.it.state is State.REVIEW
    assert course.alarms() == {("escalation-review", None)}
