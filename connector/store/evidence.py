"""Evidence: what happened to a case, written by whoever sees it, read by the tick."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from connector.domain.escalating import Evidence, EvidenceKind, State
from connector.domain.urgency import Urgency
from connector.store.inserting import insert_missing
from connector.store.schema import escalations, evidence


class EvidenceRows:
    """The table `evidence`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, seen: Evidence, now: datetime) -> bool:
        """Record something that happened, and have the case's escalation looked at; False if it was known already."""
        new = insert_missing(
            self._connection,
            evidence,
            case_id=seen.case_id,
            key=seen.key,
            kind=seen.kind.value,
            at=seen.at,
            contact=seen.contact,
            urgency=None if seen.urgency is None else int(seen.urgency),
        )
        if new:
            self._connection.execute(
                update(escalations)
                .where(
                    escalations.c.case_id == seen.case_id,
                    escalations.c.state != State.ENDED.value,
                    (escalations.c.due_at.is_(None)) | (escalations.c.due_at > now),
                )
                .values(due_at=now)
            )
        return new

    def unhandled(self, case_id: str) -> tuple[Evidence, ...]:
        """What has not been decided upon, in the order in which it was seen."""
        found = select(evidence).where(evidence.c.case_id == case_id, evidence.c.handled_at.is_(None))
        return tuple(_evidence(row) for row in self._connection.execute(found.order_by(evidence.c.id)))

    def handled(self, ids: Sequence[int], now: datetime) -> None:
        """These have been decided upon."""
        self._connection.execute(update(evidence).where(evidence.c.id.in_(list(ids))).values(handled_at=now))

    def of_case(self, case_id: str) -> list[Evidence]:
        """All that was seen of a case."""
        rows = self._connection.execute(
            select(evidence).where(evidence.c.case_id == case_id).order_by(evidence.c.id)
        )
        return [_evidence(row) for row in rows]


def _evidence(row: Row[tuple[Any, ...]]) -> Evidence:
    return Evidence(
        case_id=row.case_id,
        kind=EvidenceKind(row.kind),
        key=row.key,
        at=row.at,
        contact=row.contact,
        urgency=None if row.urgency is None else Urgency(row.urgency),
        evidence_id=row.id,
    )
