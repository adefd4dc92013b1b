"""A note flipped to public fires no webhook on Zammad; polling finds it."""

from connector.plugin_api import Visibility
from tests.harness import Harness


def test_a_note_turned_public_later_arrives_once(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    ticket_id = harness.ticket_of(reporter)
    note = harness.staff.note(ticket_id, "We have spoken to the driver.")
    harness.settle()
    assert reporter.answers() == []
    harness.staff.flip(ticket_id, note, Visibility.PUBLIC)
    harness.settle()
    harness.settle()
    assert reporter.answers() == ["We have spoken to the driver."]


def test_a_public_answer_turned_internal_before_it_was_read_is_withdrawn(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    ticket_id = harness.ticket_of(reporter)
    answer = harness.staff.answer(ticket_id, "meant for another ticket")
    harness.settle()
    harness.staff.flip(ticket_id, answer, Visibility.INTERNAL)
    harness.settle()
    assert reporter.answers() == []


def test_a_public_answer_turned_internal_after_it_was_read_stays(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    ticket_id = harness.ticket_of(reporter)
    answer = harness.staff.answer(ticket_id, "already read")
    harness.settle()
    assert reporter.answers() == ["already read"]
    harness.staff.flip(ticket_id, answer, Visibility.INTERNAL)
    harness.settle()
    assert reporter.answers() == ["already read"]
