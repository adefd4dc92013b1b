"""Whoever types an internal note first probably believes to have answered. They are told, once."""

from tests.harness import Harness

HINT = "This did not reach the reporter"


def hints(harness: Harness, ticket_id: str) -> int:
    return sum(HINT in article.text for article in harness.staff.look(ticket_id).articles)


def test_the_first_unmarked_note_leaves_one_hint_and_the_second_none(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    ticket_id = harness.ticket_of(reporter)
    harness.staff.note(ticket_id, "Who saw it?")
    harness.settle()
    assert hints(harness, ticket_id) == 1
    harness.staff.note(ticket_id, "Please tell us more")
    harness.settle()
    harness.settle()
    assert hints(harness, ticket_id) == 1


def test_no_hint_where_the_reporter_was_answered_before(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    ticket_id = harness.ticket_of(reporter)
    harness.staff.answer(ticket_id, "We are on it")
    harness.settle()
    harness.staff.note(ticket_id, "call the parents")
    harness.settle()
    assert hints(harness, ticket_id) == 0
