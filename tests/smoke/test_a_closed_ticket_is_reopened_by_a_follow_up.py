"""Closed is not the end for a reporter."""

from tests.harness import Harness


def test_a_closed_ticket_is_reopened_by_a_follow_up(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    ticket_id = harness.ticket_of(reporter)
    harness.staff.answer(ticket_id, "Solved.")
    harness.staff.close(ticket_id)
    harness.settle()
    assert reporter.status() == "closed"
    reporter.write("It has begun again.")
    harness.settle()
    harness.settle()
    assert not harness.staff.look(ticket_id).closed
    assert reporter.status() == "in_progress"
