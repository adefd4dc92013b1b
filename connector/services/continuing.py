"""When staff have deleted a case's ticket: what the reporter writes afterwards opens a new one."""

from dataclasses import replace
from datetime import datetime

from connector.clock import Clock
from connector.domain.ticket import NewArticle, NewTicket
from connector.services.alarms import TICKET_GONE, Alarms
from connector.services.helpdesk import Helpdesks, capabilities_of
from connector.services.owing import Owing
from connector.services.portions import in_portions
from connector.services.programme import Category, Programme, School
from connector.services.ticket_text import DELETED, subject, tags, ticket_reference
from connector.store import Store
from connector.store.cases import Case
from connector.store.outbox_rows import ClaimedRow, NewRow, RowKind
from connector.store.tickets import CaseTicket
from connector.store.transaction import Transaction


class Continuing:
    """Finds where a follow-up goes: to the case's ticket, or to a new one where that is gone."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        programme: Programme,
        helpdesks: Helpdesks,
        owing: Owing,
        alarms: Alarms,
    ) -> None:
        self._store = store
        self._clock = clock
        self._programme = programme
        self._helpdesks = helpdesks
        self._owing = owing
        self._alarms = alarms

    def owe(self, tx: Transaction, case: Case, helpdesk: str, article: NewArticle, now: datetime) -> None:
        """Owe a reporter's follow-up, within the caller's transaction."""
        first, *more = in_portions(article, capabilities_of(self._helpdesks, helpdesk))
        if tx.tickets.current(case.case_id, helpdesk) is None:
            tx.outbox.add(self._new_ticket(tx, case, helpdesk, first), now)
        else:
            more.insert(0, first)
        for part in more:
            row = self._owing.row(helpdesk, case.case_id, RowKind.ARTICLE, part.reference, case.urgency, part)
            tx.outbox.add(row, now)

    def go_on(self, row: ClaimedRow, article: NewArticle | None) -> None:
        """The ticket that a row was for is gone: mark it, and owe a new ticket for the reporter's words, if any.

        One transaction: the words are owed either by the old row or by the new one. A note of ours to staff that has
        no ticket any more ends here.
        """
        now = self._clock.now()
        with self._store.write() as tx:
            current = tx.tickets.current(row.case_id, row.helpdesk)
            if current is not None and current.ticket_id is not None:
                tx.tickets.mark_gone(row.helpdesk, current.ticket_id)
            case = tx.cases.by_id(row.case_id)
            if not tx.outbox.delivered(row, now):
                return
            if article is not None and case is not None:
                tx.outbox.add(self._new_ticket(tx, case, row.helpdesk, article), now)
            tx.held.let_go(row.helpdesk, row.reference)
        if current is not None and current.ticket_id is not None:
            self._alarms.open(TICKET_GONE, f"{row.helpdesk} {current.ticket_id}")

    def _new_ticket(self, tx: Transaction, case: Case, helpdesk: str, article: NewArticle) -> NewRow:
        generation = 1 + sum(ticket.helpdesk == helpdesk for ticket in tx.tickets.of_case(case.case_id))
        reference = ticket_reference(case.number, generation)
        category = self._programme.categories.get(case.category, Category(case.category, case.category, None))
        school = self._programme.schools.get(case.school, School(case.school, case.school, helpdesk))
        ticket = NewTicket(
            reference=reference,
            subject=subject(category, school),
            urgency=case.urgency,
            tags=tags(case.category, case.urgency.word),
            attributes={"case_number": case.number, "urgency": case.urgency.word},
            first=replace(article, body=f"{DELETED}\n\n{article.body}", reopen=False),
        )
        tx.tickets.add(CaseTicket(helpdesk, reference, case.case_id))
        return self._owing.row(helpdesk, case.case_id, RowKind.TICKET, reference, case.urgency, ticket)
