"""Taking an attempt that is due: what is to be done with it, decided and written before anything leaves the house."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto

from connector.clock import Clock
from connector.domain.chain import Contact, Via
from connector.domain.escalating import ASKS, Attempt, Escalation, Outcome, Progress, Purpose
from connector.errors import Conflict
from connector.store import Store
from connector.store.transaction import Transaction
from escalation.channels.base import Channel, Notification
from escalation.providers import Providers
from escalation.setting import Setting
from escalation.situation import is_police
from escalation.snapshot import from_text
from escalation.tokens import Tokens, destination_hash

LEAST_LEASE = timedelta(seconds=20)
SOON = timedelta(seconds=1)
LOST_AFTER = timedelta(minutes=10)
"""A call of which the provider knows nothing any more is over after so long."""
QUIET = timedelta(seconds=90)
"""Between calls about different cases to one number, where no step says otherwise."""
_MAY_BE_TAKEN = (*ASKS, Purpose.WARNING)


class Todo(Enum):
    """What is to be done with an attempt that was taken."""

    NOTHING = auto()
    SEND = auto()
    FIND = auto()
    STOP = auto()


@dataclass(frozen=True, slots=True)
class Taken:
    """An attempt that is ours until its lease ends, and what to do. `attempt.sends` is the fence: who sends anew has more."""

    todo: Todo
    attempt: Attempt
    channel: Channel | None = None
    notification: Notification | None = None


class Claiming:
    """Claims attempts. Any number of these may work on one database."""

    def __init__(
        self, *, store: Store, clock: Clock, setting: Setting, providers: Providers, tokens: Tokens
    ) -> None:
        self._store = store
        self._clock = clock
        self._setting = setting
        self._providers = providers
        self._tokens = tokens

    def take(self) -> Taken | None:
        """Take the attempt that has been due longest and say what to do with it; None where none is due.

        An attempt to be sent is only leased here: `intend` comes right before the request.
        """
        now = self._clock.now()
        with self._store.write() as tx:
            attempt = tx.attempts.take_due(now)
            if attempt is None:
                return None
            escalation = tx.escalations.get(attempt.escalation_id)
            if escalation is None:
                raise LookupError("an attempt without an escalation")
            if attempt.progress is Progress.PLANNED:
                return self._take_planned(tx, escalation, attempt, now)
            return self._take_sent(tx, escalation, attempt, now)

    def intend(self, taken: Taken) -> Taken | None:
        """Commit the intent to send; None where something has come between. After this, a crash leaves evidence."""
        now = self._clock.now()
        try:
            with self._store.write() as tx:
                tx.escalations.lock(taken.attempt.escalation_id)
                attempt = tx.attempts.lock(taken.attempt.attempt_id)
                if attempt is None or attempt != taken.attempt or taken.channel is None:
                    return None
                if self._may_have_been_taken(tx, attempt):
                    tx.attempts.save(replace(attempt, due_at=now + SOON))
                    return None
                sending = replace(
                    attempt,
                    progress=Progress.SENDING,
                    sends=attempt.sends + 1,
                    provider=taken.channel.name,
                    sent_at=now,
                    due_at=now + _lease(taken.channel),
                )
                tx.attempts.save(sending)
        except Conflict:
            self._next_time(taken, now)
            return None
        return replace(taken, attempt=replace(sending, version=sending.version + 1))

    def _next_time(self, taken: Taken, now: datetime) -> None:
        """Another node has begun to call the same number in this very moment: the next look joins it."""
        with self._store.write() as tx:
            tx.escalations.lock(taken.attempt.escalation_id)
            attempt = tx.attempts.lock(taken.attempt.attempt_id)
            if attempt == taken.attempt:
                tx.attempts.save(replace(taken.attempt, due_at=now + SOON))

    def _take_planned(
        self, tx: Transaction, escalation: Escalation, attempt: Attempt, now: datetime
    ) -> Taken:
        contact = self._setting.roster_for(escalation).find(attempt.contact)
        address = None if contact is None else contact.address(attempt.via)
        channel = self._providers.choose(attempt.via)
        if (
            attempt.stop
            or contact is None
            or address is None
            or channel is None
            or _misplaced(attempt, contact)
        ):
            return self._end(tx, attempt, Outcome.CANCELLED, now)
        if now >= attempt.expires_at:
            return self._end(tx, attempt, Outcome.EXPIRED, now)
        if self._may_have_been_taken(tx, attempt):
            return self._defer(tx, attempt, now + SOON)
        attempt = replace(attempt, destination=destination_hash(address))
        if attempt.via is Via.VOICE:
            other = self._share_the_line(tx, escalation, attempt, now)
            if other is not None:
                return other
        # Leased for the look at the ticket and the request after it.
        leased = replace(attempt, due_at=now + _lease(channel))
        tx.attempts.save(leased)
        leased = replace(leased, version=leased.version + 1)
        notification = self._notification(tx, escalation, leased, contact, address)
        return Taken(Todo.SEND, leased, channel, notification)

    def _share_the_line(
        self, tx: Transaction, escalation: Escalation, attempt: Attempt, now: datetime
    ) -> Taken | None:
        """One live call a number: join one that rings, wait for one that was answered, and leave some quiet between."""
        live = tx.attempts.live_on(attempt.destination)
        if live is not None and live.progress in {Progress.ACCEPTED, Progress.RINGING} and not live.stop:
            joined = replace(
                attempt,
                joined=live.attempt_id,
                progress=Progress.ACCEPTED,
                accepted_at=now,
                due_at=now + QUIET,
            )
            tx.attempts.save(joined)
            tx.escalations.wake([attempt.escalation_id], now)
            return Taken(Todo.NOTHING, joined)
        if live is not None:
            return self._defer(tx, attempt, now + SOON)
        last = tx.attempts.last_call(attempt.destination, not_of=escalation.escalation_id)
        quiet_until = None if last is None else last + _gap(escalation, attempt)
        if quiet_until is not None and now < quiet_until:
            return self._defer(tx, attempt, quiet_until)
        return None

    def _take_sent(self, tx: Transaction, escalation: Escalation, attempt: Attempt, now: datetime) -> Taken:
        if attempt.joined is not None:
            return self._follow(tx, attempt, now)
        channel = self._providers.named(attempt.via, attempt.provider)
        if channel is None or (attempt.accepted_at is not None and now - attempt.accepted_at > LOST_AFTER):
            # Of a text the provider may just never tell; a call without an end has been lost.
            lost = Outcome.FAILED if attempt.via is Via.VOICE else Outcome.SENT
            return self._end(tx, attempt, attempt.outcome or lost, now)
        leased = replace(attempt, due_at=now + _lease(channel))
        tx.attempts.save(leased)
        leased = replace(leased, version=leased.version + 1)
        if attempt.stop and attempt.provider_id is not None:
            return Taken(Todo.STOP, leased, channel)
        contact = self._setting.roster_for(escalation).find(attempt.contact)
        address = None if contact is None else contact.address(attempt.via)
        if contact is None or address is None:
            return self._end(tx, leased, Outcome.CANCELLED, now)
        return Taken(Todo.FIND, leased, channel, self._notification(tx, escalation, leased, contact, address))

    def _follow(self, tx: Transaction, attempt: Attempt, now: datetime) -> Taken:
        """What joined another call ends with it."""
        call = None if attempt.joined is None else tx.attempts.get(attempt.joined)
        if call is not None and call.progress < Progress.ENDED:
            return self._defer(tx, attempt, now + SOON * 5)
        outcome = attempt.outcome or (None if call is None else call.outcome) or Outcome.FAILED
        if outcome is Outcome.ACKNOWLEDGED and attempt.outcome is None:
            # The call was about this case too, and it was not taken.
            outcome = Outcome.UNCONFIRMED
        return self._end(tx, attempt, outcome, now)

    def _end(self, tx: Transaction, attempt: Attempt, outcome: Outcome, now: datetime) -> Taken:
        ended = replace(
            attempt, progress=Progress.ENDED, outcome=outcome, ended_at=now, due_at=None, stop=False
        )
        tx.attempts.save(ended)
        tx.escalations.wake([attempt.escalation_id], now)
        return Taken(Todo.NOTHING, ended)

    @staticmethod
    def _defer(tx: Transaction, attempt: Attempt, until: datetime) -> Taken:
        tx.attempts.save(replace(attempt, due_at=until))
        return Taken(Todo.NOTHING, attempt)

    @staticmethod
    def _may_have_been_taken(tx: Transaction, attempt: Attempt) -> bool:
        """Whether something was seen of the case that is still to be decided upon: then that comes first."""
        return attempt.purpose in _MAY_BE_TAKEN and bool(tx.evidence.unhandled(attempt.case_id))

    def _notification(
        self, tx: Transaction, escalation: Escalation, attempt: Attempt, contact: Contact, address: str
    ) -> Notification:
        case = tx.cases.by_id(attempt.case_id)
        if case is None:
            raise LookupError("an attempt without a case")
        school = self._setting.schools.get(case.school)
        tickets = [ticket for ticket in tx.tickets.of_case(case.case_id) if not ticket.gone]
        return Notification(
            attempt_id=attempt.attempt_id,
            via=attempt.via,
            purpose=attempt.purpose,
            to=address,
            name=contact.name,
            case_number=case.number,
            school=case.school if school is None else school.name,
            urgency=escalation.urgency,
            category=self._setting.categories.get(case.category, case.category),
            created_at=attempt.created_at,
            token=self._tokens.token(attempt.attempt_id),
            ring=_ring(escalation, attempt),
            about=attempt.about,
            ticket_url=next((ticket.url for ticket in tickets), None),
            drill=escalation.drill,
        )


def _misplaced(attempt: Attempt, contact: Contact) -> bool:
    """A notification for law enforcement that would reach somebody else, or the other way round: the config has changed."""
    return (attempt.purpose in {Purpose.POLICE, Purpose.UPDATE}) is not is_police(contact)


def _lease(channel: Channel) -> timedelta:
    """Longer than the look and the request together can take."""
    return max(LEAST_LEASE, 2 * channel.patience)


def _gap(escalation: Escalation, attempt: Attempt) -> timedelta:
    if escalation.plan is None or attempt.step is None:
        return QUIET
    return from_text(escalation.plan).steps[attempt.step].gap


def _ring(escalation: Escalation, attempt: Attempt) -> timedelta:
    if escalation.plan is None or attempt.step is None:
        return timedelta(seconds=35)
    return from_text(escalation.plan).steps[attempt.step].ring
