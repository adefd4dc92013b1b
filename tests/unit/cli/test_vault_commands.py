"""The vault's commands as people run them: what they print, how they end, what they never write over."""

import json
import os
import stat
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connector.domain.tip import CleanFile
from connector.vault.passphrase import INSECURE_PASSPHRASE_COST
from connector.vault.requests import Request
from tests.custodians import PASSPHRASE, Custodians
from tests.unit.cli.conftest import Installation


@pytest.fixture
def people(tmp_path: Path) -> Custodians:
    return Custodians.made(tmp_path / "custodians")


@pytest.fixture
def vaulted(installation: Installation, people: Custodians, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """An installation with a vault that captures contacts."""
    monkeypatch.setenv("TIPBRIDGE_PASSPHRASE", PASSPHRASE)
    with installation.config.open("a", encoding="utf-8") as config:
        config.write(f"vault: {json.dumps(people.section)}\nidentity: {{capture: [contact]}}\n")
    return installation


def _request_words(case: str, output: Path) -> tuple[str, ...]:
    ground = ("--ground", "danger-to-life", "--reason", "now")
    return ("vault", "request", f"TIP-{case}", *ground, "--by", "A. Counsel", "-o", str(output))


def _asked(vaulted: Installation, case: str, *what: str) -> Path:
    request = vaulted.directory / f"case{len(what)}.request"
    done = vaulted.tipbridge(*_request_words(case, request), *what)
    assert done.returncode == 0, done.stderr
    return request


def _approved(request: Path, people: Custodians, directory: Path) -> list[str]:
    paths = []
    asked = Request.parse(request.read_bytes())
    for number, data in enumerate(people.approvals(asked, datetime.now(UTC))):
        paths.append(directory / f"{number}.approval")
        paths[-1].write_bytes(data)
    return [str(path) for path in paths]


def test_a_case_is_asked_for_opened_held_and_shredded(
    vaulted: Installation, people: Custodians, tmp_path: Path
) -> None:
    case, code = vaulted.tell()
    request = _asked(vaulted, case)
    opener = request.with_suffix(".opener")
    assert stat.S_IMODE(opener.stat().st_mode) == 0o600
    approvals = _approved(request, people, tmp_path)
    opening = ("vault", "open", str(request), "--opener", str(opener))
    refused = vaulted.tipbridge(*opening, approvals[0])
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "too few approvals" in refused.stderr
    opened = vaulted.tipbridge(*opening, *approvals)
    assert (opened.returncode, json.loads(opened.stdout)) == (0, {"case": case, "identity": None})
    assert vaulted.tipbridge(*opening, *approvals).returncode == 3

    by = ("--by", "A. Counsel", "--reason", "a test")
    assert vaulted.tipbridge("vault", "hold", case, *by).returncode == 0
    assert vaulted.tipbridge("vault", "shred", case, *by).returncode == 3
    assert vaulted.tipbridge("vault", "release", case, *by).returncode == 0
    assert vaulted.tipbridge("vault", "shred", case, *by).returncode == 0
    assert vaulted.tipbridge("vault", "shred", "0000-0000", *by).returncode == 1
    assert vaulted.tipbridge("vault", "shred", "no case", *by).returncode == 2
    events = [entry["event"] for entry in vaulted.answer("vault", "log") if entry["event"] != "custodian"]
    # The third refusal is of shredding what is held.
    steps = ["requested", "refused", "opened", "refused", "held", "refused", "released", "shredded"]
    assert events == steps
    assert vaulted.answer("vault", "log", "--verify") == {"holds": True, "entry": None, "why": None}
    shown = vaulted.tipbridge("vault", "log").stdout
    assert code not in shown


def test_files_are_opened_into_an_empty_directory_or_the_request_is_not_used_up(
    vaulted: Installation, people: Custodians, tmp_path: Path
) -> None:
    case = vaulted.tell_with_sealed(CleanFile("photo-1.jpg", "image/jpeg", b"a picture"))
    request = _asked(vaulted, case, "--what", "files")
    approvals = _approved(request, people, tmp_path)
    opening = ("vault", "open", str(request), *approvals, "--opener", str(request.with_suffix(".opener")))
    assert vaulted.tipbridge(*opening).returncode == 2
    taken, free = tmp_path / "taken", tmp_path / "free"
    taken.mkdir()
    (taken / "photo-1.jpg").touch()
    done = vaulted.tipbridge(*opening, "--files", str(taken))
    assert (done.returncode, "empty directory" in done.stderr) == (2, True)
    done = vaulted.tipbridge(*opening, "--files", str(free))
    assert json.loads(done.stdout) == {"case": case, "files": ["photo-1.jpg"]}
    assert (free / "photo-1.jpg").read_bytes() == b"a picture"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (free, free / "photo-1.jpg")] == [0o700, 0o600]


def test_every_command_of_the_vault_answers_programs(
    vaulted: Installation, people: Custodians, tmp_path: Path
) -> None:
    case, _ = vaulted.tell()
    by = ("--by", "A. Counsel", "--reason", "a test")
    assert vaulted.answer("vault", "hold", case, *by) == {"case": case, "held": True, "changed": True}
    assert vaulted.answer("vault", "release", case, *by) == {"case": case, "held": False, "changed": True}
    key, successor = _key_of(people, "custodian-1", tmp_path), people.join("successor").public_file
    given, handed = tmp_path / "1.shares", tmp_path / "1.handover"
    assert vaulted.answer("vault", "shares", "custodian-1", "--by", "A", "-o", str(given))["shares"] == 1
    to = ("--key", str(key), "--to", str(people.public_path("successor")), "-o", str(handed))
    answer = vaulted.answer("custodian", "hand-over", str(given), *to)
    assert (answer["shares"], answer["fingerprint"]) == (1, successor.fingerprint)
    assert vaulted.answer("vault", "adopt", str(handed), "--by", "A") == {"shares": 1}
    request = _asked(vaulted, case)
    successors = str(_key_of(people, "successor", tmp_path))
    for word, more in (("approve", ()), ("deny", ("--reason", "no"))):
        output = str(tmp_path / f"{word}.answer")
        said = vaulted.answer("custodian", word, str(request), "--key", successors, "-o", output, *more)
        assert said == {"decision": word, "custodian": "successor", "file": output}
    assert vaulted.answer("vault", "shred", case, *by) == {"case": case, "shredded": True}


def _key_of(people: Custodians, name: str, directory: Path) -> Path:
    path = directory / f"{name}.key"
    path.write_bytes(people.keys[name].key_file(PASSPHRASE, INSECURE_PASSPHRASE_COST).to_bytes())
    return path


def test_what_is_said_for_the_log_is_one_line(vaulted: Installation) -> None:
    case, _ = vaulted.tell()
    for said in ("two\nlines", "\x1b[2J", " ", "x" * 501):
        done = vaulted.tipbridge("vault", "hold", case, "--by", "A", "--reason", said)
        assert done.returncode == 2
        assert "one line" in done.stderr


def test_nothing_is_written_over(vaulted: Installation) -> None:
    case, _ = vaulted.tell()
    request = _asked(vaulted, case)
    opener = vaulted.tipbridge(*_request_words(case, vaulted.directory / "x.opener"))
    assert opener.returncode == 2
    assert "name the request otherwise" in opener.stderr
    before = request.read_bytes()
    again = vaulted.tipbridge(*_request_words(case, request))
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert request.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--ground", "court-order"), "--order-number"),
        (("--ground", "danger-to-life"), "--reason"),
        (("--ground", "curiosity"), "curiosity"),
        (("--ground", "danger-to-life", "--reason", "two\nlines"), "one line"),
    ],
)
def test_a_request_without_its_ground_is_refused_with_what_is_missing(
    vaulted: Installation, words: tuple[str, ...], says: str
) -> None:
    done = vaulted.tipbridge("vault", "request", "1234-5678", *words, "--by", "A", "-o", "x.request")
    assert done.returncode == 2
    assert says in done.stderr


def test_without_a_passphrase_nobody_is_asked_where_there_is_no_terminal(
    vaulted: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TIPBRIDGE_PASSPHRASE")
    words = ("--ground", "danger-to-life", "--reason", "now", "--by", "A", "-o", "x.request")
    done = vaulted.tipbridge("vault", "request", "1234-5678", *words)
    assert done.returncode == 2
    assert "--passphrase-file" in done.stderr


def test_without_a_vault_asking_says_what_to_set_up(installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    words = ("--ground", "danger-to-life", "--reason", "now", "--by", "A", "-o", str(tmp_path / "x.request"))
    done = installation.tipbridge("vault", "request", "1234-5678", *words, "--passphrase-file", str(file))
    assert done.returncode == 2
    assert "VLT-E014" in done.stderr


def test_a_backup_comes_back_on_another_machine(vaulted: Installation, tmp_path: Path) -> None:
    dead, _ = vaulted.tell()
    alive, _ = vaulted.tell()
    made = vaulted.answer("backup", "-o", str(tmp_path / "backups"))
    vaulted.tipbridge("vault", "shred", dead, "--by", "A", "--reason", "b")
    listed = vaulted.directory / "data" / "shredded.list"
    (tmp_path / "newest.list").write_bytes(listed.read_bytes())
    for file in (vaulted.directory / "data").glob("*.db*"):
        file.unlink()
    listed.unlink()
    done = vaulted.tipbridge("restore", made["main"], "--shredded", str(tmp_path / "newest.list"))
    assert done.returncode == 2
    restored = vaulted.answer(
        "restore", made["main"], "--vault", made["vault"], "--shredded", str(tmp_path / "newest.list")
    )
    assert (restored["cases"], restored["records"], restored["shredded_again"]) == (2, 2, 1)
    assert vaulted.answer("cases", "show", alive)["case"] == alive
    again = vaulted.tipbridge(
        "restore", made["main"], "--no-vault", "--shredded", str(tmp_path / "newest.list")
    )
    assert again.returncode == 1
    assert "empty" in again.stderr


def test_a_command_that_crashes_leaves_no_image_of_its_memory() -> None:
    program = """
        import contextlib, resource, sys
        from connector.cli import main
        sys.argv = ["tipbridge", "--version"]
        with contextlib.suppress(SystemExit):
            main()
        print(resource.getrlimit(resource.RLIMIT_CORE))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines()[-1] == "(0, 0)"


def test_purge_says_how_much_went(vaulted: Installation) -> None:
    vaulted.tell()
    assert vaulted.answer("purge") == {"identities": 0, "mailboxes": 0}


def test_custodian_commands_need_neither_config_nor_network(tmp_path: Path, people: Custodians) -> None:
    command = [
        sys.executable,
        "-m",
        "connector",
        "custodian",
        "fingerprint",
        str(people.public_path("custodian-1")),
    ]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    shown = people.keys["custodian-1"].public_file.fingerprint
    assert done.stdout.replace(" ", "").strip() == f"custodian-1:{shown}"


def test_an_altered_public_file_keeps_the_service_from_starting(
    vaulted: Installation, people: Custodians
) -> None:
    path = people.public_path("custodian-2")
    path.write_bytes(path.read_bytes().replace(b"custodian-2", b"custodian-X"))
    done = vaulted.tipbridge("worker")
    assert done.returncode == 2
    assert "VLT-E011" in done.stderr
    path.unlink()
    assert "VLT-E010" in vaulted.tipbridge("worker").stderr
    path.write_bytes(people.public_path("custodian-1").read_bytes())
    # Nor is a database made for it, by a command that would make one.
    assert "VLT-E012" in vaulted.tipbridge("vault", "log").stderr
    assert list((vaulted.directory / "data").glob("*.db*")) == []
