"""What is old, what is held, and taking mailboxes away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, func, select

from connector.domain.case import CaseNumber
from connector.store.inserting import insert_missing
from connector.store.schema import cases, holds, mailboxes, messages, shreddings, tickets


@dataclass(frozen=True, slots=True)
class CaseAge:
    """What retention needs to know of a case. Ages count from whole days."""

    case_id: str
    number: CaseNumber
    received_on: date
    last_word_on: date
    held: bool
    shredded: bool
    closed: bool
    has_mailbox: bool


class RetentionRows:
    """The tables `holds` and `shreddings`, and the ages of cases."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self, case_id: str, since: date) -> bool:
        """Keep a case whatever its age; False where it is held already."""
        return insert_missing(self._connection, holds, case_id=case_id, since=since)

    def release(self, case_id: str) -> bool:
        """End a hold; False where there is none."""
        return self._connection.execute(delete(holds).where(holds.c.case_id == case_id)).rowcount == 1

    def is_held(self, case_id: str) -> bool:
        """Whether a case is held."""
        return self._connection.execute(select(holds).where(holds.c.case_id == case_id)).first() is not None

    def mark_shredded(self, case_id: str, on: date) -> None:
        """Remember that a case's record was shredded."""
        insert_missing(self._connection, shreddings, case_id=case_id, on=on)

    def is_shredded(self, case_id: str) -> bool:
        """Whether a case's record was shredded."""
        found = self._connection.execute(select(shreddings).where(shreddings.c.case_id == case_id))
        return found.first() is not None

    def ages(self, received_before: datetime) -> list[CaseAge]:
        """All cases received before a moment."""
        last = (
            select(messages.c.case_id, func.max(messages.c.at).label("at"))
            .group_by(messages.c.case_id)
            .subquery()
        )
        open_tickets = (
            select(tickets.c.case_id)
            .where(tickets.c.status != "closed", tickets.c.gone.is_(False))
            .distinct()
            .subquery()
        )
        rows = self._connection.execute(
            select(
                cases.c.id,
                cases.c.number,
                cases.c.received_at,
                last.c.at,
                holds.c.since,
                shreddings.c.on,
                open_tickets.c.case_id.label("open"),
                mailboxes.c.case_id.label("mailbox"),
            )
            .outerjoin(last, last.c.case_id == cases.c.id)
            .outerjoin(holds, holds.c.case_id == cases.c.id)
            .outerjoin(shreddings, shreddings.c.case_id == cases.c.id)
            .outerjoin(open_tickets, open_tickets.c.case_id == cases.c.id)
            .outerjoin(mailboxes, mailboxes.c.case_id == cases.c.id)
            .where(cases.c.received_at < received_before)
        )
        return [
            CaseAge(
                case_id=row.id,
                number=CaseNumber(row.number),
                received_on=row.received_at.date(),
                last_word_on=max(row.received_at, row.at or row.received_at).date(),
                held=row.since is not None,
                shredded=row.on is not None,
                closed=row.open is None,
                has_mailbox=row.mailbox is not None,
            )
            for row in rows
        ]

    def remove_mailboxes(self, case_ids: Sequence[str]) -> None:
        """Take away what lies in these mailboxes, and the key by which they are found."""
        for start in range(0, len(case_ids), 500):
            some = case_ids[start : start + 500]
            # Files go with their messages.
            self._connection.execute(delete(messages).where(messages.c.case_id.in_(some)))
            self._connection.execute(delete(mailboxes).where(mailboxes.c.case_id.in_(some)))

    def numbers_with_mailbox(self) -> list[str]:
        """The numbers of the cases that a reporter can still come back to."""
        joined = cases.join(mailboxes, mailboxes.c.case_id == cases.c.id)
        return list(self._connection.execute(select(cases.c.number).select_from(joined)).scalars())

    def numbers(self) -> list[str]:
        """The numbers of all cases."""
        return list(self._connection.execute(select(cases.c.number)).scalars())
