"""The words of ours that stand in a ticket. Pure; every sentence that staff read is in here."""

from collections.abc import Sequence

from connector.domain.case import CaseNumber
from connector.domain.identity import Contact
from connector.domain.ticket import NewArticle, NewTicket, Visibility
from connector.domain.tip import CleanFile, Tip
from connector.domain.urgency import Triage
from connector.services.door import contact_words
from connector.services.helpdesk import Helpdesk
from connector.services.programme import Category, School


def ticket_reference(number: CaseNumber, generation: int = 1) -> str:
    """`TIP-` and the case number; a case whose ticket was deleted goes on in `TIP-1234-5678-2`."""
    return f"TIP-{number}" if generation == 1 else f"TIP-{number}-{generation}"


def new_ticket(
    tip: Tip,
    number: CaseNumber,
    school: School,
    category: Category,
    triage: Triage,
    files: Sequence[CleanFile],
    refused: Sequence[str],
    helpdesk: Helpdesk,
    *,
    sealed: int = 0,
    awaited: int = 0,
    contact: Contact | None = None,
) -> NewTicket:
    """The ticket for a tip; `sealed` files are the custodians', `awaited` ones follow when they are clean, `contact` is
    what the reporter hands to staff.

    The subject says what kind of tip and which school, never a word of the tip.
    """
    parts = [
        how_to_answer(helpdesk),
        _facts(tip, number, school, category, triage),
        contact_words(contact) if contact else "",
        _said(tip),
        _about_files(files, refused, awaited),
        _about_sealed(sealed),
    ]
    reference = ticket_reference(number)
    return NewTicket(
        reference=reference,
        subject=subject(category, school),
        urgency=triage.urgency,
        tags=tags(category.category_id, triage.urgency.word),
        attributes={
            "case_number": number,
            "urgency": triage.urgency.word,
            "school": school.name,
            "category": category.name,
        },
        first=NewArticle(
            reference=f"{reference}/tip",
            visibility=Visibility.PUBLIC,
            body="\n\n".join(part for part in parts if part),
            from_reporter=True,
            files=tuple(files),
        ),
    )


def subject(category: Category, school: School) -> str:
    """Category and school, nothing of the tip's words: subjects travel in notification mails."""
    return f"{category.name} \u2013 {school.name}"


def tags(category_id: str, urgency_word: str) -> tuple[str, ...]:
    """By which staff can filter."""
    return ("tip", category_id, urgency_word)


def how_to_answer(helpdesk: Helpdesk) -> str:
    """Two lines at the top of every ticket, so that nobody believes to have answered who has not."""
    ways = f"a public note, or an internal note that begins with {helpdesk.marker.word}"
    if helpdesk.reply_button:
        ways = f"the Reply button, {ways}"
    return (
        f"To answer the reporter: {ways}. Any other internal note stays with you.\n"
        "The reporter is anonymous and reads your answer with a code; nothing else from this ticket reaches them. "
        + _what_counts(helpdesk)
    )


def _what_counts(helpdesk: Helpdesk) -> str:
    if helpdesk.trust_owner:
        return "An answer, a note or becoming its owner counts as taking the tip."
    return "An answer or a note counts as taking the tip; becoming its owner alone does not."


def follow_up_body(text: str, files: Sequence[CleanFile], refused: Sequence[str], *, awaited: int = 0) -> str:
    """What the reporter added later."""
    parts = ["The reporter writes:", text, _about_files(files, refused, awaited)]
    return "\n\n".join(part for part in parts if part)


def file_follows(number: int) -> str:
    """With a file that took longer to clean."""
    return f"File {number} of the reporter, which was still being cleaned, is attached. {_CLEANED}"


def file_sealed(number: int) -> str:
    """Instead of a file that only the custodians may see."""
    return f"File {number} of the reporter is sealed: only the custodians can open it (vault request --what files)."


def file_refused(number: int) -> str:
    """Instead of a file that could not be cleaned."""
    return f"File {number} of the reporter could not be cleaned and was not passed on; the reporter was told why."


def hint(helpdesk: Helpdesk, what: str) -> str:
    """Left once, when staff probably believe that they have answered."""
    ways = f"make the note public, or begin an internal note with {helpdesk.marker.word}"
    if helpdesk.reply_button:
        ways = f"use the Reply button, {ways}"
    return f"This did not reach the reporter: {what}. To answer: {ways}."


UNMARKED = "it is an internal note"
ELSEWHERE = "it was not addressed to them"
DELETED = (
    "The ticket in which this case was handled has been deleted. The reporter has written again, so the case goes on "
    "here."
)
REPEAT = (
    "An answer in this ticket was not sent to any reporter: tickets were merged, and it cannot be told for which of "
    "the reporters it was meant. Please write it once more."
)


def merged_note(count: int) -> str:
    """Left at once when tickets of several reporters have become one."""
    return (
        f"{count} cases are now in this ticket. A public answer written from now on is read by {count} reporters. "
        "What was written before the merge stays with the case it was written for."
    )


def _facts(tip: Tip, number: CaseNumber, school: School, category: Category, triage: Triage) -> str:
    danger = {True: "yes", False: "no", None: "not answered"}[tip.danger_now]
    lines = [
        f"Case: {number}",
        f"School: {school.name}",
        f"About: {category.name}",
        f"Urgency: {triage.urgency.word} ({'; '.join(triage.reasons)})",
        f"Someone in danger right now: {danger}",
    ]
    if tip.about_staff:
        lines.append("The tip is about somebody who works at the school.")
    return "\n".join(lines)


def _said(tip: Tip) -> str:
    answers = [("Where", tip.where), ("When", tip.when), ("Who", tip.who)]
    lines = [f"{question}: {answer}" for question, answer in answers if answer]
    return "\n\n".join(part for part in [tip.text, "\n".join(lines)] if part)


def _about_sealed(count: int) -> str:
    if not count:
        return ""
    return (
        f"{count} file(s) are sealed: only the custodians can open them. Do not ask the reporter for a copy; in many "
        "places having one is a crime. The police ask by: tipbridge vault request --what files."
    )


_CLEANED = (
    "It is cleaned of hidden data such as position, time and device; that does not mean that what is to be seen or heard "
    "gives nothing away."
)


def _about_files(files: Sequence[CleanFile], refused: Sequence[str], awaited: int) -> str:
    lines = []
    if files:
        lines.append(
            f"{len(files)} file(s) attached, cleaned of hidden data such as position, time and device. "
            "Cleaned does not mean that what is to be seen or heard gives nothing away."
        )
    if awaited:
        lines.append(f"{awaited} file(s) are still being cleaned and follow in this ticket.")
    if refused:
        lines.append(
            f"{len(refused)} file(s) could not be cleaned or are too large, and were not passed on; the reporter was told."
        )
    return "\n".join(lines)
