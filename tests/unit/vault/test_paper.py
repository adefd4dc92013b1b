"""The key on paper: the same key again, and a slip of the pen is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.vault.paper import BadWords, from_words, page, to_words, words_of
from connector.vault.secret import SecretBytes


@given(st.binary(min_size=32, max_size=32))
def test_the_words_of_a_page_are_the_seed(seed: bytes) -> None:
    text = page("counsel", "ab" * 16, SecretBytes(seed))
    assert from_words(words_of(text)).reveal() == seed
    assert from_words(" ".join(to_words(SecretBytes(seed))).upper()).reveal() == seed


def test_the_known_answer_of_the_standard() -> None:
    # Test vector of BIP-39 for 32 zero bytes.
    assert to_words(SecretBytes(bytes(32))) == ["abandon"] * 23 + ["art"]


def test_a_word_that_is_not_on_the_list_is_named_by_its_place() -> None:
    with pytest.raises(BadWords, match="word 3 "):
        from_words("abandon abandon abandonn " + "abandon " * 20 + "art")


@pytest.mark.parametrize("count", [0, 12, 23, 25])
def test_too_few_or_too_many_words_are_counted(count: int) -> None:
    with pytest.raises(BadWords, match=f"there are {count}"):
        from_words("abandon " * count)


def test_words_in_another_order_do_not_belong_together() -> None:
    with pytest.raises(BadWords):
        from_words("art " + "abandon " * 23)
