"""Recording a new case with everything that belongs to it: the one write that a reporter waits for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table

from connector.domain.escalating import Escalation
from connector.store.cases import Case, MailboxRecord, case_values, mailbox_values
from connector.store.escalations import escalation_values
from connector.store.inserting import insert_all
from connector.store.kept_answers import KeptAnswer, kept_values
from connector.store.messages import SealedMessage, message_values
from connector.store.outbox import outbox_values
from connector.store.outbox_rows import NewRow
from connector.store.schema import cases, escalations, kept_answers, mailboxes, messages, outbox, tickets
from connector.store.tickets import CaseTicket, ticket_values
from connector.store.vault_rows import RecordRow


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case, its mailbox, its ticket to be, what is owed to the helpdesk, what the reporter keeps of it,
    what the custodians can open, and that somebody is to be called about it.
    """

    case: Case
    mailbox: MailboxRecord
    ticket: CaseTicket
    owed: tuple[NewRow, ...]
    own: SealedMessage | None = None
    kept: KeptAnswer | None = None
    vault: tuple[RecordRow, ...] = ()
    wanted: Escalation | None = None


class NewCaseRows:
    """All tables that a new case has rows in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Sequence[NewCase]) -> None:
        """Record cases, table by table. Raises Conflict where a number is taken or an answer kept already."""
        rows: dict[Table, list[Mapping[str, Any]]] = {
            kept_answers: [kept_values(one.kept) for one in new if one.kept is not None],
            cases: [case_values(one.case) for one in new],
            mailboxes: [mailbox_values(one.mailbox) for one in new],
            messages: [message_values(one.own) for one in new if one.own is not None],
            tickets: [ticket_values(one.ticket) for one in new],
            outbox: [outbox_values(row, one.case.received_at) for one in new for row in one.owed],
            escalations: [escalation_values(one.wanted) for one in new if one.wanted is not None],
        }
        for table, its_rows in rows.items():
            insert_all(self._connection, table, its_rows)
