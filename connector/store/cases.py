"""Cases, and the public half of each reporter's mailbox."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from connector.domain.case import CaseNumber
from connector.domain.urgency import Urgency
from connector.store.inserting import insert_all
from connector.store.schema import cases, mailboxes


@dataclass(frozen=True, slots=True)
class Case:
    """A case as stored: nothing of the tip's words, nothing of the reporter."""

    case_id: str
    number: CaseNumber
    school: str
    category: str
    urgency: Urgency
    received_at: datetime


@dataclass(frozen=True, slots=True)
class MailboxRecord:
    """Where a reporter's messages lie. Whoever knows the code can derive `lookup`; nobody else can read them."""

    case_id: str
    lookup: bytes = field(repr=False)
    public_key: bytes = field(repr=False)


def case_values(case: Case) -> dict[str, Any]:
    """A case as a row."""
    return {
        "id": case.case_id,
        "number": case.number,
        "school": case.school,
        "category": case.category,
        "urgency": int(case.urgency),
        "received_at": case.received_at,
    }


def mailbox_values(mailbox: MailboxRecord) -> dict[str, Any]:
    """A mailbox as a row."""
    return {"case_id": mailbox.case_id, "lookup": mailbox.lookup, "public_key": mailbox.public_key}


class CaseRows:
    """The tables `cases` and `mailboxes`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, case: Case, mailbox: MailboxRecord) -> None:
        """Record a case. Raises Conflict (at the end of the block) if its number is taken."""
        insert_all(self._connection, cases, [case_values(case)])
        insert_all(self._connection, mailboxes, [mailbox_values(mailbox)])

    def by_id(self, case_id: str) -> Case | None:
        """The case with this id."""
        row = self._connection.execute(select(cases).where(cases.c.id == case_id)).first()
        return None if row is None else _case(row)

    def by_number(self, number: CaseNumber) -> Case | None:
        """The case with this number."""
        row = self._connection.execute(select(cases).where(cases.c.number == number)).first()
        return None if row is None else _case(row)

    def mailbox_of(self, case_id: str) -> MailboxRecord | None:
        """The public half of a case's mailbox."""
        row = self._connection.execute(select(mailboxes).where(mailboxes.c.case_id == case_id)).first()
        return None if row is None else MailboxRecord(row.case_id, row.lookup, row.public_key)

    def mailbox_at(self, lookups: Iterable[bytes]) -> MailboxRecord | None:
        """The mailbox that one of these look-up ids leads to (one per pepper that was ever in use)."""
        row = self._connection.execute(select(mailboxes).where(mailboxes.c.lookup.in_(list(lookups)))).first()
        return None if row is None else MailboxRecord(row.case_id, row.lookup, row.public_key)

    def count(self) -> int:
        """How many cases there are."""
        return self._connection.execute(select(func.count()).select_from(cases)).scalar_one()


def _case(row: Row[tuple[object, ...]]) -> Case:
    return Case(
        row.id, CaseNumber(row.number), row.school, row.category, Urgency(row.urgency), row.received_at
    )
