"""The audit log: whoever alters, removes, reorders or cuts off an entry is noticed; a court gets its case and no other."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update

from connector.store.schema import audit
from connector.vault.audit import Head, link_hash
from connector.vault.crossing import canonical
from tests.vaulted import Vaulted


def _entries(vaulted: Vaulted, count: int = 5) -> None:
    for number in range(count):
        vaulted.harness.app.auditing.record("held", case=f"0000-000{number}", by="somebody", reason="a test")


def _broken_at(vaulted: Vaulted, head: Head | None = None) -> int | None:
    broken = vaulted.harness.app.auditing.verify(head)
    return None if broken is None else broken.seq


@pytest.mark.parametrize("column", ["body", "hash"])
def test_an_altered_entry_is_the_first_bad_one(vaulted: Vaulted, column: str) -> None:
    _entries(vaulted)
    assert _broken_at(vaulted) is None
    with vaulted.harness.app.store.engine.begin() as connection:
        connection.execute(update(audit).where(audit.c.seq == 6).values({column: b"\1" * 32}))
    assert _broken_at(vaulted) == 6


@pytest.mark.parametrize("column", ["case_number", "request"])
def test_an_entry_that_is_found_under_something_else_than_it_says_is_a_bad_one(
    vaulted: Vaulted, column: str
) -> None:
    asked = vaulted.ask(vaulted.tell())
    vaulted.open(asked)
    seq = vaulted.last_entry()["seq"]
    _entries(vaulted)
    with vaulted.harness.app.store.engine.begin() as connection:
        # So that the export leaves the opening out, or that the same request is opened again.
        connection.execute(update(audit).where(audit.c.seq == seq).values({column: None}))
    assert _broken_at(vaulted) == seq


def test_a_removed_entry_leaves_a_gap(vaulted: Vaulted) -> None:
    _entries(vaulted)
    with vaulted.harness.app.store.engine.begin() as connection:
        connection.execute(delete(audit).where(audit.c.seq == 5))
    assert _broken_at(vaulted) == 5


def test_two_entries_that_changed_places_are_noticed(vaulted: Vaulted) -> None:
    _entries(vaulted)
    with vaulted.harness.app.store.engine.begin() as connection:
        for old, new in ((5, 500), (6, 5), (500, 6)):
            connection.execute(update(audit).where(audit.c.seq == old).values(seq=new))
    assert _broken_at(vaulted) == 5


def test_a_log_cut_off_or_written_anew_is_noticed_against_a_head_that_was_kept(vaulted: Vaulted) -> None:
    auditing, engine = vaulted.harness.app.auditing, vaulted.harness.app.store.engine
    _entries(vaulted)
    head = auditing.head()
    _entries(vaulted, 2)
    assert _broken_at(vaulted, head) is None
    with engine.begin() as connection:
        connection.execute(delete(audit).where(audit.c.seq >= head.seq))
    assert _broken_at(vaulted) is None
    assert _broken_at(vaulted, head) == head.seq
    auditing.record("held", case="0000-0000", by="a forger", reason="to fill the gap")
    assert _broken_at(vaulted) is None
    assert _broken_at(vaulted, head) == head.seq


def test_many_writers_at_once_make_one_chain(vaulted: Vaulted) -> None:
    auditing = vaulted.harness.app.auditing
    before = auditing.head().seq
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: auditing.record("held", by=str(number)), range(80)))
    assert auditing.head().seq == before + 80
    assert auditing.verify() is None


def test_the_export_proves_itself_and_tells_nothing_of_other_cases(vaulted: Vaulted) -> None:
    case, other = vaulted.tell(), vaulted.tell()
    vaulted.identity_of(case)
    vaulted.identity_of(other)
    lines = list(vaulted.harness.app.auditing.export(case))
    assert other not in json.dumps(lines)
    shown = [line["entry"]["event"] for line in lines if "entry" in line]
    assert shown == ["requested", "opened"]
    _recomputed_as_a_court_would(lines)


def test_a_custodians_key_that_was_exchanged_shows_by_its_fingerprint(vaulted: Vaulted) -> None:
    genuine = vaulted.people.keys["custodian-1"].public_file.fingerprint
    exchanged = vaulted.people.join("custodian-1").public_file.fingerprint
    vaulted.with_the_custodians_of_today()
    vaulted.with_the_custodians_of_today()
    named = [entry for entry in vaulted.harness.app.auditing.entries() if entry["event"] == "custodian"]
    of_the_first = [entry["fingerprint"] for entry in named if entry["name"] == "custodian-1"]
    assert of_the_first == [genuine, exchanged]


def _recomputed_as_a_court_would(lines: list[dict[str, Any]]) -> None:
    before = bytes(32)
    for line in lines:
        if "entry" in line:
            body = canonical(line["entry"])
            assert hashlib.sha256(b"tipbridge|entry|" + body).hexdigest() == line["entry_hash"]
        before = link_hash(line["seq"], before, bytes.fromhex(line["entry_hash"]))
        assert before.hex() == line["hash"]


def test_killed_between_the_entry_and_the_answer_the_entry_is_there(vaulted: Vaulted, tmp_path: Path) -> None:
    asked = vaulted.ask(vaulted.tell())
    approvals = vaulted.people.approvals(asked.request, vaulted.harness.clock.now())
    files = {"request": asked.request.to_bytes(), "opener": asked.opener.to_bytes()}
    files |= {f"approval-{number}": data for number, data in enumerate(approvals)}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    # The real command, except that it is killed where it would print; its clock is the test's.
    program = f"""
        import os, signal, sys
        import connector.bootstrap, connector.cli.vault
        from connector.testing import FakeClock
        from datetime import datetime
        connector.bootstrap.SystemClock = lambda: FakeClock(datetime.fromisoformat({vaulted.harness.clock.now().isoformat()!r}))
        sys.modules['connector.cli.vault'].show_json = lambda _: os.kill(os.getpid(), signal.SIGKILL)
        from connector.cli import main
        main()
    """
    config = tmp_path / "of-the-command.yaml"
    written = json.loads(vaulted.harness.app.config.path.read_text())
    written["service"]["data_dir"] = str(vaulted.harness.app.config.data_dir)
    # The helpdesk of these tests is no installed plugin; which one there is plays no part.
    written["helpdesks"]["desk"] = {
        "platform": "zammad",
        "url": "http://127.0.0.1:9",
        "token": "t",
        "group": "g",
    }
    config.write_text(json.dumps(written))
    config.chmod(0o600)
    words = [
        "-c",
        str(config),
        "vault",
        "open",
        *(str(tmp_path / name) for name in ("request", "approval-0", "approval-1")),
    ]
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), *words, "--opener", str(tmp_path / "opener")],
        env={**os.environ, "TIPBRIDGE_PASSPHRASE": "correct horse battery staple"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert done.stdout == ""
    assert vaulted.events() == ["requested", "opened"]
    assert vaulted.harness.app.auditing.verify() is None
