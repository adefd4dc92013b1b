"""Writing the audit log, checking it, and giving a court the part that is about one case."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from connector.clock import Clock
from connector.store import Store
from connector.store.audit_rows import AuditRow
from connector.store.transaction import Transaction
from connector.vault.audit import GENESIS, Broken, Head, Link, encoded, entry_hash, first_broken, link_after
from connector.vault.custodians import PublicFile
from connector.vault.requests import moment


class Auditing:
    """The audit log. An entry that `write` has returned for is on the disk once its transaction is."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def write(
        self,
        tx: Transaction,
        event: str,
        *,
        case: str | None = None,
        request: str | None = None,
        **details: Any,
    ) -> Head:
        """Append an entry within a transaction; the new head. Nobody else appends until it has ended."""
        tx.audit.alone()
        head = self.head_in(tx)
        body = encoded(
            {"at": moment(self._clock.now()), "event": event, "case": case, "request": request, **details}
        )
        link = link_after(head, body)
        tx.audit.append(AuditRow(link.seq, link.body, link.hash, case, request))
        return Head(link.seq, link.hash)

    def record(
        self, event: str, *, case: str | None = None, request: str | None = None, **details: Any
    ) -> Head:
        """Append an entry; when this returns, it is on the disk."""
        with self._store.write() as tx:
            return self.write(tx, event, case=case, request=request, **details)

    def custodians(self, tx: Transaction, files: Iterable[PublicFile]) -> None:
        """An entry for each new custodian, with the fingerprint: a key exchanged under the same name shows."""
        for file in files:
            self.write(tx, "custodian", name=file.name, fingerprint=file.fingerprint)

    def head(self) -> Head:
        """The end of the chain, to be kept elsewhere."""
        with self._store.read() as tx:
            return self.head_in(tx)

    def head_in(self, tx: Transaction) -> Head:
        """The same within a transaction."""
        last = tx.audit.last()
        return Head(0, GENESIS) if last is None else Head(last.seq, last.hash)

    def verify(self, head: Head | None = None) -> Broken | None:
        """The first entry at which the chain does not hold; `head` is one that was kept elsewhere."""
        misplaced: list[Broken] = []

        def links(rows: Iterator[AuditRow]) -> Iterator[Link]:
            for row in rows:
                if not _is_found_by_what_it_says(row):
                    misplaced.append(
                        Broken(row.seq, "this entry is unreadable, or lies under another case or request")
                    )
                    return
                yield Link(row.seq, row.body, row.hash)

        with self._store.read() as tx:
            broken = first_broken(links(tx.audit.all_rows()), head)
        return misplaced[0] if misplaced else broken

    def entries(self) -> Iterator[dict[str, Any]]:
        """All entries, for the operator."""
        with self._store.read() as tx:
            for row in tx.audit.all_rows():
                yield {"seq": row.seq, "hash": row.hash.hex(), **_shown(row.body)}

    def export(self, case: str) -> Iterator[dict[str, Any]]:
        """The whole chain for a court: entries of the case in full, of the others only the hash.

        The chain can be checked from it (docs/court-orders.md says how), and it tells nothing of other cases.
        """
        with self._store.read() as tx:
            for row in tx.audit.all_rows():
                link: dict[str, Any] = {
                    "seq": row.seq,
                    "entry_hash": entry_hash(row.body).hex(),
                    "hash": row.hash.hex(),
                }
                if row.case_number == case:
                    link["entry"] = json.loads(row.body)
                yield link


def _is_found_by_what_it_says(row: AuditRow) -> bool:
    # The hash covers the body alone; what the entry is found by has to repeat what is in there.
    try:
        entry = json.loads(row.body)
        return (entry["case"], entry["request"]) == (row.case_number, row.request)
    except (ValueError, KeyError, TypeError):
        return False


def _shown(body: bytes) -> dict[str, Any]:
    """An entry without its salt and without what it does not have."""
    try:
        entry: dict[str, Any] = json.loads(body)
    except ValueError:
        return {"event": "unreadable"}
    return {name: value for name, value in entry.items() if value is not None and name != "salt"}
