"""Leaving a note of our own about a case in every helpdesk that has it, within the caller's transaction."""

from datetime import datetime

from connector.domain.ticket import NewArticle, Visibility
from connector.services.owing import Owing
from connector.store.cases import Case
from connector.store.outbox_rows import RowKind
from connector.store.transaction import Transaction


class Noting:
    """Owes internal notes to the case's tickets. They wait for a ticket that is still to be opened, and keep their order."""

    def __init__(self, owing: Owing) -> None:
        self._owing = owing

    def owe(self, tx: Transaction, case: Case, reference: str, text: str, now: datetime) -> None:
        """Owe a note, unless this reference was ever owed."""
        for helpdesk in sorted({ticket.helpdesk for ticket in tx.tickets.of_case(case.case_id)}):
            if not tx.outbox.has(helpdesk, reference):
                note = NewArticle(reference=reference, visibility=Visibility.INTERNAL, body=text)
                row = self._owing.row(helpdesk, case.case_id, RowKind.NOTE, reference, case.urgency, note)
                tx.outbox.add(row, now)
