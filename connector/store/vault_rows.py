"""What the custodians can open, as stored: sealed records, their shares, sealed files. Nothing here tells a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, func, select, tuple_, update

from connector.errors import Conflict
from connector.store.inserting import insert_all, insert_missing
from connector.store.schema import vault_custodians, vault_files, vault_records, vault_shares


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A share of a record's key, sealed to its holder."""

    holder: str
    number: int
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A sealed record. `case_hash` is a keyed hash of the case number; `what` is `identity` or `files`."""

    case_hash: bytes = field(repr=False)
    what: str
    quorum: int
    sealed: bytes = field(repr=False)
    shares: tuple[ShareRow, ...]


@dataclass(frozen=True, slots=True)
class HeldShare:
    """One holder's share, with where it belongs."""

    case_hash: bytes = field(repr=False)
    what: str
    number: int
    sealed: bytes = field(repr=False)
    commitment_of: bytes = field(repr=False)


class VaultRows:
    """The schema `vault`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, records: Sequence[RecordRow]) -> None:
        """Put records in. Raises Conflict where a case has one already."""
        keys = [
            {"case_hash": one.case_hash, "what": one.what, "quorum": one.quorum, "sealed": one.sealed}
            for one in records
        ]
        insert_all(self._connection, vault_records, keys)
        shares = [
            {
                "case_hash": one.case_hash,
                "what": one.what,
                "holder": share.holder,
                "number": share.number,
                "sealed": share.sealed,
            }
            for one in records
            for share in one.shares
        ]
        insert_all(self._connection, vault_shares, shares)

    def require(self, records: Sequence[RecordRow]) -> None:
        """Raise Conflict unless all of them are still there."""
        hashes = {one.case_hash for one in records}
        if len(self.hashes_among(hashes)) != len(hashes):
            raise Conflict

    def find(self, hashes: Iterable[bytes], what: str) -> RecordRow | None:
        """The record under one of these hashes (one for each pepper that was ever in use).

        The database is asked the same where there is none, so that it takes as long.
        """
        wanted = list(hashes)
        row = self._connection.execute(
            select(vault_records).where(vault_records.c.case_hash.in_(wanted), vault_records.c.what == what)
        ).first()
        shares = self._connection.execute(
            select(vault_shares)
            .where(vault_shares.c.case_hash.in_(wanted), vault_shares.c.what == what)
            .order_by(vault_shares.c.holder)
        ).all()
        if row is None:
            return None
        found = tuple(
            ShareRow(share.holder, share.number, share.sealed)
            for share in shares
            if share.case_hash == row.case_hash
        )
        return RecordRow(row.case_hash, what, row.quorum, row.sealed, found)

    def add_pieces(self, case_hash: bytes, pieces: Mapping[str, bytes]) -> None:
        """Put pieces of sealed files in, by their names."""
        rows = [{"case_hash": case_hash, "file": name, "sealed": sealed} for name, sealed in pieces.items()]
        insert_all(self._connection, vault_files, rows)

    def piece_names(self, case_hash: bytes, prefix: str) -> list[str]:
        """The names of the pieces of a case that begin so, in order."""
        found = select(vault_files.c.file).where(
            vault_files.c.case_hash == case_hash, vault_files.c.file.startswith(prefix, autoescape=True)
        )
        return sorted(self._connection.execute(found).scalars())

    def piece(self, case_hash: bytes, name: str) -> bytes | None:
        """One sealed piece."""
        found = select(vault_files.c.sealed).where(
            vault_files.c.case_hash == case_hash, vault_files.c.file == name
        )
        return self._connection.execute(found).scalar()

    def remove_pieces(self, case_hash: bytes, prefix: str) -> None:
        """Remove the pieces whose names begin so."""
        self._connection.execute(
            delete(vault_files).where(
                vault_files.c.case_hash == case_hash, vault_files.c.file.startswith(prefix, autoescape=True)
            )
        )

    def hashes_of_pieces(self) -> set[bytes]:
        """Of all cases that have sealed files."""
        return set(self._connection.execute(select(vault_files.c.case_hash).distinct()).scalars())

    def remove(self, hashes: Iterable[bytes], what: str | None = None) -> int:
        """Remove records with their shares and files for good; how many records that were."""
        wanted, count = list(hashes), 0
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            for table in (vault_shares, vault_records):
                statement = delete(table).where(table.c.case_hash.in_(some))
                if what is not None:
                    statement = statement.where(table.c.what == what)
                removed = self._connection.execute(statement).rowcount
            count += removed
            if what in (None, "files"):
                self._connection.execute(delete(vault_files).where(vault_files.c.case_hash.in_(some)))
        return count

    def all_hashes(self) -> set[bytes]:
        """Of all records."""
        return set(self._connection.execute(select(vault_records.c.case_hash)).scalars())

    def hashes_among(self, hashes: Iterable[bytes]) -> set[bytes]:
        """Those of these that have a record."""
        found = select(vault_records.c.case_hash).where(vault_records.c.case_hash.in_(list(hashes)))
        return set(self._connection.execute(found).scalars())

    def held_by(self, holder: str) -> list[HeldShare]:
        """All shares of a custodian."""
        joined = vault_shares.join(
            vault_records,
            tuple_(vault_shares.c.case_hash, vault_shares.c.what)
            == tuple_(vault_records.c.case_hash, vault_records.c.what),
        )
        rows = self._connection.execute(
            select(vault_shares, vault_records.c.sealed.label("record"))
            .select_from(joined)
            .where(vault_shares.c.holder == holder)
        )
        return [HeldShare(row.case_hash, row.what, row.number, row.sealed, row.record) for row in rows]

    def count_held_by(self, holder: str) -> int:
        """How many shares a custodian has."""
        counted = select(func.count()).select_from(vault_shares).where(vault_shares.c.holder == holder)
        return self._connection.execute(counted).scalar_one()

    def pass_on(self, case_hash: bytes, what: str, old: str, new: str, sealed: bytes) -> bool:
        """Give a share to another holder; False where the old one no longer has it."""
        done = self._connection.execute(
            update(vault_shares)
            .where(
                vault_shares.c.case_hash == case_hash,
                vault_shares.c.what == what,
                vault_shares.c.holder == old,
            )
            .values(holder=new, sealed=sealed)
        )
        return done.rowcount == 1

    def count(self) -> int:
        """How many records there are."""
        return self._connection.execute(select(func.count()).select_from(vault_records)).scalar_one()

    def know(self, fingerprint: str, public_file: bytes) -> bool:
        """Remember a custodian; False where they were known."""
        return insert_missing(
            self._connection, vault_custodians, fingerprint=fingerprint, public_file=public_file
        )

    def known(self) -> dict[str, bytes]:
        """The public files of all custodians that ever were, by fingerprint."""
        rows = self._connection.execute(select(vault_custodians))
        return {row.fingerprint: row.public_file for row in rows}
