"""An hour without the helpdesk: tips go on being taken, and all arrive when it is back."""

from tests.harness import Harness


def test_tips_taken_while_the_helpdesk_is_down_for_an_hour_all_arrive_once(harness: Harness) -> None:
    reporters = [harness.reporter() for _ in range(3)]
    harness.desk.go_down()
    for reporter in reporters:
        reporter.send()
    harness.expect_error("alarm")
    for _ in range(12):
        harness.deliver()
        harness.fast_forward(minutes=5)
    assert "helpdesk-failing" in harness.alarms()
    assert len(harness.rows()) == 3
    harness.desk.come_back()
    for _ in range(4):
        harness.settle()
    assert harness.rows() == []
    assert "helpdesk-failing" not in harness.alarms()
    for reporter in reporters:
        harness.ticket_of(reporter)


def test_a_helpdesk_that_asks_for_patience_is_given_it(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.desk.ask_for_patience(seconds=120)
    assert harness.deliver() == 1
    harness.fast_forward(seconds=100)
    assert harness.deliver() == 0
    harness.desk.come_back()
    harness.fast_forward(seconds=30)
    assert harness.deliver() == 1
    harness.ticket_of(reporter)
