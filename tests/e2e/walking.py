"""Walking through the reporter's pages, in a reporter's words."""

from pathlib import Path

from playwright.sync_api import Page, expect

ARTEFACTS = Path(__file__).parents[2] / "artefacts"


def tell(
    page: Page, text: str, *, category: str = "Bullying", danger: str = "No", photo: bytes | None = None
) -> str:
    """Send a tip and keep the code; returns it."""
    page.get_by_role("button", name="Tell us").click()
    page.get_by_role("radio", name=danger, exact=True).check()
    page.get_by_role("radio", name=category, exact=True).check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Tell it in your own words").fill(text)
    page.get_by_label("Where is it, or was it?").fill("behind the gym")
    page.get_by_role("button", name="Next").click()
    if photo is not None:
        page.get_by_label("Add photos, if you have any").set_input_files(
            {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo}
        )
    page.get_by_role("button", name="Send").click()
    code = page.locator("#code").inner_text()
    page.get_by_label("Did you keep it?").fill(code[-4:])
    page.get_by_role("button", name="I have kept it").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    return code


def enter(page: Page, code: str) -> None:
    """Come back with a code, from the first page."""
    page.get_by_role("button", name="I have a code").click()
    page.get_by_label("20 digits").fill(code)
    page.get_by_role("button", name="Open").click()


def keep_picture(page: Page, name: str) -> None:
    """A screenshot to look at."""
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)
