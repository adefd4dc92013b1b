"""The helpdesk stored the ticket and never answered: there is one ticket in the end, not two."""

from tests.harness import Harness


def test_a_create_that_was_committed_but_never_answered_is_one_ticket(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.desk.swallow_the_next_answer()
    harness.deliver()
    assert len(harness.rows()) == 1, "the outcome is unknown, so the row stays"
    harness.fast_forward(minutes=2)
    harness.settle()
    ticket = harness.staff.look(harness.ticket_of(reporter))
    assert len(ticket.articles) == 1
    assert harness.rows() == []


def test_a_follow_up_that_was_committed_but_never_answered_is_one_article(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    ticket_id = harness.ticket_of(reporter)
    reporter.write("one more thing")
    harness.desk.swallow_the_next_answer()
    harness.deliver()
    harness.fast_forward(minutes=2)
    harness.settle()
    said = [article for article in harness.staff.look(ticket_id).articles if "one more thing" in article.text]
    assert len(said) == 1
