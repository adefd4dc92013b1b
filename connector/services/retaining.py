"""What has reached its age is taken away: identities shredded, mailboxes removed. A legal hold stops both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from connector.clock import Clock
from connector.domain.case import CaseNumber
from connector.errors import TipbridgeError, VaultShut
from connector.services.auditing import Auditing
from connector.services.sealing import Sealing, custodians_of
from connector.services.shredding_list import ShreddingList
from connector.store import Store
from connector.store.retention_rows import CaseAge
from connector.store.transaction import Transaction

_BATCH = 200


class NoSuchCase(TipbridgeError):
    """There is no case of this number."""


class Held(VaultShut):
    """The case is under legal hold: nothing of it may be taken away."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was taken away."""

    identities: int = 0
    mailboxes: int = 0
    orphans: int = 0


class Retaining:
    """Holds, shreds, purges."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        sealing: Sealing,
        auditing: Auditing,
        shredding_list: ShreddingList,
        identity: timedelta,
        mailbox: timedelta,
    ) -> None:
        self._store = store
        self._clock = clock
        self._sealing = sealing
        self._auditing = auditing
        self._list = shredding_list
        self._identity = identity
        self._mailbox = mailbox
        self._left: set[bytes] = set()

    def hold(self, number: CaseNumber, by: str, reason: str) -> bool:
        """Keep everything of a case whatever its age; False where it was held. Raises NoSuchCase."""
        with self._store.write() as tx:
            case = tx.cases.by_number(number)
            if case is None:
                raise NoSuchCase("there is no case of this number")
            if not tx.retention.hold(case.case_id, self._clock.now().date()):
                return False
            self._auditing.write(tx, "held", case=number, by=by, reason=reason)
        return True

    def release(self, number: CaseNumber, by: str, reason: str) -> bool:
        """End a hold; False where there was none. Raises NoSuchCase."""
        with self._store.write() as tx:
            case = tx.cases.by_number(number)
            if case is None:
                raise NoSuchCase("there is no case of this number")
            if not tx.retention.release(case.case_id):
                return False
            self._auditing.write(tx, "released", case=number, by=by, reason=reason)
        return True

    def shred(self, number: CaseNumber, by: str, reason: str) -> None:
        """Take what is sealed of a case away for good. Raises NoSuchCase, Held (which is in the log)."""
        with self._store.read() as tx:
            if tx.cases.by_number(number) is None:
                raise NoSuchCase("there is no case of this number")
        if not self._shred([number], by, reason):
            why = "the case is under legal hold"
            self._auditing.record("refused", case=number, by=by, why=f"not shredded: {why}")
            raise Held(f"{why}; end it first with tipbridge vault release")
        self._store.forget_deleted()

    def purge(self) -> Purged:
        """Take away what has reached its age."""
        now = self._clock.now()
        aged = [age for age in self._ages(now) if self._identity_is_due(age, now.date())]
        due = self._with_record([age.number for age in aged])
        identities = sum(
            len(self._shred(due[start : start + _BATCH], "retention", "retention.identity"))
            for start in range(0, len(due), _BATCH)
        )
        emptied = [age for age in self._ages(now) if self._mailbox_is_due(age, now.date())]
        for start in range(0, len(emptied), _BATCH):
            self._empty(emptied[start : start + _BATCH])
        orphans = self._remove_orphans()
        if identities or emptied or orphans:
            self._store.forget_deleted()
        return Purged(identities, len(emptied), orphans)

    def _ages(self, now: datetime) -> list[CaseAge]:
        with self._store.read() as tx:
            return tx.retention.ages(now - min(self._identity, self._mailbox))

    def _with_record(self, numbers: list[CaseNumber]) -> list[CaseNumber]:
        """Those that have a record: a case from before there was a vault has none."""
        if not numbers:
            return []
        with self._store.read() as tx:
            have = tx.vault.all_hashes()
        return [number for number in numbers if have & set(self._sealing.hashes(number))]

    def _shred(self, numbers: list[CaseNumber], by: str, reason: str) -> list[CaseNumber]:
        """Shred those of them that are not held; which they were."""
        # The vault first: with SQLite it is another file, and nothing may say "shredded" before it is.
        with self._store.write() as tx:
            # Whoever holds a case writes the log, too: so no hold comes in between from here on.
            tx.audit.alone()
            free = [number for number in numbers if not self._is_held(tx, number)]
            if free:
                # On the list first, and synced: a backup that is restored later must not bring them back.
                self._list.add(free, self._clock.now().date(), self._auditing.head_in(tx))
                self._replace(tx, free)
        with self._store.write() as tx:
            for number in free:
                case = tx.cases.by_number(number)
                if case is not None:
                    tx.retention.mark_shredded(case.case_id, self._clock.now().date())
                self._auditing.write(tx, "shredded", case=number, by=by, reason=reason)
        return free

    def _is_held(self, tx: Transaction, number: CaseNumber) -> bool:
        case = tx.cases.by_number(number)
        return case is not None and tx.retention.is_held(case.case_id)

    def _replace(self, tx: Transaction, numbers: Iterable[CaseNumber]) -> None:
        """A fresh record that says "nothing" takes a record's place: what was shredded looks like what never was."""
        known = custodians_of(tx)
        for number in numbers:
            hashes = self._sealing.hashes(number)
            record = tx.vault.find(hashes, "identity")
            tx.vault.remove(hashes)
            case = tx.cases.by_number(number)
            if record is not None and case is not None and tx.cases.mailbox_of(case.case_id) is not None:
                tx.vault.add(self._sealing.nothing_like(record, number, known))

    def _empty(self, ages: list[CaseAge]) -> None:
        # Where identities are kept longer than mailboxes, the record stays until its own day has come.
        with self._store.write() as tx:
            for age in ages:
                if age.shredded:
                    tx.vault.remove(self._sealing.hashes(age.number))
        with self._store.write() as tx:
            tx.retention.remove_mailboxes([age.case_id for age in ages])

    def _remove_orphans(self) -> int:
        """Records and sealed files whose case was never written: a process died between the two.

        Files are written in many transactions before their case, so only those go that were nobody's an hour ago, too.
        """
        with self._store.write() as tx:
            # First the records, then the cases: on PostgreSQL a tip that comes in between must not look like one.
            have = tx.vault.all_hashes()
            wanted = {one for number in tx.retention.numbers() for one in self._sealing.hashes(number)}
            left = tx.vault.hashes_of_pieces() - wanted - have
            for case_hash in left & self._left:
                tx.vault.remove_pieces(case_hash, "")
            self._left = left
            return tx.vault.remove(have - wanted)

    def _identity_is_due(self, age: CaseAge, today: date) -> bool:
        return not (age.held or age.shredded) and age.received_on + self._identity <= today

    def _mailbox_is_due(self, age: CaseAge, today: date) -> bool:
        # An answer may still come while staff have the ticket open; but not for ever.
        kept = self._mailbox if age.closed else 2 * self._mailbox
        return not age.held and age.has_mailbox and age.last_word_on + kept <= today
