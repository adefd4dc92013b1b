"""The way to answer that works on every platform."""

from tests.harness import Harness


def test_a_note_that_begins_with_the_marker_reaches_the_reporter_without_the_marker(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    harness.staff.note(harness.ticket_of(reporter), "@reporter Can you tell us which bus?")
    harness.settle()
    assert reporter.answers() == ["Can you tell us which bus?"]
