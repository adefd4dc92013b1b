"""The two pages are walked from beginning to end: every command in them runs, in the order of a real case."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from connector.bootstrap import Application, build
from connector.checks import refuse_to_start
from connector.config import load_config
from connector.domain.case import CaseNumber
from connector.domain.identity import Contact
from connector.domain.tip import Tip
from connector.registry import Registry
from connector.services.door import Door
from connector.vault.codes import INSECURE_TEST_COST

ROOT = Path(__file__).parents[2]
SAMPLE = "1234-5678"


def commands(page: str) -> list[str]:
    """Every `tipbridge` line of a page."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith("tipbridge ")]


CUSTODIANS, COURT = commands("custodians.md"), commands("court-orders.md")


class Walk:
    """The server and the custodians' machines, all in one directory."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.case = SAMPLE
        self.ran: list[str] = []

    def run(self, line: str) -> str:
        """A line of a page, about the real case."""
        self.ran.append(line)
        return self._run(line)

    def as_others_would(self, line: str, *swaps: tuple[str, str]) -> str:
        """The same line as another custodian types it."""
        for old, new in swaps:
            line = line.replace(old, new)
        return self._run(line)

    def _run(self, line: str) -> str:
        words = shlex.split(line.replace(SAMPLE, self.case))[1:]
        # On the pages everybody's key lies where they are; here they share a directory.
        words = [f"keys/{word}" if re.fullmatch(r"\w+\.(key|pub)", word) else word for word in words]
        done = subprocess.run(
            [sys.executable, "-m", "connector", *words],
            cwd=self.directory,
            env={**os.environ, "TIPBRIDGE_PASSPHRASE": "correct horse battery", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=60,
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        return done.stdout

    def application(self) -> Application:
        """The server."""
        config = load_config(self.directory / "config.yaml", Registry.discover(), os.environ)
        app = build(config, cost=INSECURE_TEST_COST)
        refuse_to_start(app, create=True)
        return app

    def tell(self) -> CaseNumber:
        """A reporter leaves a name, sealed."""
        app = self.application()
        parted = Door(frozenset(app.config.identity.capture)).part(
            share="vault", contact=Contact(name="Ann Example"), ip=lambda: None, device=lambda: None
        )
        tip = Tip(school="example-school", category="threat", text="a tip")
        receipt = app.intake.accept(tip, parted=parted)
        app.store.close()
        return receipt.case


def only(lines: list[str], part: str) -> str:
    """The one line with these words in it."""
    found = [line for line in lines if part in line]
    assert len(found) == 1, (part, found)
    return found[0]


@pytest.fixture
def walk(tmp_path: Path) -> Walk:
    made = Walk(tmp_path / "tips")
    command = [sys.executable, "-m", "connector", "init", str(made.directory), "--yes"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return made


def test_the_pages_are_walked_from_the_ceremony_to_the_shredding(walk: Walk) -> None:
    init = only([line for line in CUSTODIANS if "--from-paper" not in line], "custodian init")
    walk.run(init)
    for name in ("superintendent", "police", "newcounsel"):
        walk.as_others_would(init, ("counsel", name))
    page = (ROOT / "docs" / "custodians.md").read_text(encoding="utf-8")
    (section,) = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    with (walk.directory / "config.yaml").open("a", encoding="utf-8") as config:
        config.write(section)
    walk.case = walk.tell()
    assert "counsel" in walk.run(only(CUSTODIANS, "vault custodians"))

    walk.run(only(COURT, "vault hold"))
    walk.run(only(COURT, "vault request"))
    approve = only(CUSTODIANS, "custodian approve")
    walk.run(approve)
    walk.as_others_would(approve, ("counsel", "police"))
    walk.run(only(CUSTODIANS, "custodian deny"))
    opened = json.loads(walk.run(only(COURT, "vault open")))
    assert opened == {"case": walk.case, "identity": {"contact": {"name": "Ann Example"}}}
    walk.run(only(COURT, "--export"))
    for line in [line for line in COURT if re.search(r"--verify|--head", line)]:
        walk.run(line)
    walk.run(only(COURT, "vault release"))
    walk.run(only(COURT, "vault shred"))

    walk.run(only(CUSTODIANS, "vault shares"))
    walk.run(only(CUSTODIANS, "hand-over"))
    walk.run(only(CUSTODIANS, "vault adopt"))
    assert "newcounsel: former, 1 shares" in walk.run(only(CUSTODIANS, "vault custodians"))
    assert set(walk.ran) == {line for line in CUSTODIANS + COURT if "--from-paper" not in line}


def test_a_key_comes_back_from_its_paper(walk: Walk, tmp_path: Path) -> None:
    walk.as_others_would(only([line for line in CUSTODIANS if "--from-paper" not in line], "custodian init"))
    before = (walk.directory / "keys" / "counsel.pub").read_bytes()
    (restore,) = re.findall(
        r"`(tipbridge custodian init [^`]*--from-paper[^`]*)`", (ROOT / "docs" / "custodians.md").read_text()
    )
    os.rename(walk.directory / "keys" / "counsel.paper.txt", walk.directory / "words.txt")
    walk.as_others_would(restore, ("-o keys", f"-o {tmp_path / 'new'}"))
    assert (tmp_path / "new" / "counsel.pub").read_bytes() == before
