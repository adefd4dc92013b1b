"""`tipbridge escalation preview`, on the configuration that the example shows."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ENVIRON = {
    "ZAMMAD_TOKEN": "a-token",
    "ZAMMAD_HOOK": "a-secret",
    "TWILIO_SID": "AC1",
    "TWILIO_TOKEN": "another-secret",
}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text((ROOT / "config.example.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    path.chmod(0o600)
    return path


def preview(config: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "connector", "-c", str(config), "escalation", "preview", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **ENVIRON}, capture_output=True, text=True, check=False
    )


def test_the_example_of_the_readme_an_emergency_on_a_saturday_at_two(config: Path, tmp_path: Path) -> None:
    drawn = tmp_path / "chain.svg"
    done = preview(
        config,
        *("--school", "north-high", "--urgency", "emergency", "--at", "2026-11-28T02:00", "--json"),
        *("--svg", str(drawn)),
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert rows[0] == {
        "step": 1,
        "contact": "principal",
        "via": "voice",
        "at": "2026-11-28T02:00:00-07:00",
    }
    assert rows[-1] == {
        "step": 4,
        "contact": "police-desk",
        "via": "email",
        "at": "2026-11-28T02:15:00-07:00",
    }
    assert len(rows) == 9
    texts = [element.text or "" for element in ET.parse(drawn).iter()]  # noqa: S314  our own drawing
    assert {"A. Principal", "02:15:00 voice, email"} <= set(texts)


def test_a_table_for_people_and_a_plain_word_where_nobody_is_called(config: Path) -> None:
    done = preview(config, "--school", "north-high", "--urgency", "routine", "--at", "2026-11-28T02:00")
    assert "2026-11-30 08:00:00 MST  email  A. Principal" in done.stdout
    text = config.read_text(encoding="utf-8").replace("escalation: standard ", "escalation: none ")
    config.write_text(text, encoding="utf-8")
    done = preview(config, "--school", "north-high", "--urgency", "emergency", "--at", "2026-11-28T02:00")
    assert done.stdout == "nobody would be called\n"


def test_what_cannot_be_meant_is_refused(config: Path) -> None:
    assert preview(config, "--school", "north", "--urgency", "urgent", "--at", "2026-11-28").returncode == 2
    wrong = preview(config, "--school", "north-high", "--urgency", "urgent", "--at", "tonight")
    assert (wrong.returncode, "2026-11-28T02:00" in wrong.stderr) == (2, True)
