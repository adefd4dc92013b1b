"""Whom a tip names."""

import pytest

from connector.domain.named import named_in

NAMES = {"principal": "Anna Young", "deputy": "B. Deputy", "security": "José Núñez"}


@pytest.mark.parametrize(
    ("text", "about_staff", "found"),
    [
        ("Mrs. Young hit him", False, ("principal",)),
        ("a young boy has a gun", False, ()),
        ("anna young hit him", False, ("principal",)),
        ("a young boy was hit by a teacher", True, ("principal",)),
        ("the principal hits us", True, ("principal",)),
        ("the principal must know", False, ()),
        ("mr núñez was there", True, ("security",)),
        ("Youngster", False, ()),
        ("Anna has a knife", False, ()),
        ("anna did it", True, ("principal",)),
        ("", True, ()),
    ],
)
def test_a_name_is_found_where_it_is_meant(text: str, about_staff: bool, found: tuple[str, ...]) -> None:
    assert named_in(text, NAMES, about_staff=about_staff) == found


def test_a_last_name_in_small_letters_is_an_ordinary_word_unless_the_tip_is_about_staff() -> None:
    assert named_in("he is so young", NAMES, about_staff=False) == ()
