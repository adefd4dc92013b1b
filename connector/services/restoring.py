"""Restoring a backup into an empty database. What was shredded stays dead: without the list nothing is restored."""

import json
from dataclasses import dataclass
from pathlib import Path

from connector.errors import TipbridgeError
from connector.services.archives import Manifest, check_archive, read_manifest, table_lines
from connector.services.auditing import Auditing
from connector.services.retaining import Retaining
from connector.services.sealing import Sealing
from connector.services.shredding_list import ShreddingList
from connector.store import Store
from connector.store.dumping import is_empty, load
from connector.store.upgrade import schema_of


class CannotRestore(TipbridgeError):
    """Why nothing was restored, and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back."""

    made_at: str
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
        retaining: Retaining,
        sealing: Sealing,
        own_list: ShreddingList,
    ) -> None:
        self._store = store
        self._auditing = auditing
        self._retaining = retaining
        self._sealing = sealing
        self._own_list = own_list

    def restore(self, main: Path, vault: Path | None, listed: ShreddingList) -> Restored:
        """Fill the empty database. Raises CannotRestore, ArchiveBroken, ListBroken; then nothing was restored.

        Without `vault` (its archive has reached the end of its life) the cases come back without any identity.
        """
        known = self._checked(main, vault)
        shredded = listed.numbers()
        if not listed.path.exists() or not self._shredded_in(main) <= shredded:
            raise CannotRestore(
                "the shredding list is missing, or older than this backup; bring the newest one, which is kept beside "
                "the head of the audit log"
            )
        tables = {name: table_lines(main, name) for name in known.digests}
        counts = load(self._store, "main", tables)
        records = 0
        if vault is not None:
            names = read_manifest(vault).digests
            records = load(self._store, "vault", {name: table_lines(vault, name) for name in names})[
                "records"
            ]
        self._own_list.take_over(listed)
        count = self._retaining.shred_again(shredded)
        self._fill_gaps()
        with self._store.write() as tx:
            tx.outbox.look_before_sending()
        self._auditing.record(
            "restored",
            backup=known.backup,
            made_at=known.made_at,
            shredded_again=count,
            with_vault=vault is not None,
        )
        return Restored(known.made_at, counts["cases"], records, count)

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

    def _shredded_in(self, main: Path) -> set[str]:
        rows = (json.loads(line) for line in table_lines(main, "shreddings"))
        ids = {row["case_id"] for row in rows}
        return {row["number"] for row in map(json.loads, table_lines(main, "cases")) if row["id"] in ids}

    def _fill_gaps(self) -> None:
        """Every case has exactly one record, also where the vault's archive was not there."""
        if not self._sealing.is_on:
            return
        with self._store.read() as tx:
            have, numbers = tx.vault.all_hashes(), tx.retention.numbers_with_mailbox()
        missing = [number for number in numbers if not have & set(self._sealing.hashes(number))]
        with self._store.write() as tx:
            for number in missing:
                tx.vault.add(self._sealing.rows(number))
