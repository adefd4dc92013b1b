"""Places are counted in code points of the text as it was sent, whatever its normalisation does to lengths."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.cleaning.text.checking import MOST_WARNINGS
from connector.cleaning.text.folding import Folded, folded
from tests.unit.cleaning.text.looking import CHECKER, found

STRETCHES = [
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 ",
    *("\ufdfa ", "\u3316 ", "\ufb03 ", "e\u0301 ", "\u200b\u202e", "\u0130 ", "\u00bd "),
    *("\u1100\u1161\u11a8 ", "\r\n", "\u314b\u314b ", "\u0958 "),
]


@pytest.mark.parametrize("before", STRETCHES)
def test_the_place_is_right_behind_whatever_changes_length(before: str) -> None:
    for words in ("maria@example.org", "505-555-0142", "@maria_k", "https://youtu.be/a?si=1"):
        text = f"{before * 3}{words} {before}"
        assert [one.split(": ", 1)[1] for one in found(text)] == [words]


def test_accents_upon_the_last_letter_belong_to_the_place() -> None:
    text = unicodedata.normalize("NFD", "me llamo José y")
    assert found(text, "name") == ["Jose\u0301"]


def test_what_is_one_sign_and_several_letters_is_named_whole() -> None:
    assert found("my snap is e\ufb03e_1!", "handle") == ["e\ufb03e_1"]
    assert found("my snap is blue_o\ufb03 ok", "handle") == ["blue_o\ufb03"]


_PIECES = st.sampled_from([
    *STRETCHES,
    *("maria@example.org", "505-555-0142", "@maria_k", "my name is Zoé", "my snap is x_1", " ", ", ", "\n", "a", "1"),
    *("https://vm.tiktok.com/Z/", "?igsh=1", "我叫张伟", "저는 김민수라고 합니다"),
])  # fmt: skip


@given(st.lists(_PIECES | st.text(max_size=5), max_size=12).map("".join))
def test_places_are_in_order_and_within_the_text(text: str) -> None:
    warnings = CHECKER.warnings(text)
    for warning in warnings:
        assert 0 <= warning.start < warning.end <= len(text)
        assert folded(text[warning.start : warning.end])
        assert warning.message
    assert all(first.start <= second.start for first, second in pairwise(warnings))


@given(st.text(max_size=60))
def test_what_a_part_of_the_plain_form_names_folds_to_that_part(text: str) -> None:
    plain = Folded(text)
    assert len(plain.kept) == len(plain.plain)
    for start in range(len(plain.plain)):
        for end in range(start + 1, min(start + 4, len(plain.plain)) + 1):
            first, last = plain.in_text(start, end)
            assert plain.plain[start:end] in folded(text[first:last])


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert [one.start for one in CHECKER.warnings(text + "\ud83d")] == [
        one.start for one in CHECKER.warnings(text)
    ]


def test_the_first_so_many_are_told() -> None:
    warnings = CHECKER.warnings(" ".join(f"@name_{number}" for number in range(MOST_WARNINGS + 100)))
    assert len(warnings) == MOST_WARNINGS
    assert warnings[0].start == 0
