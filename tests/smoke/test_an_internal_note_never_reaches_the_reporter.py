"""Staff talk among themselves; the reporter never hears of it."""

from tests.harness import Harness


def test_an_internal_note_never_reaches_the_reporter(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    harness.staff.note(harness.ticket_of(reporter), "I think it is Maria from 7b")
    harness.settle()
    assert reporter.answers() == []
    assert reporter.status() == "in_progress"


def test_a_note_that_only_mentions_the_marker_stays_inside(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    harness.staff.note(harness.ticket_of(reporter), "do not write @reporter yet")
    harness.settle()
    assert reporter.answers() == []
