"""Sealing what may be known of a reporter, in the form in which it is stored."""

from collections.abc import Mapping
from contextlib import suppress

from connector.domain.identity import NOTHING, Identity
from connector.services.sealed_files import FilesKey
from connector.store.transaction import Transaction
from connector.store.vault_rows import RecordRow, ShareRow
from connector.vault.case_hash import case_hashes
from connector.vault.crossing import FileBroken
from connector.vault.custodian_set import CustodianSet
from connector.vault.custodians import Custodian, PublicFile
from connector.vault.keyring import PepperRing
from connector.vault.record import SealedRecord, seal_bytes, seal_identity
from connector.vault.requests import What


class Sealing:
    """Makes the vault's rows for a case. Without custodians there are none."""

    def __init__(self, custodians: CustodianSet | None, peppers: PepperRing) -> None:
        self._set = custodians
        self._peppers = peppers

    @property
    def is_on(self) -> bool:
        """Whether there are custodians to seal to."""
        return self._set is not None

    def rows(
        self, number: str, identity: Identity = NOTHING, files: FilesKey | None = None
    ) -> tuple[RecordRow, ...]:
        """Exactly one identity record for a case, also where nothing was kept; one for its files' key if there is one."""
        if self._set is None:
            return ()
        known, quorum = self._set.custodians, self._set.quorum
        case_hash = self.hashes(number)[0]
        rows = [
            row_of(case_hash, "identity", seal_identity(identity, place(number, "identity"), known, quorum))
        ]
        if files is not None:
            record = seal_bytes(files.to_bytes(), place(number, "files"), known, quorum)
            rows.append(row_of(case_hash, "files", record))
        return tuple(rows)

    def nothing_like(
        self, record: RecordRow, number: str, known: Mapping[str, Custodian]
    ) -> tuple[RecordRow, ...]:
        """A record that says that nothing was kept, for the same custodians as another: also for those who have left.

        Where one of them is not among the `known`, for those of today.
        """
        try:
            custodians = [known[share.holder] for share in record.shares]
        except KeyError:
            return self.rows(number)
        sealed = seal_identity(NOTHING, place(number, "identity"), custodians, record.quorum)
        return (row_of(record.case_hash, "identity", sealed),)

    def hashes(self, number: str) -> list[bytes]:
        """Where a case's record may lie."""
        return case_hashes(self._peppers, number)

    def know(self, tx: Transaction) -> list[PublicFile]:
        """Remember the custodians, for the day when one of them has left; who was not known before."""
        files = self._set.files if self._set is not None else ()
        return [file for file in files if tx.vault.know(file.fingerprint, file.to_bytes())]


def place(number: str, what: What) -> str:
    """What a record is bound to."""
    return f"{number}|{what}"


def custodians_of(tx: Transaction) -> dict[str, Custodian]:
    """All custodians there ever were, by fingerprint, without those of whom what is stored was altered."""
    found = {}
    for fingerprint, data in tx.vault.known().items():
        with suppress(FileBroken):
            found[fingerprint] = PublicFile.parse(data).public()
    return found


def row_of(case_hash: bytes, what: str, record: SealedRecord) -> RecordRow:
    """A sealed record as it is stored."""
    shares = tuple(ShareRow(share.holder, share.number, share.sealed) for share in record.shares)
    return RecordRow(case_hash, what, record.quorum, record.sealed, shares)
