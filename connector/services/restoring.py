"""Restoring a backup into an empty database. What was shredded stays dead: without the list nothing is restored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from connector.domain.case import CaseNumber
from connector.errors import TipbridgeError
from connector.services.archives import Manifest, check_archive, read_manifest, table_lines
from connector.services.auditing import Auditing
from connector.services.dead_records import DeadRecords
from connector.services.sealing import Sealing, custodians_of
from connector.services.shredding_list import ShreddingList
from connector.store import Store
from connector.store.dumping import is_empty, load, rows_of
from connector.store.transaction import Transaction
from connector.store.upgrade import schema_of


class CannotRestore(TipbridgeError):
    """Why nothing was restored, and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back. `list_ends` is the day of the last shredding that was heeded."""

    made_at: str
    list_ends: date | None
    cases: int
    records: int
    shredded_again: int


class Restoring:
    """Brings a backup back."""

    def __init__(
        self,
        *,
        store: Store,
        auditing: Auditing,
        sealing: Sealing,
        own_list: ShreddingList,
    ) -> None:
        self._store = store
        self._auditing = auditing
        self._sealing = sealing
        self._own_list = own_list

    def restore(self, main: Path, vault: Path | None, listed: ShreddingList) -> Restored:
        """Fill the empty database. Raises CannotRestore, ArchiveBroken, ListBroken; then nothing was restored.

        Without `vault` (its archive has reached the end of its life) the cases come back without any identity.
        At no moment is anything there again that was shredded. Broken off anywhere, it can be begun anew.
        """
        known = self._checked(main, vault)
        before = _shredded_in(main)
        if not listed.path.exists() or not before <= listed.numbers():
            raise CannotRestore(
                "the shredding list is missing, or older than this backup; bring the newest one, which is kept beside "
                "the head of the audit log"
            )
        self._own_list.take_over(listed)
        shredded = {number: entry.on for entry in self._own_list.entries() for number in entry.cases}
        dead = DeadRecords({one: number for number in shredded for one in self._sealing.hashes(number)})
        # The vault first: cases without their records would look as if they had been shredded.
        load(self._store, "vault", _tables(vault), keep=dead.is_alive)
        counts = load(
            self._store,
            "main",
            _tables(main),
            after=lambda tx: self._finish(tx, dead, shredded, known, with_vault=vault is not None),
        )
        self._store.forget_deleted()
        with self._store.read() as tx:
            records = tx.vault.count()
        again = set(dead.numbers) - before
        return Restored(
            known.made_at, max(shredded.values(), default=None), counts["cases"], records, len(again)
        )

    def _finish(
        self,
        tx: Transaction,
        dead: DeadRecords,
        shredded: Mapping[str, date],
        known: Manifest,
        *,
        with_vault: bool,
    ) -> None:
        self._auditing.custodians(tx, self._sealing.know(tx))
        custodians = custodians_of(tx)
        for number, on in shredded.items():
            case = tx.cases.by_number(CaseNumber(number))
            if case is not None:
                tx.retention.mark_shredded(case.case_id, on)
        for number, record in dead.records():
            case = tx.cases.by_number(CaseNumber(number))
            if case is not None and tx.cases.mailbox_of(case.case_id) is not None:
                tx.vault.add(self._sealing.nothing_like(record, number, custodians))
        self._fill_gaps(tx)
        tx.outbox.look_before_sending()
        self._auditing.write(
            tx,
            "restored",
            backup=known.backup,
            made_at=known.made_at,
            shredded_again=len(dead.numbers),
            with_vault=with_vault,
        )

    def _checked(self, main: Path, vault: Path | None) -> Manifest:
        if not is_empty(self._store):
            raise CannotRestore("there are cases in this database already; restore into an empty one")
        known = read_manifest(main)
        parts = [(main, known, "main")] + ([(vault, read_manifest(vault), "vault")] if vault else [])
        for path, manifest, part in parts:
            if manifest.part != part or manifest.backup != known.backup:
                raise CannotRestore(
                    f"{path} is not the {part} part of this backup; name the two of one backup"
                )
            if manifest.schema != schema_of(self._store):
                raise CannotRestore(
                    f"{path} was made by another version; restore it with that version, then upgrade"
                )
            check_archive(path, manifest)
        return known

    def _fill_gaps(self, tx: Transaction) -> None:
        """Every case has exactly one record, also where the vault's archive was not there."""
        have = tx.vault.all_hashes()
        for number in tx.retention.numbers_with_mailbox():
            if not have & set(self._sealing.hashes(number)):
                tx.vault.add(self._sealing.rows(number))


def _tables(archive: Path | None) -> dict[str, Iterator[bytes]]:
    if archive is None:
        return {}
    return {name: table_lines(archive, name) for name in read_manifest(archive).digests}


def _shredded_in(main: Path) -> set[str]:
    ids = {row["case_id"] for row in rows_of(table_lines(main, "shreddings"))}
    return {row["number"] for row in rows_of(table_lines(main, "cases")) if row["id"] in ids}
