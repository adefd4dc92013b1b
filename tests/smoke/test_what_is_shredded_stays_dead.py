"""Retention, holds, shredding; and a backup from before it all cannot bring anything back."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from connector.bootstrap import Application, build
from connector.checks import refuse_to_start
from connector.domain.case import CaseNumber
from connector.services.archives import ArchiveBroken
from connector.services.restoring import CannotRestore
from connector.services.retaining import Held, Purged
from connector.services.shredding_list import ListBroken, ShreddingList
from connector.store import Store
from connector.store.outbox import OutboxRows
from connector.store.retention_rows import CaseAge, RetentionRows
from connector.store.upgrade import upgrade
from connector.store.vault_rows import VaultRows
from connector.testing import FakeClock
from connector.vault.codes import INSECURE_TEST_COST
from tests.custodians import Custodians
from tests.harness_fixtures import MakeHarness
from tests.memory_desk import MemoryDesk
from tests.stored import everything_stored
from tests.vaulted import CONTACT, Vaulted


def _tell(vaulted: Vaulted) -> CaseNumber:
    return vaulted.tell(contact=CONTACT, share_contact="vault")


def test_after_its_days_an_identity_is_gone_and_the_case_is_not(vaulted: Vaulted) -> None:
    case = _tell(vaulted)
    vaulted.harness.settle()
    vaulted.harness.fast_forward(days=29)
    assert vaulted.harness.app.retaining.purge().identities == 0
    vaulted.harness.fast_forward(days=1)
    assert vaulted.harness.app.retaining.purge().identities == 1
    assert vaulted.harness.app.retaining.purge().identities == 0
    assert vaulted.identity_of(case) is None
    assert "shredded" in vaulted.events()


def test_a_hold_stops_it_until_it_ends(vaulted: Vaulted) -> None:
    case, retaining = _tell(vaulted), vaulted.harness.app.retaining
    assert retaining.hold(case, "Counsel", "a court forbids it")
    assert not retaining.hold(case, "Counsel", "again")
    vaulted.harness.fast_forward(days=400)
    assert retaining.purge() == Purged()
    with pytest.raises(Held):
        retaining.shred(case, "Counsel", "by mistake")
    assert vaulted.identity_of(case) is not None
    assert retaining.release(case, "Counsel", "the court is done")
    assert retaining.purge().identities == 1
    assert vaulted.events()[:3] == ["held", "refused", "requested"]


def test_a_hold_that_comes_while_retention_is_at_work_is_heeded(
    vaulted: Vaulted, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, retaining = _tell(vaulted), vaulted.harness.app.retaining
    looked = RetentionRows.ages

    def held_right_after(rows: RetentionRows, received_before: datetime) -> list[CaseAge]:
        ages = looked(rows, received_before)
        retaining.hold(case, "Counsel", "a court forbids it")
        return ages

    vaulted.harness.fast_forward(days=31)
    monkeypatch.setattr(RetentionRows, "ages", held_right_after)
    assert retaining.purge() == Purged()
    assert vaulted.identity_of(case) is not None
    assert vaulted.harness.app.shredding_list.numbers() == set()


def test_a_tip_that_comes_while_retention_looks_for_orphans_keeps_its_record(
    vaulted: Vaulted, monkeypatch: pytest.MonkeyPatch
) -> None:
    if vaulted.harness.app.store.vault_is_apart:
        # SQLite has one writer: nothing comes in between.
        return
    came: list[CaseNumber] = []
    for rows, name in ((RetentionRows, "numbers"), (VaultRows, "all_hashes")):
        monkeypatch.setattr(rows, name, _and_then(getattr(rows, name), lambda: came.append(_tell(vaulted))))
    vaulted.harness.app.retaining.purge()
    assert len(came) == 2
    monkeypatch.undo()
    for case in came:
        assert vaulted.identity_of(case) is not None


def _and_then(call: Callable[[Any], object], then: Callable[[], object]) -> Callable[[Any], object]:
    def both(rows: Any) -> object:
        found = call(rows)
        then()
        return found

    return both


def test_an_identity_that_is_kept_longer_than_the_mailbox_stays_until_its_own_day(
    make_harness: MakeHarness, memory_desk: MemoryDesk, people: Custodians
) -> None:
    harness = make_harness(
        memory_desk,
        vault=people.section,
        identity={"capture": ["contact"]},
        retention={"identity": "300d", "mailbox": "30d"},
    )
    vaulted = Vaulted(harness, people)
    case = _tell(vaulted)
    harness.fast_forward(days=61)
    assert harness.app.retaining.purge() == Purged(mailboxes=1)
    assert vaulted.identity_of(case) is not None
    harness.fast_forward(days=240)
    assert harness.app.retaining.purge() == Purged(identities=1)
    assert vaulted.identity_of(case) is None
    assert harness.app.shredding_list.numbers() == {case}
    with harness.app.store.read() as tx:
        assert tx.vault.count() == 0


def test_a_case_from_before_there_was_a_vault_is_not_shredded(
    make_harness: MakeHarness, memory_desk: MemoryDesk, people: Custodians
) -> None:
    vaulted = Vaulted(make_harness(memory_desk), people)
    vaulted.tell()
    vaulted.with_the_custodians_of_today()
    vaulted.harness.fast_forward(days=31)
    assert vaulted.harness.app.retaining.purge() == Purged()
    assert vaulted.events() == []


def test_a_mailbox_of_a_closed_case_goes_after_its_days_and_of_an_open_one_after_twice_as_many(
    vaulted: Vaulted,
) -> None:
    harness = vaulted.harness
    closed, still_open = harness.reporter(), harness.reporter()
    for reporter in (closed, still_open):
        reporter.send()
    harness.settle()
    harness.staff.close(harness.ticket_of(closed))
    harness.settle()
    harness.fast_forward(days=181)
    assert harness.app.retaining.purge().mailboxes == 1
    assert still_open.inbox()["messages"]
    assert closed.try_inbox().status_code == 401
    harness.fast_forward(days=180)
    assert harness.app.retaining.purge().mailboxes == 1
    with harness.app.store.read() as tx:
        assert (tx.vault.count(), tx.cases.count()) == (0, 2)


def test_nothing_of_a_shredded_record_is_left_in_the_files(vaulted: Vaulted, tmp_path: Path) -> None:
    case, app = _tell(vaulted), vaulted.harness.app
    with app.store.read() as tx:
        record = tx.vault.find(app.sealing.hashes(case), "identity")
    assert record is not None
    app.retaining.shred(case, "Counsel", "asked for")
    stored = everything_stored(app.store, tmp_path)
    pieces = [record.sealed, *(share.sealed for share in record.shares)]
    # PostgreSQL's own files are not below this directory; there only the rows are looked at.
    assert [piece for piece in pieces if piece[40:90] in stored] == []


def _elsewhere(vaulted: Vaulted, directory: Path, database_url: str, clock: FakeClock) -> Application:
    """A new server with the old key files and an empty database."""
    config, data = vaulted.harness.app.config, directory / "data"
    shutil.copytree(config.keys_dir, data / "keys")
    moved = build(
        type(config)(
            **{
                **{name: getattr(config, name) for name in config.__slots__},
                "service": config.service.model_copy(
                    update={"data_dir": data, "database_url": type(config.database_url)(database_url)}
                ),
            }
        ),
        clock=clock,
        cost=INSECURE_TEST_COST,
    )
    upgrade(moved.store)
    refuse_to_start(moved)
    return moved


@pytest.fixture
def new_server(
    vaulted: Vaulted, tmp_path: Path, clock: FakeClock, bare_database_url: str
) -> Iterator[Application]:
    """The machine after the fire. A test may go on with it; the old one is looked through at the end."""
    burnt = vaulted.harness.app
    moved = _elsewhere(vaulted, tmp_path / "elsewhere", bare_database_url, clock)
    yield moved
    vaulted.harness.app = burnt
    moved.store.close()


def test_a_backup_restored_after_a_shredding_brings_everything_but_the_shredded(
    vaulted: Vaulted, new_server: Application, tmp_path: Path
) -> None:
    app = vaulted.harness.app
    dead, alive = _tell(vaulted), _tell(vaulted)
    vaulted.harness.settle()
    backup = app.backing_up.back_up(tmp_path / "backups")
    app.retaining.shred(dead, "Counsel", "asked for")
    restored = new_server.restoring.restore(backup.main, backup.vault, app.shredding_list)
    assert (restored.cases, restored.records, restored.shredded_again) == (2, 2, 1)
    _go_on_with(vaulted, new_server)
    assert vaulted.identity_of(dead) is None
    assert vaulted.identity_of(alive) is not None
    assert new_server.auditing.verify() is None
    assert new_server.shredding_list.numbers() == {dead}


def _go_on_with(vaulted: Vaulted, app: Application) -> None:
    vaulted.harness.app = app


def test_without_the_vaults_archive_cases_come_back_and_every_one_has_a_record(
    vaulted: Vaulted, new_server: Application, tmp_path: Path
) -> None:
    case = _tell(vaulted)
    backup = vaulted.harness.app.backing_up.back_up(tmp_path / "backups")
    new_server.restoring.restore(backup.main, None, vaulted.harness.app.shredding_list)
    with new_server.store.read() as tx:
        assert tx.vault.count() == 1
    _go_on_with(vaulted, new_server)
    assert vaulted.identity_of(case) is None


class _PowerCut(Exception):
    pass


@pytest.mark.parametrize("cut_in", ["take_over", "forget_deleted", "look_before_sending"])
def test_a_restore_that_breaks_off_brings_back_nothing_dead_and_can_be_begun_anew(
    vaulted: Vaulted,
    new_server: Application,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    cut_in: str,
) -> None:
    app = vaulted.harness.app
    dead, alive = _tell(vaulted), _tell(vaulted)
    backup = app.backing_up.back_up(tmp_path / "backups")
    app.retaining.shred(dead, "Counsel", "asked for")

    def cut(*_: object) -> None:
        raise _PowerCut

    place = {"take_over": ShreddingList, "forget_deleted": Store, "look_before_sending": OutboxRows}[cut_in]
    monkeypatch.setattr(place, cut_in, cut)
    with pytest.raises(_PowerCut):
        new_server.restoring.restore(backup.main, backup.vault, app.shredding_list)
    monkeypatch.undo()
    with new_server.store.read() as tx:
        found, cases = tx.vault.find(new_server.sealing.hashes(dead), "identity"), tx.cases.count()
    if cut_in == "forget_deleted":
        # Everything was done by then.
        assert (cases, found is not None) == (2, True)
    else:
        assert (cases, found) == (0, None)
        new_server.restoring.restore(backup.main, backup.vault, app.shredding_list)
    _go_on_with(vaulted, new_server)
    assert vaulted.identity_of(dead) is None
    assert vaulted.identity_of(alive) is not None


def test_a_shredding_that_only_this_machine_knows_of_is_heeded_as_well(
    vaulted: Vaulted, new_server: Application, tmp_path: Path
) -> None:
    app = vaulted.harness.app
    dead, neighbour = _tell(vaulted), _tell(vaulted)
    backup = app.backing_up.back_up(tmp_path / "backups")
    older = tmp_path / "older.list"
    shutil.copy(app.shredding_list.path, older)
    app.retaining.shred(dead, "Counsel", "asked for")
    # The database is lost, but not the list beside it; and somebody brings a copy from before.
    shutil.copy(app.shredding_list.path, new_server.shredding_list.path)
    # The custodians have changed, too: the dead looks like its neighbour all the same.
    vaulted.people.join("custodian-4")
    _go_on_with(vaulted, new_server)
    vaulted.with_the_custodians_of_today()
    restored = new_server.restoring.restore(backup.main, backup.vault, ShreddingList(older))
    assert (restored.shredded_again, restored.list_ends) == (1, vaulted.harness.clock.now().date())
    asked = [vaulted.ask(case).request for case in (dead, neighbour)]
    assert len(asked[0].shares) == len(asked[1].shares) == 3
    assert vaulted.identity_of(dead) is None
    assert vaulted.identity_of(neighbour) is not None


def test_without_the_list_or_with_an_old_one_nothing_is_restored(
    vaulted: Vaulted, new_server: Application, tmp_path: Path
) -> None:
    app = vaulted.harness.app
    old_list = tmp_path / "old.list"
    shutil.copy(app.shredding_list.path, old_list)
    case = _tell(vaulted)
    app.retaining.shred(case, "Counsel", "asked for")
    backup = app.backing_up.back_up(tmp_path / "backups")
    for path in (old_list, tmp_path / "no such list"):
        with pytest.raises(CannotRestore):
            new_server.restoring.restore(backup.main, backup.vault, ShreddingList(path))
    (tmp_path / "altered.list").write_text(app.shredding_list.path.read_text().replace('"cases"', '"casts"'))
    with pytest.raises(ListBroken):
        new_server.restoring.restore(backup.main, backup.vault, ShreddingList(tmp_path / "altered.list"))
    with new_server.store.read() as tx:
        assert tx.cases.count() == 0


def test_a_damaged_archive_or_two_of_different_backups_restore_nothing(
    vaulted: Vaulted, new_server: Application, tmp_path: Path
) -> None:
    app = vaulted.harness.app
    _tell(vaulted)
    one, two = (app.backing_up.back_up(tmp_path / "backups") for _ in range(2))
    with pytest.raises(CannotRestore):
        new_server.restoring.restore(one.main, two.vault, app.shredding_list)
    with pytest.raises(CannotRestore):
        app.restoring.restore(one.main, one.vault, app.shredding_list)
    whole = one.vault.read_bytes()
    one.vault.write_bytes(
        whole[: len(whole) // 2] + bytes([whole[len(whole) // 2] ^ 1]) + whole[len(whole) // 2 + 1 :]
    )
    with pytest.raises(ArchiveBroken):
        new_server.restoring.restore(one.main, one.vault, app.shredding_list)


def test_a_vault_archive_does_not_outlive_what_is_in_it_and_holds_no_key(
    vaulted: Vaulted, tmp_path: Path
) -> None:
    app, directory = vaulted.harness.app, tmp_path / "backups"
    _tell(vaulted)
    first = app.backing_up.back_up(directory)
    keys = [
        line.split()[-1]
        for path in app.config.keys_dir.iterdir()
        for line in path.read_text().splitlines()[1:]
    ]
    for archive in (first.main, first.vault):
        assert oct(archive.stat().st_mode)[-3:] == "600"
        assert not [key for key in keys if key.encode() in archive.read_bytes()]
    vaulted.harness.fast_forward(days=31)
    second = app.backing_up.back_up(directory)
    assert second.removed == (first.vault,)
    assert sorted(os.listdir(directory)) == sorted(
        path.name for path in (first.main, second.main, second.vault)
    )


def test_a_record_whose_case_was_never_written_is_removed(vaulted: Vaulted) -> None:
    app = vaulted.harness.app
    with app.store.write() as tx:
        tx.vault.add(app.sealing.rows("1234-5678"))
    _tell(vaulted)
    assert app.retaining.purge().orphans == 1
    with app.store.read() as tx:
        assert tx.vault.count() == 1
