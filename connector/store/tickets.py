"""Which ticket in which helpdesk stands for which case."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, update

from connector.domain.case import CaseStatus
from connector.domain.urgency import Urgency
from connector.store.inserting import insert_all
from connector.store.schema import tickets


@dataclass(frozen=True, slots=True)
class CaseTicket:
    """A case's ticket. `ticket_id` is None until the helpdesk has confirmed it. `version` is the one last read."""

    helpdesk: str
    reference: str
    case_id: str
    ticket_id: str | None = None
    url: str | None = None
    status: CaseStatus = CaseStatus.RECEIVED
    version: str | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Observed:
    """What a ticket was like when last read: its state if a person set it, whether it had an owner, its priority."""

    person_state: str | None
    owned: bool
    urgency: Urgency | None


def ticket_values(ticket: CaseTicket) -> dict[str, Any]:
    """A ticket that is still to be opened as a row."""
    return {
        "helpdesk": ticket.helpdesk,
        "reference": ticket.reference,
        "case_id": ticket.case_id,
        "status": ticket.status.value,
        "gone": False,
    }


class TicketRows:
    """The table `tickets`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, ticket: CaseTicket) -> None:
        """Record that a case is to have a ticket."""
        insert_all(self._connection, tickets, [ticket_values(ticket)])

    def opened(self, helpdesk: str, reference: str, ticket_id: str, url: str | None) -> None:
        """Record where the ticket is, once the helpdesk has confirmed it."""
        self._connection.execute(
            update(tickets)
            .where(tickets.c.helpdesk == helpdesk, tickets.c.reference == reference)
            .values(ticket_id=ticket_id, url=url)
        )

    def of_case(self, case_id: str) -> list[CaseTicket]:
        """All tickets of a case, also those that are gone."""
        found = (
            select(tickets)
            .where(tickets.c.case_id == case_id)
            .order_by(tickets.c.helpdesk, tickets.c.reference)
        )
        return [_ticket(row) for row in self._connection.execute(found)]

    def current(self, case_id: str, helpdesk: str) -> CaseTicket | None:
        """The ticket of a case in a helpdesk that is not gone: where follow-ups go."""
        found = select(tickets).where(
            tickets.c.case_id == case_id, tickets.c.helpdesk == helpdesk, tickets.c.gone.is_(False)
        )
        row = self._connection.execute(found.order_by(tickets.c.reference.desc())).first()
        return None if row is None else _ticket(row)

    def by_ticket_ids(self, helpdesk: str, ticket_ids: list[str]) -> list[CaseTicket]:
        """Our tickets among these ids of a helpdesk."""
        found = select(tickets).where(tickets.c.helpdesk == helpdesk, tickets.c.ticket_id.in_(ticket_ids))
        return [_ticket(row) for row in self._connection.execute(found)]

    def by_reference(self, helpdesk: str, reference: str) -> CaseTicket | None:
        """The ticket with this reference."""
        found = select(tickets).where(tickets.c.helpdesk == helpdesk, tickets.c.reference == reference)
        row = self._connection.execute(found).first()
        return None if row is None else _ticket(row)

    def was_read(self, helpdesk: str, ticket_id: str, version: str) -> None:
        """Record the version in which a ticket was read."""
        self._connection.execute(
            update(tickets)
            .where(tickets.c.helpdesk == helpdesk, tickets.c.ticket_id == ticket_id)
            .values(version=version)
        )

    def observed(self, helpdesk: str, ticket_id: str) -> Observed | None:
        """What a ticket was like when it was last read; None if it never was, or is not ours."""
        found = select(tickets).where(tickets.c.helpdesk == helpdesk, tickets.c.ticket_id == ticket_id)
        row = self._connection.execute(found).first()
        if row is None or row.owned is None:
            return None
        return Observed(row.person_state, row.owned, None if row.urgency is None else Urgency(row.urgency))

    def observe(self, helpdesk: str, ticket_id: str, now: Observed) -> None:
        """Remember what a ticket is like."""
        self._connection.execute(
            update(tickets)
            .where(tickets.c.helpdesk == helpdesk, tickets.c.ticket_id == ticket_id)
            .values(
                person_state=now.person_state,
                owned=now.owned,
                urgency=None if now.urgency is None else int(now.urgency),
            )
        )

    def set_status(self, case_ids: list[str], helpdesk: str, status: CaseStatus) -> None:
        """Set the status that cases have in a helpdesk, whichever ticket they are in."""
        self._connection.execute(
            update(tickets)
            .where(tickets.c.helpdesk == helpdesk, tickets.c.case_id.in_(case_ids))
            .values(status=status.value)
        )

    def mark_gone(self, helpdesk: str, ticket_id: str) -> int:
        """Record that a ticket was deleted, or moved out of our sight; how many cases that concerns."""
        done = self._connection.execute(
            update(tickets)
            .where(
                tickets.c.helpdesk == helpdesk, tickets.c.ticket_id == ticket_id, tickets.c.gone.is_(False)
            )
            .values(gone=True)
        )
        return done.rowcount


def _ticket(row: Row[tuple[object, ...]]) -> CaseTicket:
    return CaseTicket(
        helpdesk=row.helpdesk,
        reference=row.reference,
        case_id=row.case_id,
        ticket_id=row.ticket_id,
        url=row.url,
        status=CaseStatus(row.status),
        version=row.version,
        gone=row.gone,
    )
