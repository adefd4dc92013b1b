"""The doors by which a contact takes a tip or passes it on: key, link, text. First wins; later ones hear who was first."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from connector.clock import Clock
from connector.domain.case import CaseNumber
from connector.domain.escalating import (
    ASKS,
    Attempt,
    Escalation,
    Evidence,
    EvidenceKind,
    How,
    Outcome,
    Progress,
    State,
)
from connector.domain.urgency import Urgency
from connector.store import Store
from connector.store.transaction import Transaction
from escalation.deciding import Decided, Deciding
from escalation.results import lock_call
from escalation.setting import Setting
from escalation.tokens import destination_hash, token_hash

ANSWERABLE = timedelta(hours=24)
"""So long after it was sent a text can be answered."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One case that a contact can take, as a page, a call or a text may describe it."""

    attempt_id: str
    escalation_id: str
    case_number: CaseNumber
    school: str
    category: str
    urgency: Urgency
    state: State
    drill: bool
    taken_by: str | None = None
    taken_at: datetime | None = None
    ticket_url: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it can still be taken."""
        return self.state not in {State.ACKNOWLEDGED, State.ENDED}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of taking a case. `first` is whether this contact has it by this act."""

    first: bool
    offer: Offer


class NotAnswerable(Exception):
    """The attempt is unknown, asks for nothing, or its contact is on the chain no more."""


class Acknowledging:
    """Takes acts of contacts in. When a call returns, it is on the disk; StoreUnavailable means that nothing was recorded."""

    def __init__(self, *, store: Store, clock: Clock, setting: Setting, deciding: Deciding) -> None:
        self._store = store
        self._clock = clock
        self._setting = setting
        self._deciding = deciding

    def attempt_of(self, token: str) -> str | None:
        """The attempt that a link belongs to."""
        with self._store.read() as tx:
            attempt = tx.attempts.by_token(token_hash(token))
        return None if attempt is None else attempt.attempt_id

    def offers(self, attempt_id: str) -> tuple[Offer, ...]:
        """The cases that this attempt is about, its own first, then those that joined its call. Changes nothing.

        Raises NotAnswerable.
        """
        with self._store.read() as tx:
            attempt = self._answerable(tx, attempt_id)
            return tuple(self._offer(tx, one) for one in (attempt, *tx.attempts.joined_to(attempt_id)))

    def texted(self, phone: str) -> tuple[Offer, ...]:
        """The open cases that a number was told of lately, each once, the newest first: what a text may answer."""
        since = self._clock.now() - ANSWERABLE
        found: dict[str, Offer] = {}
        with self._store.read() as tx:
            for attempt in tx.attempts.to_destination(destination_hash(phone), ASKS, since):
                offer = self._offer(tx, attempt)
                if offer.is_open:
                    found.setdefault(offer.escalation_id, offer)
        return tuple(found.values())

    def take(self, attempt_id: str, how: How) -> Answer:
        """The contact of this attempt takes its case. Raises NotAnswerable. For all cases of a call: once for each offer."""
        now = self._clock.now()
        decided: Decided | None = None
        with self._store.write() as tx:
            attempt = self._answerable(tx, attempt_id)
            locked = tx.escalations.lock(attempt.escalation_id)
            first = locked is not None and self._is_open(locked)
            if locked is not None and locked.state is not State.ENDED:
                self._mark(tx, attempt_id, Outcome.ACKNOWLEDGED)
                decided = self._record(tx, locked, attempt, how, now)
            answer = Answer(first, self._offer(tx, attempt))
        if decided is not None:
            self._deciding.tell_log(decided)
        return answer

    def pass_on(self, attempt_id: str) -> None:
        """The contact passes: the next step begins within a tick, if the step that called is still the present one.

        Raises NotAnswerable.
        """
        now = self._clock.now()
        with self._store.write() as tx:
            self._answerable(tx, attempt_id)
            lock_call(tx, attempt_id)
            attempt = tx.attempts.lock(attempt_id)
            if attempt is not None and attempt.outcome is not Outcome.ACKNOWLEDGED:
                self._mark(tx, attempt_id, Outcome.PASSED_ON)
                tx.escalations.wake([attempt.escalation_id], now)

    def _record(
        self, tx: Transaction, locked: Escalation, attempt: Attempt, how: How, now: datetime
    ) -> Decided | None:
        key = f"{how.value}/{attempt.attempt_id}/{locked.entry}"
        kind = EvidenceKind(how.value)
        if not tx.evidence.put(Evidence(locked.case_id, kind, key, now, attempt.contact), now):
            return None
        fresh = tx.escalations.get(locked.escalation_id) or locked
        return self._deciding.decide(tx, fresh, now)

    def _mark(self, tx: Transaction, attempt_id: str, outcome: Outcome) -> None:
        """Keep a person's word with the attempt; the provider's word on the call's end does not replace it."""
        attempt = tx.attempts.lock(attempt_id)
        if attempt is not None and (attempt.progress < Progress.ENDED or attempt.outcome is Outcome.SENT):
            progress = max(attempt.progress, Progress.ANSWERED)
            tx.attempts.save(replace(attempt, outcome=outcome, progress=progress))

    def _answerable(self, tx: Transaction, attempt_id: str) -> Attempt:
        attempt = tx.attempts.get(attempt_id)
        escalation = None if attempt is None else tx.escalations.get(attempt.escalation_id)
        if attempt is None or escalation is None or attempt.purpose not in ASKS:
            raise NotAnswerable("there is nothing to take here")
        if self._setting.roster_for(escalation).find(attempt.contact) is None:
            raise NotAnswerable("this contact is not on the chain any more")
        return attempt

    @staticmethod
    def _is_open(escalation: Escalation) -> bool:
        return escalation.state not in {State.ACKNOWLEDGED, State.ENDED}

    def _offer(self, tx: Transaction, attempt: Attempt) -> Offer:
        escalation = tx.escalations.get(attempt.escalation_id)
        case = tx.cases.by_id(attempt.case_id)
        if escalation is None or case is None:
            raise NotAnswerable("there is nothing to take here")
        school = self._setting.schools.get(case.school)
        by = escalation.acknowledged_by
        contact = None if by is None else self._setting.roster_for(escalation).find(by)
        has_it = escalation.acknowledged_at is not None and not self._is_open(escalation)
        return Offer(
            attempt_id=attempt.attempt_id,
            escalation_id=escalation.escalation_id,
            case_number=case.number,
            school=case.school if school is None else school.name,
            category=self._setting.categories.get(case.category, case.category),
            urgency=escalation.urgency,
            state=escalation.state,
            drill=escalation.drill,
            taken_by=("staff in the helpdesk" if contact is None else contact.name) if has_it else None,
            taken_at=escalation.acknowledged_at if has_it else None,
            ticket_url=next(
                (ticket.url for ticket in tx.tickets.of_case(case.case_id) if not ticket.gone), None
            ),
        )
