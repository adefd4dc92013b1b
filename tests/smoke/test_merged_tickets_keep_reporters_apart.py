"""Staff merge two tips about the same fight: each reporter reads only what was meant for them."""

from datetime import timedelta

from tests.harness import Harness


def test_what_was_said_before_a_merge_stays_with_its_reporter_and_what_is_said_after_goes_to_both(
    harness: Harness,
) -> None:
    ann, ben = harness.reporter(), harness.reporter()
    ann.send("ann saw it")
    ben.send("ben saw it")
    harness.settle()
    anns, bens = harness.ticket_of(ann), harness.ticket_of(ben)
    harness.staff.answer(anns, "only for ann")
    harness.staff.answer(bens, "only for ben")
    harness.staff.let_time_pass()
    harness.staff.merge(anns, bens)
    harness.staff.let_time_pass()
    harness.settle()
    harness.staff.answer(bens, "for both of you")
    harness.settle()
    assert ann.answers() == ["only for ann", "for both of you"]
    assert ben.answers() == ["only for ben", "for both of you"]


def test_staff_are_told_at_once_how_many_reporters_will_read_an_answer(harness: Harness) -> None:
    ann, ben = harness.reporter(), harness.reporter()
    ann.send("ann saw it")
    ben.send("ben saw it")
    harness.settle()
    anns, bens = harness.ticket_of(ann), harness.ticket_of(ben)
    harness.staff.let_time_pass()
    harness.staff.merge(anns, bens)
    harness.settle()
    harness.settle()
    notes = [article.text for article in harness.staff.look(bens).articles]
    assert sum("read by 2 reporters" in note for note in notes) == 1


def test_a_follow_up_after_a_merge_goes_to_the_ticket_that_is_left(harness: Harness) -> None:
    ann, ben = harness.reporter(), harness.reporter()
    ann.send("ann saw it")
    ben.send("ben saw it")
    harness.settle()
    anns, bens = harness.ticket_of(ann), harness.ticket_of(ben)
    harness.staff.let_time_pass()
    harness.staff.merge(anns, bens)
    harness.settle()
    harness.clock.advance(timedelta(minutes=1))
    ann.write("one more thing from ann")
    harness.settle()
    assert any("one more thing from ann" in article.text for article in harness.staff.look(bens).articles)
    assert ben.answers() == []
