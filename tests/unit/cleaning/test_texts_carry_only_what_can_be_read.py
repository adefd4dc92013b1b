"""Texts from reporters, and what staff write: nothing invisible comes through, and every visible word does."""

from hypothesis import given
from hypothesis import strategies as st

from connector.cleaning import clean_tip_text

INVISIBLE = (
    "\u200b\u200c\u2060\ufeff"  # zero width
    "\u202a\u202b\u202d\u202e\u2066\u2067\u2069"  # writing direction
    "\u00ad\u180e\u2061\u2063"  # soft hyphen, invisible operators
    "\U000e0041\U000e0062\U000e007f"  # tag characters: whole sentences can be hidden in them
)


def test_what_cannot_be_seen_is_gone() -> None:
    words = "he has a knife in his bag"
    marked = "".join(letter + INVISIBLE for letter in words)
    assert clean_tip_text(marked) == words


def test_every_script_stays_readable() -> None:
    for words in (
        "Ünï\u00e7ödé",
        "\u5b66\u6821",
        "\u0645\u062f\u0631\u0633\u0629",
        "\u0939\u093f\u0928\u094d\u0926\u0940",
        "\U0001f6b8",
    ):
        assert clean_tip_text(words) == words


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_tip_text(text)
    assert clean_tip_text(once) == once


@given(st.text(alphabet=st.characters(codec="ascii", categories=("L", "N", "P", "Zs")), max_size=300))
def test_plain_words_come_through_letter_by_letter(text: str) -> None:
    assert clean_tip_text(text) == text.rstrip(" ")
