"""Wanting a case to be escalated: the row that intake writes and the tick finds. Nothing is planned here."""

from datetime import datetime

from connector.domain.escalating import Escalation, State
from connector.domain.named import named_in
from connector.domain.tip import Tip
from connector.services.identifiers import new_id
from connector.services.programme import Programme
from connector.store.cases import Case
from connector.store.transaction import Transaction


class Wanting:
    """Makes `wanted` rows for the schools that have a contact chain."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme

    def first(self, case: Case, tip: Tip) -> Escalation | None:
        """The first episode of a new case; None where its school calls nobody. Who is named in the tip is left out."""
        if not self._escalates(case):
            return None
        words = f"{tip.text}\n{tip.where}\n{tip.when}\n{tip.who}"
        left_out = named_in(words, self._programme.contacts, about_staff=tip.about_staff)
        return Escalation(
            new_id(),
            case.case_id,
            case.school,
            case.urgency,
            case.received_at,
            due_at=case.received_at,
            left_out=left_out,
        )

    def again(self, tx: Transaction, case: Case, now: datetime) -> None:
        """The reporter has written about a case whose last episode has ended: it is wanted anew.

        What was seen before does not count for it.
        """
        last = tx.escalations.latest_of(case.case_id)
        if last is None or last.state is not State.ENDED or not self._escalates(case):
            return
        old = tx.evidence.unhandled(case.case_id)
        tx.evidence.handled([seen.evidence_id for seen in old if seen.evidence_id is not None], now)
        episode = Escalation(
            new_id(),
            case.case_id,
            case.school,
            case.urgency,
            now,
            episode=last.episode + 1,
            due_at=now,
            left_out=last.left_out,
        )
        tx.escalations.add([episode])

    def _escalates(self, case: Case) -> bool:
        school = self._programme.schools.get(case.school)
        return school is not None and school.escalates
