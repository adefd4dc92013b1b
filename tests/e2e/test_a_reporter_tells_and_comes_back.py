"""The reporter's way through the pages, on a small phone, with and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.walking import enter, tell
from tests.harness import Harness

pytestmark = pytest.mark.e2e


def test_a_reporter_tells_reads_an_answer_and_writes_back(page: Page, harness: Harness) -> None:
    code = tell(page, "somebody takes his lunch money", photo=harness.canary.photo())
    harness.settle()
    ticket_id = harness.only_ticket()
    harness.staff.answer(ticket_id, "Thank you. Does it happen every day?")
    harness.settle()
    page.get_by_role("button", name="Leave, and clear this page").click()
    page.goto(harness.url)
    enter(page, code)
    expect(page.get_by_text("Does it happen every day?")).to_be_visible()
    expect(page.get_by_text("Somebody is working on it.")).to_be_visible()
    page.get_by_label("Write to the school").fill("Every Tuesday.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your message has arrived.")).to_be_visible()
    harness.settle()
    ticket = harness.staff.look(ticket_id)
    assert any("Every Tuesday." in article.text for article in ticket.articles)
    assert "photo-1.jpg" in ticket.articles[0].files


def test_what_is_missing_is_said_and_nothing_typed_is_lost(page: Page, harness: Harness) -> None:
    page.get_by_role("button", name="Tell us").click()
    page.get_by_role("radio", name="Yes", exact=True).check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what fits best")
    assert page.get_by_role("radio", name="Yes", exact=True).is_checked()
    page.get_by_role("radio", name="Threat", exact=True).check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("call 911 first")).to_be_visible()
    assert harness.rows() == []


def test_a_code_that_was_not_kept_is_shown_again(page: Page, harness: Harness) -> None:
    page.get_by_role("button", name="Tell us").click()
    page.get_by_role("radio", name="Something else", exact=True).check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Tell it in your own words").fill("something")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Send").click()
    code = page.locator("#code").inner_text()
    page.get_by_label("Did you keep it?").fill("0000" if not code.endswith("0000") else "1111")
    page.get_by_role("button", name="I have kept it").click()
    expect(page.locator("#code")).to_have_text(code)
    expect(page.get_by_role("alert")).to_contain_text("not the last four digits")


def test_an_emergency_stays_in_touch_without_typing_the_code_again(page: Page, harness: Harness) -> None:
    tell(page, "he has a knife", category="Weapon", danger="Yes")
    page.get_by_role("button", name="Look for messages").click()
    expect(page.get_by_role("heading", name="Messages")).to_be_visible()
    expect(page.get_by_text("he has a knife")).to_be_visible()


def test_a_wrong_code_is_said_plainly(page: Page, harness: Harness) -> None:
    enter(page, "1234-1234-1234-1234-1234")
    expect(page.get_by_role("alert")).to_contain_text("opens nothing")


def test_a_message_can_be_deleted(page: Page, harness: Harness) -> None:
    code = tell(page, "delete me later")
    page.goto(harness.url)
    enter(page, code)
    expect(page.get_by_text("delete me later")).to_be_visible()
    page.get_by_role("button", name="Delete this message").first.click()
    expect(page.get_by_text("There are no messages.")).to_be_visible()
