"""Takes the pictures of README.md from a running demo: `make pictures`. Needs Chromium (`make system`)."""

import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

CHROMIUM = "/usr/bin/chromium"
PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
PHONE: ViewportSize = {"width": 390, "height": 760}
DESK: ViewportSize = {"width": 1100, "height": 860}
WORDS = (
    "After football practice three boys from 10b wait for Jonas behind the gym. Yesterday they took his phone and "
    "said that on Friday they will bring a knife."
)


def wait_for_demo(path: Path) -> dict[str, object]:
    """The addresses, once the demo has written them down."""
    ends = time.monotonic() + 30
    while not path.exists():
        if time.monotonic() > ends:
            sys.exit("the demo did not start within 30 s")
        threading.Event().wait(0.1)
    found: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return found


def tell(page: Page, url: str) -> str:
    """A tip through the pages, with pictures on the way; the code."""
    page.goto(url)
    page.get_by_role("button", name="Tell us").click()
    page.get_by_role("radio", name="Threat", exact=True).check()
    page.get_by_role("radio", name="No", exact=True).check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Tell it in your own words").fill(WORDS)
    page.screenshot(path=PICTURES / "reporter.png")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Send").click()
    return page.locator("#code").inner_text()


def answer(page: Page, found: dict[str, object]) -> None:
    """Staff answer in the ticket."""
    staff = found["staff"]
    assert isinstance(staff, dict)
    page.goto(str(found["helpdesk"]))
    page.get_by_label("User").fill(staff["user"])
    page.get_by_label("Password").fill(staff["password"])
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Threat").first.click()
    page.locator("textarea[name=body]").first.fill(
        "Thank you for telling us. Are you safe? We will be at the gym on Friday."
    )
    page.get_by_role("button", name="Answer the reporter").click()
    page.screenshot(path=PICTURES / "ticket.png")


def read(page: Page, url: str, code: str) -> None:
    """The reporter comes back; the answer takes a moment."""
    for _ in range(20):
        page.goto(url)
        page.get_by_role("button", name="I have a code").click()
        page.get_by_label("20 digits").fill(code)
        page.get_by_role("button", name="Open").click()
        if page.get_by_text("Are you safe?").count():
            break
        page.wait_for_timeout(500)
    page.screenshot(path=PICTURES / "inbox.png")


def take(browser: Browser, found: dict[str, object]) -> None:
    """All pictures."""
    phone = browser.new_context(viewport=PHONE, device_scale_factor=2).new_page()
    desk = browser.new_context(viewport=DESK).new_page()
    code = tell(phone, str(found["tips"]))
    desk.wait_for_timeout(1500)
    answer(desk, found)
    read(phone, str(found["tips"]), code)


def main() -> None:
    """Run a demo, take the pictures, end it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory:
        command = [
            sys.executable,
            "-m",
            "connector",
            "demo",
            "--port",
            "0",
            "--dir",
            directory,
            "--seconds",
            "90",
        ]
        demo = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            found = wait_for_demo(Path(directory) / "demo.json")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
                )
                take(browser, found)
                browser.close()
        finally:
            demo.terminate()
            demo.wait(timeout=15)
    print(f"pictures are in {PICTURES}")


if __name__ == "__main__":
    main()
