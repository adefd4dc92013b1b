"""Tips may have every core and go first; real threads, held in the middle of their derivation."""

from collections.abc import Callable

import pytest

from tests.unit.vault.held import DEADLINE, Crowd

GUESSER, MARA = b"guesser", b"mara"


@pytest.mark.parametrize("cores", [1, 2, 4])
def test_tips_may_have_every_core_and_no_more(crowd: Callable[[int], Crowd], cores: int) -> None:
    people = crowd(cores)
    for number in range(cores + 1):
        people.tip(number)
    begun = {people.next_to_begin() for _ in range(cores)}
    people.are_waiting(tips=1)
    assert len(begun) == cores


@pytest.mark.parametrize(("cores", "most"), [(1, 1), (2, 1), (4, 3)])
def test_guessers_never_have_the_last_core(crowd: Callable[[int], Crowd], cores: int, most: int) -> None:
    people = crowd(cores)
    for number in range(most + 3):
        people.guess(number, address=b"%d" % number)
    for _ in range(most):
        people.next_to_begin()
    people.are_waiting(inboxes=3)


@pytest.mark.parametrize("cores", [2, 4])
def test_a_tip_begins_at_once_however_many_guess(crowd: Callable[[int], Crowd], cores: int) -> None:
    people = crowd(cores)
    for number in range(20):
        people.guess(number, address=b"%d" % number)
    for _ in range(cores - 1):
        people.next_to_begin()
    people.are_waiting(inboxes=20 - (cores - 1))
    people.tip(99)
    assert people.next_to_begin() == 99


def test_on_a_single_core_a_waiting_tip_goes_before_all_who_waited_longer(
    crowd: Callable[[int], Crowd],
) -> None:
    people = crowd(1)
    people.guess(1, GUESSER)
    assert people.next_to_begin() == 1
    people.guess(2, GUESSER)
    people.guess(3, MARA)
    people.are_waiting(inboxes=2)
    people.tip(99)
    people.are_waiting(tips=1, inboxes=2)
    assert people.after(1) == 99


def test_tips_go_first_in_their_own_order_and_then_the_inbox(crowd: Callable[[int], Crowd]) -> None:
    people = crowd(1)
    people.tip(1)
    assert people.next_to_begin() == 1
    people.guess(50, MARA)
    for place, number in enumerate((2, 3), start=1):
        people.are_waiting(tips=place - 1, inboxes=1)
        people.tip(number)
    people.are_waiting(tips=2, inboxes=1)
    assert [people.after(1), people.after(2), people.after(3)] == [2, 3, 50]


def test_the_inbox_begins_when_tips_leave_a_core(crowd: Callable[[int], Crowd]) -> None:
    people = crowd(2)
    people.tip(1)
    people.tip(2)
    assert {people.next_to_begin(), people.next_to_begin()} == {1, 2}
    people.guess(50, MARA)
    people.are_waiting(inboxes=1)
    assert people.after(1) == 50


def test_a_core_that_tips_leave_does_not_go_to_guessers_above_their_share(
    crowd: Callable[[int], Crowd],
) -> None:
    people = crowd(2)
    people.guess(1, GUESSER)
    assert people.next_to_begin() == 1
    first = people.tip(98)
    assert people.next_to_begin() == 98
    people.guess(2, GUESSER)
    people.are_waiting(inboxes=1)
    people.deriver.let_go(98)
    first.result(DEADLINE)
    people.are_waiting(inboxes=1)
    people.tip(99)
    assert people.next_to_begin() == 99
