"""What could give a reporter away is shown before it is sent, on a small phone, with and without JavaScript."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.test_everybody_can_use_the_pages import Scheme, judge
from tests.harness import Harness

pytestmark = pytest.mark.e2e

WORDS = "My name is Maria Kanarienvogel. Ask @jake_99, he did it. Call me at 505-555-0142 \U0001f622 please."


def write(page: Page, text: str, danger: str = "No") -> None:
    """The pages up to the one behind the story."""
    page.get_by_role("button", name="Tell us").click()
    page.get_by_role("radio", name=danger, exact=True).check()
    page.get_by_role("radio", name="Bullying", exact=True).check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Tell it in your own words").fill(text)
    page.get_by_role("button", name="Next").click()


def ticket(page: Page, harness: Harness) -> str:
    """Send, and what staff read."""
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#code")).to_be_visible()
    harness.settle()
    return harness.staff.look(harness.only_ticket()).articles[0].text


def test_each_thing_is_taken_out_or_kept_as_the_reporter_says(page: Page, harness: Harness) -> None:
    write(page, WORDS)
    expect(page.get_by_role("heading", name="Look at this first")).to_be_visible()
    account = page.get_by_role("group", name="2. An account")
    expect(account).to_contain_text("Ask @jake_99, he did it.")
    expect(account.get_by_role("radio", name="Keep")).to_be_checked()
    number = page.get_by_role("group", name="3. A phone number")
    expect(number.locator("mark")).to_have_text("505-555-0142")
    expect(number.get_by_role("radio", name="Take out")).to_be_checked()
    number.get_by_role("radio", name="Keep").check()
    page.get_by_role("button", name="Next").click()
    body = ticket(page, harness)
    assert (
        "My name is [taken out]. Ask @jake_99, he did it. Call me at 505-555-0142 \U0001f622 please." in body
    )


def test_where_nothing_is_found_there_is_no_page_in_the_way(page: Page, harness: Harness) -> None:
    write(page, "he has a knife in his bag")
    expect(page.get_by_role("heading", name="Photos, and send")).to_be_visible()


def test_where_somebody_is_in_danger_there_is_no_page_in_the_way(page: Page, harness: Harness) -> None:
    write(page, WORDS, danger="Yes")
    expect(page.get_by_role("heading", name="Photos, and send")).to_be_visible()
    assert "Maria Kanarienvogel" in ticket(page, harness)


def test_the_page_has_the_one_address_and_title_and_sets_no_cookie(
    page: Page, phone: BrowserContext, harness: Harness
) -> None:
    write(page, WORDS)
    expect(page.get_by_role("heading", name="Look at this first")).to_be_visible()
    assert (page.url, page.title(), phone.cookies()) == (f"{harness.url}/", "Page", [])


def test_a_number_that_was_given_and_not_shared_is_taken_out_and_told(page: Page, harness: Harness) -> None:
    write(page, "call 505 555 0142")
    page.get_by_role("radio", name="Keep").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_text("Do you want to say who you are?").click()
    page.get_by_label("Phone number").fill("(505) 555-0142")
    body = ticket(page, harness)
    assert "call [taken out]" in body
    expect(page.get_by_text("You gave this phone number as yours.")).to_be_visible()


def test_words_from_right_to_left_are_shown_so(page: Page, harness: Harness) -> None:
    write(page, "اسمي فاطمة الزهراء. هو يضربني.")
    quote = page.locator(".quote").first
    expect(quote).to_contain_text("فاطمة الزهراء")
    assert quote.evaluate("element => getComputedStyle(element).direction") == "rtl"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_is_accessible(browser: Browser, harness: Harness, scheme: Scheme, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 720}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto(harness.url)
    link = "https://drive.google.com/drive/folders/1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"
    write(page, f"{WORDS} It is in {link} and my snap is maria_k09. " + "Call 505.555.0142! " * 4)
    expect(page.get_by_text("And 2 more times.")).to_be_visible()
    judge(page, f"review-{scheme}-{width}")
    page.get_by_role("group", name="1. A name").get_by_role("radio", name="Keep").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_text("Do you want to say who you are?").click()
    page.get_by_label("Name").fill("Maria Kanarienvogel")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("You gave this name as yours.")).to_be_visible()
    judge(page, f"code-told-{scheme}-{width}")
    context.close()
