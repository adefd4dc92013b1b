"""Who comes back for an inbox takes turns by address, and a full lane is full for the greediest first."""

from collections.abc import Callable

import pytest

from connector.vault.lanes import RETRY_AFTER, LaneFull
from tests.unit.vault.held import DEADLINE, Crowd

GUESSER, MARA, NILS = b"guesser", b"mara", b"nils"


def test_an_address_with_many_guesses_gets_one_turn_where_another_gets_one(
    crowd: Callable[[int], Crowd],
) -> None:
    people = crowd(2)
    people.guess(1, GUESSER)
    assert people.next_to_begin() == 1
    arrivals = [(2, GUESSER), (3, GUESSER), (4, GUESSER), (50, MARA), (51, MARA), (60, NILS)]
    for waiting, (number, address) in enumerate(arrivals, start=1):
        people.guess(number, address)
        people.are_waiting(inboxes=waiting)
    served = [1]
    for _ in arrivals:
        served.append(people.after(served[-1]))
    assert served == [1, 2, 50, 60, 3, 51, 4]


def test_in_a_full_lane_the_longest_queue_gives_up_its_last_place(
    crowd: Callable[[int], Crowd], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connector.vault.lanes.MOST_WAITING", 3)
    people = crowd(2)
    people.guess(1, GUESSER)
    assert people.next_to_begin() == 1
    guesses = []
    for waiting, number in enumerate((2, 3, 4), start=1):
        guesses.append(people.guess(number, GUESSER))
        people.are_waiting(inboxes=waiting)
    people.guess(50, MARA)
    with pytest.raises(LaneFull):
        guesses[-1].result(DEADLINE)
    people.are_waiting(inboxes=3)
    assert [people.after(1), people.after(2), people.after(50)] == [2, 50, 3]


def test_a_full_lane_refuses_the_guesser_itself_and_derives_nothing(
    crowd: Callable[[int], Crowd], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connector.vault.lanes.MOST_WAITING", 2)
    people = crowd(2)
    people.guess(1, GUESSER)
    assert people.next_to_begin() == 1
    people.guess(2, GUESSER)
    people.guess(50, MARA)
    people.are_waiting(inboxes=2)
    for number, address in ((3, GUESSER), (60, NILS)):
        with pytest.raises(LaneFull) as refusal:
            people.guess(number, address).result(DEADLINE)
        assert refusal.value.retry_after == RETRY_AFTER
    people.are_waiting(inboxes=2)


def test_a_full_inbox_lane_never_refuses_a_tip(
    crowd: Callable[[int], Crowd], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connector.vault.lanes.MOST_WAITING", 1)
    people = crowd(1)
    people.guess(1, GUESSER)
    assert people.next_to_begin() == 1
    people.guess(2, GUESSER)
    people.are_waiting(inboxes=1)
    tips = [people.tip(number) for number in range(90, 99)]
    people.are_waiting(tips=9, inboxes=1)
    people.deriver.let_everybody_go()
    assert [tip.result(DEADLINE) for tip in tips] == [()] * 9
