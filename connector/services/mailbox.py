"""The reporter's inbox: opened with the code, readable by nobody without it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from connector.cleaning import Upload, clean_tip_text
from connector.clock import Clock
from connector.domain.case import CaseStatus, joint_status
from connector.domain.identity import Contact
from connector.domain.ticket import NewArticle, Visibility
from connector.domain.tip import CleanFile
from connector.errors import Conflict, StoreUnavailable
from connector.services.continuing import Continuing
from connector.services.door import contact_words
from connector.services.helpdesk import Helpdesks, capabilities_of
from connector.services.identifiers import new_id
from connector.services.intake import MAX_TEXT, Refusal
from connector.services.own_words import FileEntry, file_context, open_words, own_copy
from connector.services.portions import largest_file
from connector.services.programme import Programme
from connector.services.receipts import FileOutcome, FollowUpReceipt, Sender
from connector.services.submissions import Submissions
from connector.services.ticket_text import follow_up_body, ticket_reference
from connector.services.uploads import FileCleaner, clean_uploads, not_taken, refusals
from connector.services.wanting import Wanting
from connector.store import Store
from connector.store.kept_answers import KeptAnswer
from connector.vault.codes import CodeKeys
from connector.vault.mailbox import MailboxKey, open_from_mailbox


@dataclass(frozen=True, slots=True)
class Message:
    """A message, opened. `role` says which side of staff wrote (`school`, `law-enforcement`), never who."""

    message_id: str
    sender: Sender
    role: str | None
    text: str = field(repr=False)
    at: datetime
    files: tuple[FileEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Inbox:
    """What the reporter sees."""

    status: CaseStatus
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """A staff file, opened."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenMailbox:
    """A mailbox with its key. Lives for one request; comes only from `Mailboxes.open`."""

    case_id: str
    keys: CodeKeys = field(repr=False)


class Mailboxes:
    """Opens mailboxes and writes from them."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        programme: Programme,
        helpdesks: Helpdesks,
        cleaner: FileCleaner,
        submissions: Submissions,
        continuing: Continuing,
        wanting: Wanting,
    ) -> None:
        self._store = store
        self._clock = clock
        self._programme = programme
        self._helpdesks = helpdesks
        self._cleaner = cleaner
        self._submissions = submissions
        self._continuing = continuing
        self._wanting = wanting

    def open(self, candidates: Sequence[CodeKeys]) -> OpenMailbox | None:
        """The mailbox that one of these keys leads to (a code yields one per pepper in use); None for a wrong code."""
        with self._store.read() as tx:
            record = tx.cases.mailbox_at(keys.lookup for keys in candidates)
        if record is None:
            return None
        keys = next(keys for keys in candidates if keys.lookup == record.lookup)
        return OpenMailbox(record.case_id, keys)

    def read(self, mailbox: OpenMailbox) -> Inbox:
        """Everything in it, oldest first. Reading deletes nothing; it only ends staff's chance to withdraw."""
        key = MailboxKey.from_seed(mailbox.keys.seed)
        with self._store.read() as tx:
            sealed = tx.messages.of_case(mailbox.case_id)
            status = joint_status(
                [ticket.status for ticket in tx.tickets.of_case(mailbox.case_id) if not ticket.gone]
            )
        messages = []
        for message in sealed:
            words = open_words(key, message)
            sender: Sender = "staff" if message.sender == "staff" else "you"
            messages.append(
                Message(message.message_id, sender, message.role, words.text, message.at, words.files)
            )
        shown = [message.message_id for message in messages]
        if any(message.first_read_at is None for message in sealed):
            with self._store.write() as tx:
                tx.messages.mark_read(shown, self._clock.now())
        return Inbox(status, tuple(messages))

    def file(self, mailbox: OpenMailbox, file_id: str) -> FetchedFile | None:
        """A staff file of this mailbox; None where it has no such file."""
        key = MailboxKey.from_seed(mailbox.keys.seed)
        with self._store.read() as tx:
            found = tx.messages.file_of_case(mailbox.case_id, file_id)
            if found is None:
                return None
            message_id, sealed = found
            message = tx.messages.of_message(mailbox.case_id, message_id)
        if message is None:
            return None
        entry = next((entry for entry in open_words(key, message).files if entry.file_id == file_id), None)
        if entry is None:
            return None
        data = open_from_mailbox(key, sealed.sealed, file_context(mailbox.case_id, message_id, file_id))
        return FetchedFile(entry.name, entry.media_type, data)

    def delete(self, mailbox: OpenMailbox, message_id: str) -> bool:
        """Remove a message for good; False where this mailbox has no such message."""
        with self._store.write() as tx:
            return tx.messages.delete(mailbox.case_id, message_id)

    def write(
        self,
        mailbox: OpenMailbox,
        text: str,
        uploads: Sequence[Upload] = (),
        idempotency_key: str | None = None,
        contact: Contact | None = None,
    ) -> FollowUpReceipt:
        """Add something to the case; it goes to every ticket of the case. Durable when it returns.

        `contact` is what the reporter now hands to staff; what was sealed earlier stays shut.

        Raises Refusal (nothing said, too long), KeyReused, StoreUnavailable.
        """
        words = clean_tip_text(text)
        if contact is not None:
            words = "\n\n".join(part for part in (words, contact_words(contact)) if part.strip())
        if not words.strip() and not uploads:
            raise Refusal(("text", "write something, or add a file"))
        if len(text) > MAX_TEXT:
            raise Refusal(("text", f"at most {MAX_TEXT} characters"))
        parts = [words.encode("utf-8", "surrogatepass")] + [upload.data for upload in uploads]
        submission = self._submissions.begin(idempotency_key, b"message" + mailbox.keys.lookup, parts)
        kept = submission.recall()
        if kept is not None:
            return FollowUpReceipt.from_bytes(kept)
        files, outcomes = self._taken(mailbox, uploads)
        receipt = FollowUpReceipt(new_id(), outcomes)
        body = follow_up_body(words, files, refusals(outcomes))
        try:
            self._record(mailbox, words, body, files, receipt, submission.to_keep(receipt.to_bytes()))
        except Conflict:
            kept = submission.recall()
            if kept is None:
                raise
            return FollowUpReceipt.from_bytes(kept)
        return receipt

    def _taken(
        self, mailbox: OpenMailbox, uploads: Sequence[Upload]
    ) -> tuple[tuple[CleanFile, ...], tuple[FileOutcome, ...]]:
        with self._store.read() as tx:
            case = tx.cases.by_id(mailbox.case_id)
        category = self._programme.categories.get(case.category) if case else None
        if category is not None and category.seal_files:
            return (), not_taken(len(uploads))
        return clean_uploads(self._cleaner, uploads, self._largest_file(mailbox.case_id))

    def _largest_file(self, case_id: str) -> int | None:
        """What every helpdesk of the case takes."""
        with self._store.read() as tx:
            names = {ticket.helpdesk for ticket in tx.tickets.of_case(case_id)}
        limits = [largest_file(capabilities_of(self._helpdesks, name)) for name in names]
        return min((limit for limit in limits if limit is not None), default=None)

    def _record(
        self,
        mailbox: OpenMailbox,
        words: str,
        body: str,
        files: tuple[CleanFile, ...],
        receipt: FollowUpReceipt,
        kept: KeptAnswer | None,
    ) -> None:
        now = self._clock.now()
        public_key = MailboxKey.from_seed(mailbox.keys.seed).public
        own = own_copy(mailbox.case_id, public_key, words, files, now, receipt.message_id)
        with self._store.write() as tx:
            if kept is not None:
                tx.kept_answers.keep(kept)
            case = tx.cases.by_id(mailbox.case_id)
            if case is None:
                raise StoreUnavailable("the case of this mailbox is gone")
            if self._programme.keep_own:
                tx.messages.add(own)
            for helpdesk in sorted({ticket.helpdesk for ticket in tx.tickets.of_case(case.case_id)}):
                article = NewArticle(
                    reference=f"{ticket_reference(case.number)}/{receipt.message_id}",
                    visibility=Visibility.PUBLIC,
                    body=body,
                    from_reporter=True,
                    files=files,
                    reopen=True,
                )
                self._continuing.owe(tx, case, helpdesk, article, now)
            self._wanting.again(tx, case, now)
