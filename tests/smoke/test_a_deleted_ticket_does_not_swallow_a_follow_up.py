"""Staff deleted the ticket; what the reporter writes afterwards opens a new one."""

from tests.harness import Harness


def test_a_follow_up_to_a_deleted_ticket_opens_a_new_one_with_the_words(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    harness.staff.delete(harness.ticket_of(reporter))
    harness.expect_error("alarm")
    reporter.write("Is anybody there?")
    harness.settle()
    harness.settle()
    found = harness.staff.tickets_with(f"TIP-{reporter.case}-2")
    assert len(found) == 1
    first = harness.staff.look(found[0]).articles[0]
    assert "Is anybody there?" in first.text
    assert "has been deleted" in first.text
    assert harness.rows() == []
    harness.staff.answer(found[0], "Yes, we are.")
    harness.settle()
    assert reporter.answers() == ["Yes, we are."]
