"""Cleaning what was postponed: the file follows into the ticket, and the reporter reads in the inbox what became of it."""

import secrets
from datetime import timedelta

from connector.clock import Clock
from connector.domain.case import CaseNumber
from connector.domain.ticket import NewArticle, Visibility
from connector.domain.tip import CleanFile
from connector.log import Log
from connector.services.continuing import Continuing
from connector.services.for_custodians import SealingFiles
from connector.services.helpdesk import Helpdesks
from connector.services.holding import Holding
from connector.services.identifiers import new_id
from connector.services.own_words import Words, message_context
from connector.services.portions import largest_for
from connector.services.postponing import Postponing
from connector.services.receipts import FileOutcome
from connector.services.sealed_files import FilesKey
from connector.services.ticket_text import file_follows, file_refused, file_sealed, ticket_reference
from connector.services.uploads import GAVE_UP, Uploads, sealed_instead
from connector.store import Store
from connector.store.messages import SealedMessage
from connector.store.pending import ClaimedPending
from connector.store.transaction import Transaction
from connector.vault.keyring import SealBroken, UnknownKey
from connector.vault.mailbox import seal_to_mailbox

LEASE = timedelta(minutes=15)
"""Longer than any file may take."""
MOST_TRIES = 3
"""A file whose cleaning has ended so often without an answer (the process died) is given up."""

LATER = 1000
"""Files that are sealed later are numbered from here, so that none takes the place of one that came with the tip."""


class Finishing:
    """Works off the files that were postponed; any number of these may work on one database."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        log: Log,
        helpdesks: Helpdesks,
        uploads: Uploads,
        postponing: Postponing,
        holding: Holding,
        continuing: Continuing,
        sealing_files: SealingFiles,
    ) -> None:
        self._store = store
        self._clock = clock
        self._log = log
        self._helpdesks = helpdesks
        self._uploads = uploads
        self._postponing = postponing
        self._holding = holding
        self._continuing = continuing
        self._sealing_files = sealing_files

    def waiting(self) -> bool:
        """Whether there is a file to clean. A cheap look, without a lock."""
        with self._store.read() as tx:
            return tx.pending.any_due(self._clock.now())

    def finish_one(self) -> bool:
        """Clean the file that has waited longest; False where there is none. Raises StoreUnavailable."""
        now = self._clock.now()
        with self._store.write() as tx:
            claimed = tx.pending.claim(now, now + LEASE, secrets.token_hex(16))
        if claimed is None:
            return False
        file, outcome = self._put_away(claimed, *self._cleaned(claimed))
        with self._store.write() as tx:
            self._record(tx, claimed, file, outcome)
        kind = "accepted" if outcome.accepted else "refused"
        self._log.info("file_finished", kind=kind, attempt=claimed.attempts)
        return True

    def _cleaned(self, claimed: ClaimedPending) -> tuple[CleanFile | None, FileOutcome, FilesKey | None]:
        try:
            postponed = self._postponing.opened(claimed)
            if claimed.attempts > MOST_TRIES:
                return None, _given_up(postponed.index), None
            with self._store.read() as tx:
                largest = largest_for(tx, self._helpdesks, claimed.case_id)
            file, outcome = self._uploads.take_later(postponed.index, postponed.upload, largest)
            return file, outcome, postponed.seal_under
        except (SealBroken, UnknownKey) as failure:
            self._log.error("file_unreadable", error=type(failure).__name__)
            return None, _given_up(0), None

    def _put_away(
        self, claimed: ClaimedPending, file: CleanFile | None, outcome: FileOutcome, key: FilesKey | None
    ) -> tuple[CleanFile | None, FileOutcome]:
        """Where it goes, large as it is, before anything is recorded: to the custodians, or beside the outbox."""
        if file is None:
            return None, outcome
        if key is None:
            (file,) = self._holding.hold_large([file])
            return file, outcome
        with self._store.read() as tx:
            case = tx.cases.by_id(claimed.case_id)
        if case is not None:
            self._sealing_files.put_one(case.number, key, LATER + outcome.index, file)
        (outcome,) = sealed_instead([outcome])
        return None, outcome

    def _record(
        self, tx: Transaction, claimed: ClaimedPending, file: CleanFile | None, outcome: FileOutcome
    ) -> None:
        """All of it or nothing: out of the waiting list, into the ticket, into the inbox."""
        if not tx.pending.finish(claimed):
            return
        tx.held.remove(claimed.file_id)
        case = tx.cases.by_id(claimed.case_id)
        if case is None:
            return
        article = _article(claimed.pending_id, case.number, file, outcome)
        now = self._clock.now()
        for helpdesk in sorted({ticket.helpdesk for ticket in tx.tickets.of_case(case.case_id)}):
            self._continuing.owe(tx, case, helpdesk, article, now)
        self._tell(tx, case.case_id, outcome)

    def _tell(self, tx: Transaction, case_id: str, outcome: FileOutcome) -> None:
        mailbox = tx.cases.mailbox_of(case_id)
        if mailbox is None:
            return
        message_id = new_id()
        context = message_context(case_id, message_id)
        sealed = seal_to_mailbox(mailbox.public_key, Words(told(outcome)).to_bytes(), context)
        tx.messages.add(SealedMessage(message_id, case_id, "staff", self._clock.now(), sealed, role="school"))


def told(outcome: FileOutcome) -> str:
    """What the reporter reads of a file that took longer."""
    number = outcome.index + 1
    if outcome.accepted and not outcome.forwarded:
        return f"Automatic message about your file {number}: it is clean now. {outcome.reason}"
    if not outcome.accepted:
        return f"Automatic message about your file {number}: it was not passed on. {outcome.reason}"
    gone = f" Taken out: {', '.join(outcome.removed)}." if outcome.removed else ""
    return f"Automatic message about your file {number}: it is clean now and was passed on.{gone}"


def _article(pending_id: str, number: CaseNumber, file: CleanFile | None, outcome: FileOutcome) -> NewArticle:
    reference = f"{ticket_reference(number)}/file-{pending_id}"
    if file is None:
        words = file_sealed if outcome.accepted else file_refused
        return NewArticle(reference, Visibility.INTERNAL, words(outcome.index + 1))
    return NewArticle(
        reference,
        Visibility.PUBLIC,
        file_follows(outcome.index + 1),
        from_reporter=True,
        files=(file,),
        reopen=True,
    )


def _given_up(index: int) -> FileOutcome:
    return FileOutcome(index, f"file-{index + 1}", False, False, reason=GAVE_UP)
