"""An installation as `tipbridge init` makes it, and the program as people run it."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from connector.bootstrap import Application, build
from connector.checks import refuse_to_start
from connector.config import load_config
from connector.domain.case import CaseNumber
from connector.domain.tip import CleanFile, Tip
from connector.registry import Registry
from connector.services.sealed_files import FilesKey
from connector.vault.codes import INSECURE_TEST_COST


@dataclass
class Installation:
    """A directory with config, keys and data."""

    directory: Path

    @property
    def config(self) -> Path:
        return self.directory / "config.yaml"

    def tipbridge(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a command in a process of its own."""
        command = [sys.executable, "-m", "connector", "-c", str(self.config), *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    def answer(self, *words: str) -> Any:
        """What a command says to a program."""
        done = self.tipbridge(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def application(self) -> Application:
        """The same installation in this process."""
        app = build(load_config(self.config, Registry.discover(), os.environ), cost=INSECURE_TEST_COST)
        refuse_to_start(app, create=True)
        return app

    def tell(self, text: str = "words that no command shows") -> tuple[str, str]:
        """Take a tip; case number and code."""
        app = self.application()
        receipt = app.intake.accept(Tip(school="example-school", category="threat", text=text))
        app.store.close()
        return receipt.case, receipt.code.reveal()

    def tell_with_sealed(self, file: CleanFile) -> CaseNumber:
        """A tip one of whose files is for the custodians only; the case."""
        case = CaseNumber(self.tell()[0])
        app = self.application()
        key = FilesKey.new()
        with app.store.write() as tx:
            tx.vault.remove(app.sealing.hashes(case))
            tx.vault.add(app.sealing.rows(case, files=key))
        app.sealing_files.put_one(case, key, 0, file)
        app.store.close()
        return case

    def change(self, pattern: str, to: str) -> None:
        """Edit the config."""
        text = self.config.read_text(encoding="utf-8")
        changed = re.sub(pattern, to, text, flags=re.MULTILINE)
        assert changed != text
        self.config.write_text(changed, encoding="utf-8")


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    made = Installation(tmp_path / "tips")
    command = [sys.executable, "-m", "connector", "init", str(made.directory), "--yes"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    made.change(r"127\.0\.0\.1:808\d", "127.0.0.1:0")
    return made
