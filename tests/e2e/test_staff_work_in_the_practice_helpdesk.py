"""Staff at the practice helpdesk, on a small screen and a large one: everything by hand, everything accessible."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.e2e.test_everybody_can_use_the_pages import judge
from tests.harness import Harness
from tests.practice_desk import PracticeDesk

pytestmark = pytest.mark.e2e

SCREENS: dict[str, ViewportSize] = {
    "phone": {"width": 320, "height": 640},
    "desk": {"width": 1280, "height": 800},
}


def logged_in(browser: Browser, harness: Harness, screen: str) -> Page:
    desk = harness.desk
    assert isinstance(desk, PracticeDesk)
    page = browser.new_context(viewport=SCREENS[screen], bypass_csp=True).new_page()
    page.goto(desk.url)
    judge(page, f"practice-login-{screen}")
    user, password = desk.login
    page.get_by_label("User").fill(user)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    return page


@pytest.mark.parametrize("screen", SCREENS)
def test_staff_read_answer_note_take_merge_and_close(browser: Browser, harness: Harness, screen: str) -> None:
    reporter, other = harness.reporter(), harness.reporter()
    reporter.send()
    harness.settle()
    other.send()
    harness.settle()
    page = logged_in(browser, harness, screen)
    judge(page, f"practice-tickets-{screen}")
    page.get_by_role("link", name="Bullying").last.click()
    page.get_by_label("The reporter will read this").fill("We will be there.")
    page.get_by_role("button", name="Answer the reporter").click()
    page.get_by_label("Only staff will read this").fill("Ask the coach.")
    page.get_by_role("button", name="Add the note").click()
    page.get_by_role("button", name="Take it").click()
    judge(page, f"practice-ticket-{screen}")
    harness.settle()
    assert reporter.answers() == ["We will be there."]
    assert other.answers() == []
    page.get_by_label("Merge into").select_option(index=0)
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("was merged into this one")).to_be_visible()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_role("button", name="Open it again")).to_be_visible()
    harness.settle()
    assert {reporter.status(), other.status()} == {"closed"}
    page.get_by_role("link", name="Faults").click()
    judge(page, f"practice-faults-{screen}")
    page.context.close()
