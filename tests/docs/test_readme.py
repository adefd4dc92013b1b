"""README, quickstart and set-up pages: links lead somewhere, commands run, tables tell what the plugins say."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from connector.config import load_config
from connector.registry import Registry
from plugins.zammad.settings import ZammadSettings

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
PAGES += sorted((ROOT / "plugins").glob("*/README.md"))
TIPBRIDGE = [sys.executable, "-m", "connector"]


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def anchors_of(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_something_that_is_there(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", text_of(page)) + re.findall(r'src="([^"]+)"', text_of(page))
    for target in targets:
        if re.match(r"https?:|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), target
        if anchor:
            assert anchor in anchors_of(found), target


def table_rows() -> list[str]:
    """The platform table as the manifests have it."""
    rows = []
    for manifest in sorted(Registry.discover().known(), key=lambda manifest: manifest.display_name):
        able = manifest.capabilities
        said = [able.unique_reference, able.webhooks, able.merges, able.confirms]
        words = " | ".join("yes" if it else "no" for it in said)
        rows.append(
            f"| {manifest.display_name} | `{manifest.platform}` | {words} | [page]({manifest.docs}) |"
        )
    return rows


def test_the_platform_table_says_what_the_plugins_say() -> None:
    between = re.search(
        r"<!-- platforms:.*?-->\n(.*?)<!-- /platforms -->", text_of(ROOT / "README.md"), re.DOTALL
    )
    assert between is not None
    assert between[1].splitlines()[2:] == table_rows()


def test_the_zammad_page_has_every_setting_and_a_configuration_that_loads(tmp_path: Path) -> None:
    page = text_of(ROOT / "docs" / "zammad.md")
    for name in ZammadSettings.model_fields:
        assert f"| `{name}` |" in page, name
    block = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert block is not None
    config = tmp_path / "config.yaml"
    config.write_text(block[1], encoding="utf-8")
    config.chmod(0o600)
    loaded = load_config(config, Registry.discover(), {"ZAMMAD_TOKEN": "t", "ZAMMAD_HOOK": "h"})
    assert loaded.schools["north-high"].helpdesk == "district"


def commands_of(page: Path) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", text_of(page), re.DOTALL)
    joined = "\n".join(re.sub(r"^ +", "", block, flags=re.MULTILINE).replace("\\\n", " ") for block in blocks)
    return [line.strip() for line in joined.splitlines() if line.strip()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_make_target_and_every_command_that_is_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):.*##", text_of(ROOT / "Makefile"), re.MULTILINE))
    for command in commands_of(page):
        words = command.replace("sudo ", "").split()
        if words[0] == "make":
            assert words[1] in targets, command
        if words[0].endswith("tipbridge"):
            spoken = [
                word for word in words[1:] if re.fullmatch(r"[a-z]+(-[a-z]+)*", word) and word != "tips"
            ]
            asked = subprocess.run(
                [*TIPBRIDGE, *spoken[:2], "--help"], capture_output=True, text=True, check=False
            )
            if asked.returncode:
                asked = subprocess.run(
                    [*TIPBRIDGE, spoken[0], "--help"], capture_output=True, text=True, check=False
                )
            assert asked.returncode == 0, command
            for option in re.findall(r"(?<= )--[a-z-]+", command):
                assert option in asked.stdout, f"{command}: {option}"


def test_the_quickstart_works_in_an_empty_directory(tmp_path: Path) -> None:
    """init, check and run, as the page says; only the ports are others, for this machine may be in use."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def tipbridge(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*TIPBRIDGE, *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    commands = [
        line.split()[1:] for line in commands_of(ROOT / "docs" / "quickstart.md") if "tipbridge " in line
    ]
    assert [words[-1] if words[0] == "-c" else words[0] for words in commands] == ["init", "check", "run"]
    made = tipbridge(*commands[0])
    assert made.returncode == 0, made.stderr
    config = tmp_path / "tips" / "config.yaml"
    config.write_text(re.sub(r"127\.0\.0\.1:808\d", "127.0.0.1:0", text_of(config)), encoding="utf-8")
    looked = tipbridge(*commands[1], "--json")
    assert looked.returncode == 0, looked.stdout + looked.stderr
    assert {finding["level"] for finding in json.loads(looked.stdout)} <= {"ok", "warning", "not looked at"}
    ran = tipbridge(*commands[2], "--seconds", "1")
    assert ran.returncode == 0, ran.stderr
    assert re.match(r"ready http://127\.0\.0\.1:\d+\n", ran.stdout)
