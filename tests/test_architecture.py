"""The walls of the house hold, and whoever walks through one is told."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ("connector", "escalation", "webhook_server", "plugins", "demo")
VIOLATIONS = {
    "a plugin looks into the store": (
        "plugins/practice/mapping.py",
        "import connector.store.schema",
        "one door",
    ),
    "a rule does something": (
        "connector/domain/relay.py",
        "import connector.services.relaying",
        "who may import whom",
    ),
    "a service knows the web": ("connector/services/reading.py", "import flask", "flask lives"),
    "the core knows a plugin": (
        "connector/services/polling.py",
        "import plugins.zammad",
        "only through the registry",
    ),
    "the practice helpdesk leans on us": (
        "demo/practice/faults.py",
        "import connector.clock",
        "program of its own",
    ),
    "SQL outside the store": ("connector/services/intake.py", "import sqlalchemy", "sqlalchemy lives"),
}


def lint_imports(where: Path) -> "subprocess.CompletedProcess[str]":
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    for folder in HOUSE:
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "fixtures")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_wall_holds() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("violation", VIOLATIONS)
def test_a_way_through_a_wall_is_found(copy_of_the_house: Path, violation: str) -> None:
    place, statement, contract = VIOLATIONS[violation]
    file = copy_of_the_house / place
    docstring, separator, rest = file.read_text(encoding="utf-8").partition('"""\n')
    file.write_text(f"{docstring}{separator}{statement}  # planted\n{rest}", encoding="utf-8")
    done = lint_imports(copy_of_the_house)
    assert done.returncode != 0
    broken = [line for line in done.stdout.splitlines() if " BROKEN" in line]
    assert any(contract in line for line in broken), done.stdout
