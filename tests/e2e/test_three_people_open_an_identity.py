"""A reporter in a browser, counsel at the server, two custodians at their own machines: as they would do it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from connector.testing import FakeClock
from tests.e2e.walking import enter, keep_picture
from tests.harness import Harness
from tests.harness_fixtures import MakeHarness
from tests.practice_desk import PracticeDesk

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
PEOPLE = ("superintendent", "counsel", "police")


class Shell:
    """Somebody's shell, in a directory of their own."""

    def __init__(self, directory: Path, passphrase: str) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.directory = directory
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TIPBRIDGE_PASSPHRASE": passphrase,
        }

    def tipbridge(self, *words: str, code: int = 0) -> str:
        """Run a command and expect its exit code."""
        done = subprocess.run(
            [sys.executable, "-m", "connector", *words],
            cwd=self.directory,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=60,
        )
        assert done.returncode == code, done.stderr
        return done.stdout

    def take(self, path: Path) -> str:
        """A file that came on a stick."""
        (self.directory / path.name).write_bytes(path.read_bytes())
        return path.name


@pytest.fixture
def custodians(tmp_path: Path) -> dict[str, Shell]:
    """Each makes a key on a machine of their own."""
    shells = {name: Shell(tmp_path / name, f"the long passphrase of {name}") for name in PEOPLE}
    for name, shell in shells.items():
        shell.tipbridge("custodian", "init", "--name", name)
    return shells


@pytest.fixture
def harness(
    make_harness: MakeHarness, tmp_path: Path, clock: FakeClock, custodians: dict[str, Shell]
) -> Harness:
    """The school's server: two of the three open what is sealed."""
    public = {name: f"file:{shell.directory / f'{name}.pub'}" for name, shell in custodians.items()}
    return make_harness(
        PracticeDesk(tmp_path / "desk", clock),
        vault={"quorum": 2, "custodians": public},
        identity={"capture": ["contact"]},
    )


def _tell(page: Page, choice: str) -> str:
    page.get_by_role("button", name="Tell us").click()
    page.get_by_label("Weapon").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Tell it in your own words").fill("There is something in the locker")
    page.get_by_role("button", name="Next").click()
    page.get_by_text("Do you want to say who you are?").click()
    page.get_by_label(choice).check()
    page.get_by_label("Name", exact=True).fill("Ann Example")
    page.get_by_label("Phone number").fill("+1 505 555 0142")
    keep_picture(page, "who-you-are")
    page.get_by_role("button", name="Send").click()
    return page.locator("#code").inner_text()


def test_what_a_reporter_sealed_is_read_by_two_of_three_and_by_nobody_else(
    page: Page, harness: Harness, custodians: dict[str, Shell], tmp_path: Path
) -> None:
    expect(page.get_by_text("Confidential: we keep a name")).to_be_visible()
    _tell(page, "Seal it")
    harness.settle()
    ticket = harness.only_ticket()
    assert b"Ann Example" not in harness.desk.received()
    with harness.app.store.read() as tx:
        (number,) = tx.retention.numbers()
    assert ticket

    server = Shell(tmp_path / "server", "the passphrase of who asks")
    config = ("-c", str(harness.app.config.path))
    asked = (*config, "vault", "request", number, "--ground", "court-order", "--order-number", "D-1")
    server.tipbridge(*asked, "--by", "A. Counsel", "-o", "case.request")
    approvals = []
    for name in ("counsel", "police"):
        shell = custodians[name]
        request = shell.take(server.directory / "case.request")
        shell.tipbridge("custodian", "approve", request, "--key", f"{name}.key", "-o", f"{name}.approval")
        approvals.append(server.take(shell.directory / f"{name}.approval"))
    opening = (*config, "vault", "open", "case.request")
    server.tipbridge(*opening, approvals[0], "--opener", "case.opener", code=3)
    opened = json.loads(server.tipbridge(*opening, *approvals, "--opener", "case.opener"))
    assert opened == {
        "case": number,
        "identity": {"contact": {"name": "Ann Example", "phone": "+1 505 555 0142"}},
    }
    server.tipbridge(*opening, *approvals, "--opener", "case.opener", code=3)
    assert "the log holds" in server.tipbridge(*config, "vault", "log", "--verify")


def test_what_a_reporter_tells_staff_is_in_the_ticket_and_may_be_added_later(
    page: Page, harness: Harness
) -> None:
    code = _tell(page, "Tell staff")
    harness.settle()
    assert b"Ann Example" in harness.desk.received()
    page.goto(harness.url)
    enter(page, code)
    page.get_by_text("Tell staff who you are").click()
    page.get_by_label("Mail address").fill("ann@example.org")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your message has arrived.")).to_be_visible()
    harness.settle()
    assert b"ann@example.org" in harness.desk.received()


def test_choosing_to_seal_without_a_contact_loses_nothing(page: Page, harness: Harness) -> None:
    page.get_by_role("button", name="Tell us").click()
    page.get_by_label("Weapon").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("Tell it in your own words").fill("my words")
    page.get_by_role("button", name="Next").click()
    page.get_by_text("Do you want to say who you are?").click()
    page.get_by_label("Seal it").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Nothing was sent yet: write a name")).to_be_visible()
    page.get_by_label("I stay unknown", exact=False).check()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#code")).to_be_visible()
    assert harness.rows()
