"""After leaving: no history, no cookie, no storage, nothing behind the back button, nothing from elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.e2e.walking import enter, tell
from tests.harness import Harness

pytestmark = pytest.mark.e2e


@contextmanager
def suppress_only(name: str) -> Iterator[None]:
    """Let one of Chromium's errors be."""
    try:
        yield
    except Error as error:
        if name not in str(error):
            raise


def test_every_step_has_the_same_address_and_a_title_that_says_nothing(page: Page, harness: Harness) -> None:
    seen = set()
    page.on("framenavigated", lambda frame: seen.add((frame.url, frame.page.title())))
    code = tell(page, "a secret")
    page.goto(harness.url)
    enter(page, code)
    expect(page.get_by_role("heading", name="Messages")).to_be_visible()
    assert {url for url, _ in seen} == {f"{harness.url}/"}
    assert page.title() == "Page"


def test_nothing_is_asked_of_anybody_else(page: Page, harness: Harness) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    tell(page, "a secret")
    assert asked
    assert {url.startswith(harness.url + "/") for url in asked} == {True}


def test_the_back_button_shows_nothing_after_leaving(
    page: Page, phone: BrowserContext, harness: Harness
) -> None:
    code = tell(page, "a secret for the back button")
    page.goto(harness.url)
    enter(page, code)
    expect(page.get_by_text("a secret for the back button")).to_be_visible()
    page.get_by_role("button", name="Leave, and clear this page").click()
    expect(page.get_by_role("heading", name="You have left")).to_be_visible()
    assert phone.cookies() == []
    shown = []
    for _ in range(6):
        # What was posted is in no cache: Chromium says so instead of showing anything.
        with suppress_only("ERR_CACHE_MISS"):
            page.go_back(wait_until="load", timeout=5000)
        shown.append(page.locator("html").inner_html())
    assert len(shown) == 6
    assert not any("a secret for the back button" in content or code in content for content in shown)


def test_a_tip_needs_no_cookie(page: Page, phone: BrowserContext, harness: Harness) -> None:
    tell(page, "no cookie for me")
    assert phone.cookies() == []


def test_the_session_cookie_is_closed_to_scripts_and_to_other_sites(
    page: Page, phone: BrowserContext, harness: Harness
) -> None:
    code = tell(page, "cookie test")
    page.goto(harness.url)
    enter(page, code)
    expect(page.get_by_role("heading", name="Messages")).to_be_visible()
    (cookie,) = phone.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Strict", -1)


def test_no_field_is_remembered_or_sent_to_a_spelling_service(page: Page, harness: Harness) -> None:
    page.get_by_role("button", name="Tell us").click()
    page.get_by_role("radio", name="Something else", exact=True).check()
    page.get_by_role("button", name="Next").click()
    for field in page.locator(
        "textarea, input:not([type=hidden]):not([type=radio]):not([type=checkbox])"
    ).all():
        assert field.get_attribute("autocomplete") == "off"
        assert field.get_attribute("spellcheck") == "false"
