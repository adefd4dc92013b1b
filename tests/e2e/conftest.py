"""Chromium, and the service before it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from connector.testing import FakeClock
from tests.harness import Harness
from tests.harness_fixtures import MakeHarness, clock, make_harness
from tests.practice_desk import PracticeDesk

__all__ = ["clock", "make_harness"]

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest, migrated_file: Path, tmp_path: Path) -> str:
    """The browser cares little for the database: one is enough here."""
    target = tmp_path / "tipbridge.db"
    target.write_bytes(migrated_file.read_bytes())
    vault = migrated_file.with_name("tipbridge-vault.db")
    target.with_name(vault.name).write_bytes(vault.read_bytes())
    return f"sqlite:///{target}"


@pytest.fixture
def harness(make_harness: MakeHarness, tmp_path: Path, clock: FakeClock) -> Harness:
    """A Tipbridge before the practice helpdesk."""
    return make_harness(PracticeDesk(tmp_path / "desk", clock))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed: run `make system` as root")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def phone(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A small phone, 320 px wide, once with and once without JavaScript."""
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, java_script_enabled=request.param == "with JavaScript"
    )
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext, harness: Harness) -> Page:
    """A page that has opened the first one."""
    page = phone.new_page()
    page.goto(harness.url)
    return page
