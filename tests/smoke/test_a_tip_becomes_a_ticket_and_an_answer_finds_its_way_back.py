"""The main promise: tip, ticket, answer, inbox, follow-up, ticket."""

from tests.harness import Harness


def test_tip_to_ticket_to_answer_to_inbox_to_follow_up_to_ticket(harness: Harness) -> None:
    reporter = harness.reporter()
    answer = reporter.send(files=(harness.canary.photo(),))
    assert answer["files"][0]["accepted"] is True
    assert answer["files"][0]["name"] == "photo-1.jpg"
    harness.settle()

    ticket_id = harness.ticket_of(reporter)
    ticket = harness.staff.look(ticket_id)
    assert harness.canary.words in ticket.articles[0].text
    assert "photo-1.jpg" in ticket.articles[0].files
    assert harness.canary.words not in ticket.subject
    assert {"tip", "bullying", "routine"} <= ticket.tags
    assert reporter.status() == "received"

    harness.staff.answer(ticket_id, "Are you safe right now?")
    harness.settle()
    assert reporter.answers() == ["Are you safe right now?"]
    assert reporter.status() == "in_progress"

    assert reporter.write("Yes. It happens again at noon.").status_code == 202
    harness.settle()
    assert any(
        "It happens again at noon." in article.text for article in harness.staff.look(ticket_id).articles
    )
    assert [message["from"] for message in reporter.inbox()["messages"]] == ["you", "staff", "you"]
