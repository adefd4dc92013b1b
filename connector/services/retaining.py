"""What has reached its age is taken away: identities shredded, mailboxes removed. A legal hold stops both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

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
        """Take what is sealed of a case away for good. Raises NoSuchCase, Held."""
        with self._store.read() as tx:
            case = tx.cases.by_number(number)
            held = case is not None and tx.retention.is_held(case.case_id)
        if case is None:
            raise NoSuchCase("there is no case of this number")
        if held:
            raise Held("the case is under legal hold; end it first with tipbridge vault release")
        self._shred([number], by, reason)
        self._store.forget_deleted()

    def purge(self) -> Purged:
        """Take away what has reached its age."""
        now = self._clock.now()
        with self._store.read() as tx:
            ages = tx.retention.ages(now - min(self._identity, self._mailbox))
            sealed_here = self._sealing.is_on or tx.vault.count() > 0
        fresh = [age.number for age in ages if sealed_here and self._identity_is_due(age, now.date())]
        for start in range(0, len(fresh), _BATCH):
            self._shred(fresh[start : start + _BATCH], "retention", "retention.identity")
        emptied = [age for age in ages if self._mailbox_is_due(age, now.date())]
        for start in range(0, len(emptied), _BATCH):
            self._empty(emptied[start : start + _BATCH])
        orphans = self._remove_orphans()
        if fresh or emptied or orphans:
            self._store.forget_deleted()
        return Purged(len(fresh), len(emptied), orphans)

    def shred_again(self, numbers: Iterable[str]) -> int:
        """After a restore: what was shredded stays dead. How many records were still there."""
        numbers = list(numbers)
        for start in range(0, len(numbers), _BATCH):
            with self._store.write() as tx:
                self._replace(tx, numbers[start : start + _BATCH])
        self._store.forget_deleted()
        return len(numbers)

    def _shred(self, numbers: list[CaseNumber], by: str, reason: str) -> None:
        # On the list first, and synced: a backup that is restored later must not bring them back.
        self._list.add(numbers, self._clock.now().date(), self._auditing.head())
        # The vault first: with SQLite it is another file, and nothing may say "shredded" before it is.
        with self._store.write() as tx:
            self._replace(tx, numbers)
        today = self._clock.now().date()
        with self._store.write() as tx:
            for number in numbers:
                case = tx.cases.by_number(CaseNumber(number))
                if case is not None:
                    tx.retention.mark_shredded(case.case_id, today)
                self._auditing.write(tx, "shredded", case=number, by=by, reason=reason)

    def _replace(self, tx: Transaction, numbers: Iterable[str]) -> None:
        """A fresh record that says "nothing" takes a record's place: what was shredded looks like what never was."""
        known = custodians_of(tx)
        for number in numbers:
            hashes = self._sealing.hashes(number)
            record = tx.vault.find(hashes, "identity")
            tx.vault.remove(hashes)
            if record is not None and tx.cases.by_number(CaseNumber(number)) is not None:
                tx.vault.add(self._sealing.nothing_like(record, number, known))

    def _empty(self, ages: list[CaseAge]) -> None:
        with self._store.write() as tx:
            for age in ages:
                tx.vault.remove(self._sealing.hashes(age.number))
        with self._store.write() as tx:
            tx.retention.remove_mailboxes([age.case_id for age in ages])

    def _remove_orphans(self) -> int:
        """Records whose case was never written: a process died between the two."""
        with self._store.write() as tx:
            wanted = {one for number in tx.retention.numbers() for one in self._sealing.hashes(number)}
            return tx.vault.remove(tx.vault.all_hashes() - wanted)

    def _identity_is_due(self, age: CaseAge, today: date) -> bool:
        return (
            not (age.held or age.shredded) and age.has_mailbox and age.received_on + self._identity <= today
        )

    def _mailbox_is_due(self, age: CaseAge, today: date) -> bool:
        # An answer may still come while staff have the ticket open; but not for ever.
        kept = self._mailbox if age.closed else 2 * self._mailbox
        return not age.held and age.has_mailbox and age.last_word_on + kept <= today
