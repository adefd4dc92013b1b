"""Taking a tip in: everything of it, or nothing, in one transaction; only then the code is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from connector.cleaning import Upload, clean_tip_text
from connector.clock import Clock
from connector.domain.code import Code
from connector.domain.identity import Contact
from connector.domain.tip import CleanFile, Tip
from connector.domain.urgency import Triage, triage
from connector.errors import Conflict, TipbridgeError
from connector.services.content import Content
from connector.services.door import Parted
from connector.services.helpdesk import Helpdesk, Helpdesks
from connector.services.identifiers import new_case_number, new_id
from connector.services.owing import Owing
from connector.services.own_words import own_message
from connector.services.portions import in_portions, largest_file
from connector.services.programme import Programme
from connector.services.receipts import FileOutcome, Receipt
from connector.services.sealing import Sealing
from connector.services.submissions import Submission, Submissions
from connector.services.ticket_text import new_ticket
from connector.services.uploads import FileCleaner, clean_uploads, refusals, sealed_instead
from connector.services.wanting import Wanting
from connector.store.cases import Case, MailboxRecord
from connector.store.new_cases import NewCase
from connector.store.outbox_rows import RowKind
from connector.store.recording import Recorder
from connector.store.tickets import CaseTicket
from connector.vault.codes import CodeKeys, new_code
from connector.vault.mailbox import MailboxKey

_TRIES = 8
"""How often a taken case number is drawn again. With a million cases one draw in a hundred is taken."""

MAX_TEXT = 20_000
"""Characters of a tip or a message."""


class Refusal(TipbridgeError):
    """The tip cannot be taken as it is: which field, and what to do. Never echoes what was sent."""

    def __init__(self, *errors: tuple[str, str]) -> None:
        super().__init__("; ".join(message for _, message in errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class _Prepared:
    tip: Tip
    triage: Triage
    code: Code
    keys: CodeKeys
    files: tuple[CleanFile, ...]
    sealed: tuple[CleanFile, ...]
    outcomes: tuple[FileOutcome, ...]


class Intake:
    """Takes tips. Waits for nothing but its own database."""

    def __init__(
        self,
        *,
        recorder: Recorder,
        clock: Clock,
        programme: Programme,
        helpdesks: Helpdesks,
        cleaner: FileCleaner,
        derive: Callable[[Code], tuple[CodeKeys, ...]],
        owing: Owing,
        submissions: Submissions,
        sealing: Sealing,
        wanting: Wanting,
    ) -> None:
        self._recorder = recorder
        self._clock = clock
        self._programme = programme
        self._helpdesks = helpdesks
        self._cleaner = cleaner
        self._derive = derive
        self._owing = owing
        self._submissions = submissions
        self._sealing = sealing
        self._wanting = wanting

    def accept(
        self,
        tip: Tip,
        uploads: Sequence[Upload] = (),
        idempotency_key: str | None = None,
        parted: Parted = Parted(),  # noqa: B008  it is frozen
    ) -> Receipt:
        """Record a tip and return the reporter's receipt; when it returns, the tip is on the disk.

        `parted` is what the door has let through about the reporter.
        The same key with the same content gives the identical receipt and no second case, for 24 hours.
        Raises Refusal (unknown school or category, nothing said, too long), KeyReused (same key, other content),
        StoreUnavailable (nothing was recorded; try again).
        """
        self._check(tip, uploads)
        parts = _parts(tip, parted.for_staff) + [upload.data for upload in uploads]
        submission = self._submissions.begin(idempotency_key, b"tip", parts)
        # Files are dear to clean, so a repetition is looked for first; else the unique key of the kept answer tells.
        kept = submission.recall() if uploads or submission.spans_keys else None
        if kept is not None:
            return Receipt.from_bytes(kept)
        prepared = self._prepare(tip, uploads)
        for _ in range(_TRIES):
            try:
                return self._record(prepared, parted, submission)
            except Conflict:
                # Either the same submission was first, or the case number is taken.
                kept = submission.recall()
                if kept is not None:
                    return Receipt.from_bytes(kept)
        raise Refusal(("", "no free case number was found; please send it again"))

    def _check(self, tip: Tip, uploads: Sequence[Upload]) -> None:
        errors = []
        if tip.school not in self._programme.schools:
            errors.append(("school", "choose one of the schools listed by GET /api/v1/schools"))
        if tip.category not in self._programme.categories:
            errors.append(("category", "choose one of the categories listed by GET /api/v1/schools"))
        if tip.language is not None and tip.language not in self._programme.languages:
            errors.append(("language", "choose one of the languages listed by GET /api/v1/schools"))
        if not clean_tip_text(tip.text).strip() and not uploads:
            errors.append(("text", "write what happened, or add a file"))
        if any(len(words) > MAX_TEXT for words in (tip.text, tip.where, tip.when, tip.who)):
            errors.append(("text", f"at most {MAX_TEXT} characters"))
        if errors:
            raise Refusal(*errors)

    def _prepare(self, tip: Tip, uploads: Sequence[Upload]) -> _Prepared:
        category = self._programme.categories[tip.category]
        files, outcomes = clean_uploads(
            self._cleaner, uploads, largest_file(self._helpdesk_of(tip).capabilities)
        )
        clean = Tip(
            school=tip.school,
            category=tip.category,
            text=clean_tip_text(tip.text),
            danger_now=tip.danger_now,
            about_staff=tip.about_staff,
            language=tip.language,
            where=clean_tip_text(tip.where),
            when=clean_tip_text(tip.when),
            who=clean_tip_text(tip.who),
        )
        sealed: tuple[CleanFile, ...] = ()
        if category.seal_files:
            files, sealed, outcomes = (), files, sealed_instead(outcomes)
        code = new_code()
        return _Prepared(
            tip=clean,
            triage=triage(tip.danger_now, category.name, category.urgency),
            code=code,
            keys=self._derive(code)[0],
            files=files,
            sealed=sealed,
            outcomes=outcomes,
        )

    def _record(self, prepared: _Prepared, parted: Parted, submission: Submission) -> Receipt:
        tip, now = prepared.tip, self._clock.now()
        school = self._programme.schools[tip.school]
        category = self._programme.categories[tip.category]
        helpdesk = self._helpdesk_of(tip)
        case = Case(new_id(), new_case_number(), tip.school, tip.category, prepared.triage.urgency, now)
        ticket = new_ticket(
            tip,
            case.number,
            school,
            category,
            prepared.triage,
            prepared.files,
            refusals(prepared.outcomes),
            helpdesk,
            sealed=len(prepared.sealed),
            contact=parted.for_staff,
        )
        first, *more = in_portions(ticket.first, helpdesk.capabilities)
        ticket = replace(ticket, first=first)
        receipt = Receipt(case.number, prepared.code, prepared.outcomes)
        public_key = MailboxKey.from_seed(prepared.keys.seed).public
        own = (
            own_message(case.case_id, public_key, tip, prepared.files, now)
            if self._programme.keep_own
            else None
        )
        owed: list[tuple[RowKind, str, Content]] = [(RowKind.TICKET, ticket.reference, ticket)]
        owed += [(RowKind.ARTICLE, article.reference, article) for article in more]
        rows = tuple(
            self._owing.row(helpdesk.helpdesk_id, case.case_id, kind, reference, case.urgency, content)
            for kind, reference, content in owed
        )
        self._recorder.record(
            NewCase(
                case=case,
                mailbox=MailboxRecord(case.case_id, prepared.keys.lookup, public_key),
                ticket=CaseTicket(helpdesk.helpdesk_id, ticket.reference, case.case_id),
                owed=rows,
                own=own,
                kept=submission.to_keep(receipt.to_bytes()),
                vault=self._sealing.rows(case.number, parted.identity, prepared.sealed),
                wanted=self._wanting.first(case, tip),
            )
        )
        return receipt

    def _helpdesk_of(self, tip: Tip) -> Helpdesk:
        return self._helpdesks[self._programme.schools[tip.school].helpdesk]


def _parts(tip: Tip, contact: Contact | None) -> list[bytes]:
    fields: tuple[str, ...] = (
        tip.school,
        tip.category,
        tip.text,
        str(tip.danger_now),
        str(tip.about_staff),
        tip.language or "",
        tip.where,
        tip.when,
        tip.who,
    )
    if contact is not None:
        fields += (contact.name or "", contact.phone or "", contact.email or "")
    return [field.encode("utf-8", "surrogatepass") for field in fields]
