"""axe-core finds nothing at WCAG 2.2 AA, on every page and in both colour schemes; 320 px are enough."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.e2e.walking import enter, keep_picture
from tests.harness import Harness

pytestmark = pytest.mark.e2e

Scheme = Literal["dark", "light"]
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


def judge(page: Page, name: str) -> None:
    found = Axe().run(page, options=RULES).response["violations"]
    assert found == [], [(entry["id"], [node["html"] for node in entry["nodes"]]) for entry in found]
    too_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not too_wide, f"{name} scrolls sideways"
    keep_picture(page, name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_is_accessible(browser: Browser, harness: Harness, scheme: Scheme, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 720}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    place = f"{scheme}-{width}"
    page.goto(harness.url)
    judge(page, f"home-{place}")
    page.get_by_role("button", name="Tell us").click()
    judge(page, f"about-{place}")
    page.get_by_role("button", name="Next").click()
    judge(page, f"about-error-{place}")
    page.get_by_role("radio", name="Threat", exact=True).check()
    page.get_by_role("radio", name="Yes", exact=True).check()
    page.get_by_role("button", name="Next").click()
    judge(page, f"story-{place}")
    page.get_by_label("Tell it in your own words").fill("He wrote that he will bring it on Friday.")
    page.get_by_role("button", name="Next").click()
    judge(page, f"files-{place}")
    page.get_by_text("Do you want to say who you are?").click()
    judge(page, f"who-you-are-{place}")
    page.get_by_role("button", name="Send").click()
    judge(page, f"code-{place}")
    code = page.locator("#code").inner_text()
    page.get_by_label("Did you keep it?").fill(code[-4:])
    page.get_by_role("button", name="I have kept it").click()
    judge(page, f"done-{place}")
    harness.settle()
    harness.staff.answer(harness.only_ticket(), "Thank you. Are you somewhere safe?")
    harness.settle()
    page.goto(harness.url)
    page.get_by_role("button", name="I have a code").click()
    judge(page, f"enter-{place}")
    page.get_by_label("20 digits").fill("1")
    page.get_by_role("button", name="Open").click()
    judge(page, f"enter-wrong-{place}")
    page.goto(harness.url)
    enter(page, code)
    judge(page, f"inbox-{place}")
    page.get_by_role("button", name="Leave, and clear this page").click()
    judge(page, f"left-{place}")
    context.close()
