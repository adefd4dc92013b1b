"""Reports in any order, any number of times."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from connector.domain.chain import Via
from connector.domain.escalating import Attempt, Outcome, Progress, Purpose
from escalation.channels.base import Report
from escalation.results import applied

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
CALL = Attempt(
    "a", "e", "c", 1, 0, "principal", Via.VOICE, Purpose.STEP, 1, NOW, NOW + timedelta(minutes=8), "number"
)
REPORTS = (
    Report("1", Progress.ACCEPTED, NOW, "CA1"),
    Report("2", Progress.RINGING, NOW, "CA1"),
    Report("3", Progress.ANSWERED, NOW, "CA1"),
    Report("4", Progress.ENDED, NOW, "CA1", Outcome.NO_ANSWER),
)


def test_scenario_33_in_every_order_the_end_is_the_end() -> None:
    for order in permutations(REPORTS):
        attempt = CALL
        for report in order:
            attempt = applied(attempt, report, NOW)
        assert (attempt.progress, attempt.outcome, attempt.due_at) == (
            Progress.ENDED,
            Outcome.NO_ANSWER,
            None,
        )


@given(st.lists(st.sampled_from(REPORTS), max_size=12))
def test_progress_only_grows_and_a_report_twice_changes_nothing(reports: list[Report]) -> None:
    attempt = CALL
    for report in reports:
        after = applied(attempt, report, NOW)
        assert after.progress >= attempt.progress
        assert applied(after, report, NOW) == after
        attempt = after


def test_scenario_25_a_machine_that_answered_is_no_person() -> None:
    report = Report("1", Progress.ENDED, NOW, "CA1", Outcome.UNCONFIRMED, machine=True)
    assert applied(CALL, report, NOW).outcome is Outcome.MACHINE
