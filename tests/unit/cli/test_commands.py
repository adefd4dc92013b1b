"""Every command: what it prints, how it ends, and that it shows no word of a tip."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Installation

WORDS = "words that no command shows"


def test_init_makes_an_installation_that_nobody_else_can_read_and_overwrites_none(
    installation: Installation,
) -> None:
    keys = installation.directory / "data" / "keys"
    assert {file.name for file in keys.iterdir()} == {"service.key", "pepper.key"}
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in keys.iterdir())
    before = installation.config.read_bytes()
    again = subprocess.run(
        [sys.executable, "-m", "connector", "init", str(installation.directory), "--yes"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert again.returncode == 2
    assert installation.config.read_bytes() == before


def test_what_the_service_writes_is_for_its_own_account_only(installation: Installation) -> None:
    assert installation.tipbridge("db", "upgrade").returncode == 0
    assert installation.tipbridge("check").returncode == 0
    open_to_others = [
        file for file in (installation.directory / "data").rglob("*") if file.stat().st_mode & 0o077
    ]
    assert open_to_others == []


def test_check_ends_with_1_where_something_is_wrong_and_with_0_otherwise(installation: Installation) -> None:
    assert installation.tipbridge("check").returncode == 0
    installation.change(
        "platform: practice", "platform: practice\n    url: http://127.0.0.1:9\n    token: t-t-t-t-t"
    )
    found = installation.tipbridge("check", "--json")
    assert found.returncode == 1
    assert '"PRC-E003"' in found.stdout


def test_provisioning_without_an_administrators_token_is_wrong_usage(installation: Installation) -> None:
    done = installation.tipbridge("check", "--provision")
    assert done.returncode == 2
    assert "--admin-token-file" in done.stderr


def test_the_outbox_is_listed_retried_and_parked_without_a_word_of_the_tip(
    installation: Installation,
) -> None:
    case, _ = installation.tell(WORDS)
    (row,) = installation.answer("outbox", "list")
    assert (row["case"], row["state"], row["urgency"]) == (case, "pending", "emergency")
    number = str(row["row"])
    assert installation.tipbridge("outbox", "park", number).returncode == 0
    assert installation.answer("outbox", "list")[0]["state"] == "set-aside"
    assert installation.tipbridge("outbox", "park", number).returncode == 1
    assert installation.tipbridge("outbox", "retry", number).returncode == 0
    assert installation.answer("outbox", "list")[0]["state"] == "pending"
    said = installation.tipbridge("outbox", "list")
    assert WORDS not in said.stdout + said.stderr


@pytest.mark.parametrize(
    "words", [("outbox", "retry", "999"), ("outbox", "park", "999"), ("cases", "show", "0000-0000")]
)
def test_what_does_not_exist_ends_with_1(installation: Installation, words: tuple[str, ...]) -> None:
    installation.tipbridge("db", "upgrade")
    done = installation.tipbridge(*words)
    assert done.returncode == 1
    assert done.stderr
    assert done.stdout == ""


def test_a_case_is_shown_from_outside(installation: Installation) -> None:
    case, code = installation.tell(WORDS)
    shown = installation.answer("cases", "show", case)
    assert (shown["category"], shown["waiting"][0]["kind"]) == ("threat", "ticket")
    spoken = installation.tipbridge("cases", "show", case).stdout
    assert case in spoken
    for secret in (WORDS, code):
        assert secret not in spoken + str(shown)


def test_after_new_keys_what_waited_opens_and_what_comes_lies_under_the_new_one(
    installation: Installation,
) -> None:
    installation.tell("told under the old key")
    key_file = installation.directory / "data" / "keys" / "service.key"
    before = key_file.read_text()
    said = installation.tipbridge("keys", "rotate", "--pepper")
    assert said.returncode == 0
    assert "1 waiting row" in said.stdout
    assert key_file.read_text() != before
    installation.tell("told under the new key")
    run = installation.tipbridge("run", "--seconds", "4")
    assert run.returncode == 0, run.stderr
    assert installation.answer("outbox", "list") == []


def test_an_inbox_opened_with_an_old_pepper_still_opens_after_a_new_one(installation: Installation) -> None:
    app = installation.application()
    app.store.close()
    _, code = installation.tell(WORDS)
    installation.tipbridge("keys", "rotate", "--pepper")
    again = installation.application()
    inbox = again.web_app().test_client().get("/api/v1/inbox", headers={"Authorization": f"Code {code}"})
    again.store.close()
    assert inbox.status_code == 200
    assert inbox.json is not None
    assert inbox.json["messages"][0]["text"] == WORDS


@pytest.mark.parametrize("half", ["web", "worker"])
def test_a_half_refuses_to_start_without_its_keys(installation: Installation, half: str) -> None:
    installation.tipbridge("db", "upgrade")
    (installation.directory / "data" / "keys" / "service.key").unlink()
    done = installation.tipbridge(half)
    assert done.returncode == 2
    assert done.stderr.startswith("VLT-E002")


def test_a_half_refuses_to_start_on_a_database_of_another_version(installation: Installation) -> None:
    done = installation.tipbridge("worker")
    assert (done.returncode, done.stderr[:8]) == (2, "CFG-E092")


@pytest.mark.parametrize(
    ("pattern", "to", "error_id"),
    [
        ("helpdesk: practice", "helpdesk: nobody", "CFG-E034"),
        ("service:", "identity: {capture: [ip]}\nservice:", "CFG-E031"),
        ("escalation: none", "escalation: standard", "CFG-E034"),
        ("platform: practice", "platform: unheard-of", "CFG-E070"),
    ],
)
def test_a_config_that_cannot_be_kept_is_refused_with_an_id(
    installation: Installation, pattern: str, to: str, error_id: str
) -> None:
    installation.change(pattern, to)
    done = installation.tipbridge("run", "--seconds", "1")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert error_id in done.stderr


def test_run_is_ready_soon_and_ended_by_term_with_all_its_children(
    installation: Installation, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "connector", "-c", str(installation.config), "run"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
    with process:
        assert process.stdout is not None
        started = time.monotonic()
        assert process.stdout.readline().startswith("ready http://127.0.0.1:")
        assert time.monotonic() - started < 10
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        assert len(children) == 3
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    assert not any(os.path.exists(f"/proc/{child}") for child in children)


def test_plugins_are_listed(installation: Installation) -> None:
    listed = installation.answer("plugins", "list")
    assert [entry["platform"] for entry in listed["platforms"]] == ["practice", "zammad"]
    assert listed["problems"] == []
