"""Backing up, in two archives: the vault's has a short life, because what is shredded must not live on in it."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from connector.clock import Clock
from connector.services.archives import ArchiveBroken, Manifest, read_manifest, write_archive
from connector.services.auditing import Auditing
from connector.store import Store
from connector.store.dumping import dump
from connector.store.upgrade import schema_of

MAIN, VAULT = "tipbridge", "tipbridge-vault"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """The two archives, and old vault archives that were removed."""

    main: Path
    vault: Path
    delete_after: date
    removed: tuple[Path, ...]


class BackingUp:
    """Writes backups."""

    def __init__(self, *, store: Store, clock: Clock, auditing: Auditing, identity: timedelta) -> None:
        self._store = store
        self._clock = clock
        self._auditing = auditing
        self._identity = identity

    def back_up(self, directory: Path) -> BackedUp:
        """Both archives, while everything runs. No key file is in them."""
        now = self._clock.now()
        backup, stamp = secrets.token_hex(8), now.strftime("%Y%m%dT%H%M%SZ")
        delete_after = now.date() + self._identity
        head = self._auditing.head()

        def manifest(part: str, until: date | None) -> Manifest:
            return Manifest(
                backup=backup,
                part=part,
                made_at=now.isoformat(timespec="seconds"),
                schema=schema_of(self._store),
                audit_seq=head.seq,
                audit_hash=head.hash.hex(),
                delete_after=until.isoformat() if until else None,
                digests={},
            )

        # The main part first: whatever case is in it has its record in the other.
        main = directory / f"{MAIN}-{stamp}-{backup}.zip"
        vault = directory / f"{VAULT}-{stamp}-{backup}.zip"
        write_archive(main, manifest("main", None), dump(self._store, "main"))
        write_archive(vault, manifest("vault", delete_after), dump(self._store, "vault"))
        return BackedUp(main, vault, delete_after, tuple(self._remove_old(directory, now.date())))

    def _remove_old(self, directory: Path, today: date) -> list[Path]:
        removed = []
        for path in sorted(directory.glob(f"{VAULT}-*.zip")):
            try:
                until = read_manifest(path).delete_after
            except ArchiveBroken:
                continue
            if until is not None and date.fromisoformat(until) < today:
                path.unlink()
                removed.append(path)
        return removed
