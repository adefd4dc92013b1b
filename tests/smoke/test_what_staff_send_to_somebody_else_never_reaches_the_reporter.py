"""An e-mail from the ticket to a third party is nobody's answer to the reporter."""

from tests.harness import Harness


def test_a_mail_to_a_third_party_is_not_relayed_and_leaves_one_hint(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    ticket_id = harness.ticket_of(reporter)
    harness.staff.write_elsewhere(ticket_id, "Dear parents, please call us")
    harness.settle()
    harness.settle()
    assert reporter.answers() == []
    told = [article for article in harness.staff.look(ticket_id).articles if "did not reach" in article.text]
    assert len(told) == 1
