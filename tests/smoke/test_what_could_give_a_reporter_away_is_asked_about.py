"""The pages show what could give a reporter away, each in its sentence, and do with it what the reporter says."""

import pytest

from tests.harness import Harness
from tests.harness_fixtures import MakeHarness
from tests.memory_desk import MemoryDesk
from tests.pages import Browser

WORDS = (
    "He hits Tom every day. My name is Maria Kanarienvogel and I sit behind them. "
    "His insta is jake.99x! You can call 505-555-0142.\nIt is on https://vm.tiktok.com/ZMabc/ too. Call 505 555 0142?"
)
REVIEW = "Look at this first"


@pytest.fixture
def harness(make_harness: MakeHarness, memory_desk: MemoryDesk) -> Harness:
    """The pages are the same before every helpdesk."""
    return make_harness(memory_desk)


@pytest.fixture
def browser(harness: Harness) -> Browser:
    """Without JavaScript."""
    return Browser(harness.url, harness.canary)


def sent(harness: Harness, browser: Browser) -> str:
    """Send, and what staff read."""
    browser.press("Send")
    assert browser.code
    harness.settle()
    return harness.staff.look(harness.only_ticket()).articles[0].text


def quotes(browser: Browser) -> list[str]:
    return [" ".join(quote.text_content().split()) for quote in browser.all("//p[@class='quote']")]


def chosen(browser: Browser) -> list[str]:
    return [str(value) for value in browser.all("//input[@type='radio' and @checked]/@value")]


def test_each_is_shown_in_its_sentence_once(browser: Browser) -> None:
    browser.tell(WORDS)
    assert browser.heading == REVIEW
    assert [mark.text for mark in browser.all("//fieldset[1]//mark")] == ["Maria Kanarienvogel"]
    assert quotes(browser) == [
        "My name is Maria Kanarienvogel and I sit behind them.",
        "His insta is jake.99x!",
        "You can call 505-555-0142.",
        "Call 505 555 0142?",
        "It is on https://vm.tiktok.com/ZMabc/ too.",
    ]
    assert len(browser.all("//fieldset")) == 4


def test_what_is_probably_the_reporters_own_is_taken_out_unless_kept_and_the_rest_kept(
    harness: Harness, browser: Browser
) -> None:
    browser.tell(WORDS)
    assert chosen(browser) == ["out", "keep", "out", "keep"]
    browser.press("Next")
    body = sent(harness, browser)
    assert (
        "My name is [taken out] and I sit behind them. His insta is jake.99x! You can call [taken out]."
        in body
    )
    assert "https://vm.tiktok.com/ZMabc/" in body


def test_the_reporter_decides_on_each(harness: Harness, browser: Browser) -> None:
    browser.tell(WORDS)
    choices = dict.fromkeys(browser.names(), "out")
    choices["choice-1"] = "keep"
    browser.press("Next", **choices)
    body = sent(harness, browser)
    assert "Maria Kanarienvogel" in body
    assert not any(words in body for words in ("jake.99x", "0142", "ZMabc"))


@pytest.mark.parametrize(
    "words", ["he has a knife in his bag", "see https://www.instagram.com/p/C1/?igsh=me"]
)
def test_nobody_is_held_up_where_there_is_nothing_to_decide(
    harness: Harness, browser: Browser, words: str
) -> None:
    browser.tell(words)
    assert browser.heading == "Photos, and send"
    assert "igsh" not in sent(harness, browser)


def test_nobody_who_is_in_danger_is_held_up(harness: Harness, browser: Browser) -> None:
    browser.tell(WORDS, danger="yes")
    assert browser.heading == "Photos, and send"
    assert "Maria Kanarienvogel" in sent(harness, browser)


def test_nobody_is_asked_twice_about_the_same_words(browser: Browser) -> None:
    browser.tell(WORDS)
    browser.press("Next", **{"choice-1": "keep"})
    assert browser.heading == "Photos, and send"
    browser.press("Back")
    assert "Maria Kanarienvogel" in browser.text("//textarea")
    browser.press("Next")
    assert browser.heading == "Photos, and send"
    browser.press("Back")
    browser.press("Next", text="ask @somebody_else")
    assert browser.heading == REVIEW


def test_going_back_loses_nothing(browser: Browser) -> None:
    browser.tell(WORDS, where="behind the gym, 505-555-0199")
    assert "behind the gym, 505-555-0199" in quotes(browser)
    browser.press("Back")
    assert browser.text("//textarea").strip() == WORDS
    assert browser.text("//input[@id='where']/@value") == "behind the gym, 505-555-0199"


def test_words_that_grow_too_long_are_not_lost(browser: Browser) -> None:
    words = " ".join(f"@{number:03}" for number in range(150))
    text = words + "x" * (20_000 - len(words))
    browser.tell(text)
    browser.press("Next", **dict.fromkeys(browser.names(), "out"))
    assert browser.status == 422
    assert "too long" in browser.words
    assert "[taken out] [taken out]" in browser.text("//textarea")


def test_what_the_page_shows_is_text_and_not_markup(browser: Browser) -> None:
    browser.tell("<script>alert(1)</script> call 505-555-0142 <b>now</b>")
    assert browser.all("//main//script") == []
    assert "<b>now</b>" in quotes(browser)[0]


def test_long_sentences_are_cut_and_dots_within_words_end_none(browser: Browser) -> None:
    long = "and then he went on and on " * 10
    browser.tell(
        f"{long}to www.example.org and hit 505.555.0142 x.y {long}\u3002\u4ed6\u8bf4@jake_99\uff01Done."
    )
    first, second = quotes(browser)
    assert first.startswith("\u2026")
    assert "www.example.org and hit 505.555.0142 x.y" in first
    assert first.endswith("\u2026")
    assert len(first) < 250
    assert second == "\u4ed6\u8bf4@jake_99\uff01"
