"""Texts are brought into Unicode form NFKC, and what that would break stays as it was written."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.cleaning import clean_tip_text
from connector.cleaning.text.compatibility import plainly


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("\uff4d\uff45\uff45\uff54 \uff4d\uff45", "meet me"),
        ("\ufb01nd it at \uff11\uff12\uff1a\uff13\uff10", "find it at 12:30"),
        ("\U0001d4fc\U0001d4ec\U0001d4f1\U0001d4f8\U0001d4f8\U0001d4f5", "school"),
        ("\u24d7\u24d4\u24db\u24df", "help"),
        ("wait\u2026", "wait..."),
        ("\u2167 grade", "VIII grade"),
        ("\uff76\uff9e\uff6f\uff7a\uff73", "\u30ac\u30c3\u30b3\u30a6"),
        ("\ufee3\ufeaa\ufead\ufeb3\ufe94", "\u0645\u062f\u0631\u0633\u0629"),
        ("\u1e9b", "\u1e61"),
        ("a\u00a0b\u3000c\u2800d", "a b c d"),
    ],
)
def test_compatibility_characters_become_plain_ones(written: str, plain: str) -> None:
    assert clean_tip_text(written) == plain


@pytest.mark.parametrize(
    "words",
    [
        "he took 1\u00bd pills, 10\u00b2 is a hundred, \u2460\u2461 are two",
        "don\u00b4t tell",
        "\u00af\\_(\u30c4)_/\u00af",
        "\u314b\u314b\u314b \u3160\u3160 \u3147\u314b \u314e\u314f",
        "\u2122\ufe0f \u2139\ufe0f \u24c2\ufe0f \u203c\ufe0f \u2049\ufe0f \u3297\ufe0f \U0001f21a \U0001f251",
        "\u0645\u062d\u0645\u062f \ufdfa",
    ],
    ids=["numbers", "accent alone", "shrug", "Korean letters alone", "emoji", "Arabic sentence"],
)
def test_what_the_form_would_break_stays(words: str) -> None:
    assert clean_tip_text(words) == words


@pytest.mark.parametrize(
    "words",
    [
        "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 and \u2764\ufe0f\u200d\U0001f525",
        "\U0001f3f3\ufe0f\u200d\U0001f308 \U0001f44d\U0001f3fd \U0001f1f2\U0001f1fd 1\ufe0f\u20e3",
        "\U0001f926\U0001f3fe\u200d\u2640\ufe0f \U0001fae8",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u06a9\u0645\u06a9",
        "\u0915\u094d\u200d\u0937 \u0dc1\u0dca\u200d\u0dbb\u0dd3",
        "שלום! הוא אמר לי לא לספר (10b).",
        "هو يضربني في المدرسة، وأنا خائف.",
        "Hôm qua em thấy bạn ấy mang dao đến trường.",
        "他昨天带刀来学校。 他說要打我。",
        "어제 학교에서 칼을 봤어요.",
        "Он сказал, что принесёт нож. Ещё вчера.",
        "Yon elèv te pote yon zam nan lekòl la.",
        "Waxaan arkay wiil mindi sita.",
    ],
)
def test_writing_that_needs_its_signs_keeps_them(words: str) -> None:
    assert clean_tip_text(words) == words


@pytest.mark.parametrize(
    "mark",
    [
        "\x00",
        "\x1b",
        "\x85",
        "\u200b",
        "\u200d",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\U000e0041",
        "\ue000",
        "\U00100000",
    ],
)
def test_what_cannot_be_read_is_gone(mark: str) -> None:
    assert clean_tip_text(f"kn{mark}ife") in ("knife", "kn\nife")


def test_every_character_is_as_the_form_says_or_on_the_list_of_what_keeps_its_own() -> None:
    kept = set()
    for code in range(sys.maxunicode + 1):
        sign = chr(code)
        if 0xD800 <= code < 0xE000:
            continue
        composed, plain = unicodedata.normalize("NFC", plainly(sign)), unicodedata.normalize("NFKC", sign)
        if composed != plain:
            assert composed == unicodedata.normalize("NFC", sign)
            kept.add(sign)
    assert {"\u00bd", "\u314b", "\u2122", "\u00b4", "\ufdfa"} <= kept
    # Numbers, Korean letters, emoji (one is a letter), accents alone, two sentences: more would be a surprise.
    letters = {sign for sign in kept if unicodedata.category(sign) in ("Ll", "Lu", "Lt")}
    assert letters == {"\u2139"}
    assert len(kept) < 500


def test_no_text_becomes_much_longer() -> None:
    assert (
        max(len(plainly(chr(code))) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000) <= 6
    )


@given(st.text(st.characters(), max_size=200))
def test_any_text_cleaned_twice_is_as_cleaned_once(text: str) -> None:
    once = clean_tip_text(text)
    assert clean_tip_text(once) == once


@given(
    st.lists(
        st.sampled_from(
            [
                "https://",
                "x.org",
                "/",
                "?",
                "&",
                "#",
                "utm_a=1",
                "igsh=b",
                "v=1",
                "\u0301",
                "a",
                "A",
                ".",
                ")",
                " ",
                "\u200d",
                "\u00b4",
                "\u4ed6",
                "www.",
                "\ufe0f",
                "\u00a8",
                "1",
                "\u20e3",
                "amp;",
                "@",
            ]
        ),
        max_size=14,
    )
)
def test_links_and_loose_marks_cleaned_twice_are_as_cleaned_once(pieces: list[str]) -> None:
    once = clean_tip_text("".join(pieces))
    assert clean_tip_text(once) == once
