"""How pressing a tip is."""

import pytest

from connector.domain.urgency import Urgency, triage


def test_someone_in_danger_now_is_an_emergency_whatever_the_category_says() -> None:
    found = triage(True, "Bullying", Urgency.ROUTINE)
    assert found.urgency is Urgency.EMERGENCY
    assert "danger" in found.reasons[0]


def test_nobody_in_danger_does_not_lower_what_the_category_says() -> None:
    assert triage(False, "Weapon", Urgency.EMERGENCY).urgency is Urgency.EMERGENCY


def test_a_category_that_says_nothing_makes_an_unanswered_tip_urgent() -> None:
    assert triage(None, "Other", None).urgency is Urgency.URGENT


def test_a_category_that_says_nothing_makes_a_tip_without_danger_urgent() -> None:
    assert triage(False, "Other", None).urgency is Urgency.URGENT


def test_both_reasons_are_named_where_both_say_emergency() -> None:
    assert len(triage(True, "Weapon", Urgency.EMERGENCY).reasons) == 2


@pytest.mark.parametrize("urgency", list(Urgency))
def test_every_word_leads_back_to_its_urgency(urgency: Urgency) -> None:
    assert Urgency.from_word(urgency.word) is urgency


def test_a_word_that_is_no_urgency_is_refused() -> None:
    with pytest.raises(ValueError, match="emergency, urgent or routine"):
        Urgency.from_word("high")
