"""Carrying out what is due: look at the ticket, commit the intent, call the provider, record what came of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from connector.clock import Clock
from connector.domain.chain import Via
from connector.domain.escalating import ASKS, Attempt, Outcome, Progress
from connector.log import Log
from connector.services.alarms import Alarms
from connector.store import Store
from connector.store.transaction import Transaction
from escalation.channels.base import (
    ChannelTrouble,
    Misconfigured,
    OutcomeUnknown,
    Refused,
    Report,
    Sent,
    Temporary,
)
from escalation.claiming import Claiming, Taken, Todo
from escalation.providers import Providers
from escalation.results import lock_call, take_in

CHANNEL_FAILING = "channel-failing"
CHANNEL_MISCONFIGURED = "channel-misconfigured"
CONTACT_REFUSED = "contact-refused"

UNKNOWN_FOR = timedelta(seconds=20)
"""So long a callback may still tell that a request has got through, before the provider is asked."""
NO_NEWS = timedelta(seconds=60)
"""Without a callback for so long, the provider is asked how far a call is."""
LONGEST_WAIT = timedelta(seconds=30)


class Sending:
    """Works off attempts, one at a time. Any number of these may work on one database."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        log: Log,
        alarms: Alarms,
        claiming: Claiming,
        providers: Providers,
        fresh: Callable[[str], bool],
    ) -> None:
        self._store = store
        self._clock = clock
        self._log = log
        self._alarms = alarms
        self._claiming = claiming
        self._providers = providers
        self._fresh = fresh

    def due(self) -> bool:
        """Whether there is something to send or to look up. A cheap look, without a lock."""
        with self._store.read() as tx:
            return tx.attempts.any_due(self._clock.now())

    def send_one(self) -> bool:
        """Attend to the attempt that has been due longest; False where none is due.

        Whatever happens is recorded; only StoreUnavailable gets out (the lease then runs out by itself).
        """
        taken = self._claiming.take()
        if taken is None:
            return False
        match taken.todo:
            case Todo.SEND:
                self._send(taken)
            case Todo.FIND:
                self._find(taken)
            case Todo.STOP:
                self._stop(taken)
            case Todo.NOTHING:
                pass
        return True

    def _send(self, taken: Taken) -> None:
        attempt = taken.attempt
        if attempt.via is Via.VOICE and attempt.purpose in ASKS and not self._fresh(attempt.case_id):
            self._log.info("called_without_a_fresh_look", kind=attempt.purpose.value)
        intended = self._claiming.intend(taken)
        if intended is None or intended.channel is None or intended.notification is None:
            return
        try:
            sent = intended.channel.send(intended.notification)
        except Refused as trouble:
            self._refused(intended, trouble)
        except (Temporary, Misconfigured) as trouble:
            self._not_sent(intended, trouble)
        except OutcomeUnknown as trouble:
            self._unknown(intended, trouble.what)
        except Exception as fault:  # noqa: BLE001  a thread's last line
            # A fault in a channel. Its text may quote an address, so only its class is kept.
            self._log.error("channel_fault", kind=attempt.via.value, error=type(fault).__name__)
            self._unknown(intended, f"unexpected {type(fault).__name__}")
        else:
            self._accepted(intended, sent)

    def _accepted(self, taken: Taken, sent: Sent) -> None:
        now = self._clock.now()
        name = taken.attempt.provider or ""
        with self._store.write() as tx:
            for attempt in self._still_ours(tx, taken):
                known = attempt.progress is Progress.ENDED
                stop_it = attempt.stop and not sent.final
                after = replace(
                    attempt,
                    progress=max(attempt.progress, Progress.ENDED if sent.final else Progress.ACCEPTED),
                    provider_id=sent.provider_id,
                    accepted_at=attempt.accepted_at or now,
                    outcome=attempt.outcome or (Outcome.SENT if sent.final else None),
                    due_at=None if sent.final or known else now if stop_it else now + NO_NEWS,
                    ended_at=attempt.ended_at or (now if sent.final else None),
                )
                tx.attempts.save(after)
                tx.escalations.wake([attempt.escalation_id], now)
                self._reached(tx, attempt)
        self._log.info("notified", kind=taken.attempt.via.value, attempt=taken.attempt.sends)
        if self._providers.worked(name):
            self._alarms.close(CHANNEL_FAILING, name)
            self._alarms.close(CHANNEL_MISCONFIGURED, name)

    def _reached(self, tx: Transaction, attempt: Attempt) -> None:
        """The contact can be reached after all."""
        for alarm in ("contact-away", "contact-unreachable"):
            tx.alarms.close(alarm, attempt.contact)

    def _refused(self, taken: Taken, trouble: Refused) -> None:
        now = self._clock.now()
        with self._store.write() as tx:
            for attempt in self._still_ours(tx, taken):
                ended = replace(
                    attempt, progress=Progress.ENDED, outcome=Outcome.REFUSED, ended_at=now, due_at=None
                )
                tx.attempts.save(ended)
                tx.escalations.wake([attempt.escalation_id], now)
        self._log.warning("notification_refused", kind=taken.attempt.via.value, what=trouble.what)
        self._alarms.open(CONTACT_REFUSED, f"{taken.attempt.contact} {taken.attempt.via.value}")

    def _not_sent(self, taken: Taken, trouble: ChannelTrouble) -> None:
        """Certainly not sent: by another provider at once, else again a little later."""
        now, name = self._clock.now(), taken.attempt.provider or ""
        self._providers.trip(name)
        wait = min(timedelta(seconds=2 ** min(taken.attempt.sends, 5)), LONGEST_WAIT)
        if isinstance(trouble, Temporary) and trouble.retry_after is not None:
            wait = max(wait, trouble.retry_after)
        due_at = now if self._providers.other_is_left(taken.attempt.via) else now + wait
        with self._store.write() as tx:
            for attempt in self._still_ours(tx, taken):
                tx.attempts.save(replace(attempt, progress=Progress.PLANNED, due_at=due_at, sent_at=None))
        self._log.warning("notification_postponed", kind=taken.attempt.via.value, what=trouble.what)
        self._alarms.open(
            CHANNEL_MISCONFIGURED if isinstance(trouble, Misconfigured) else CHANNEL_FAILING, name
        )

    def _unknown(self, taken: Taken, what: str) -> None:
        """It may have been sent: nothing is repeated before the provider was asked."""
        now, name = self._clock.now(), taken.attempt.provider or ""
        self._providers.trip(name)
        with self._store.write() as tx:
            for attempt in self._still_ours(tx, taken):
                if attempt.progress is Progress.SENDING:
                    tx.attempts.save(replace(attempt, due_at=now + UNKNOWN_FOR))
        self._log.warning("notification_in_doubt", kind=taken.attempt.via.value, what=what)
        self._alarms.open(CHANNEL_FAILING, name)

    def _still_ours(self, tx: Transaction, taken: Taken) -> list[Attempt]:
        """The attempt, locked, if nobody has sent it again since: whoever slept past the lease writes nothing."""
        tx.escalations.lock(taken.attempt.escalation_id)
        attempt = tx.attempts.lock(taken.attempt.attempt_id)
        return [attempt] if attempt is not None and attempt.sends == taken.attempt.sends else []

    def _find(self, taken: Taken) -> None:
        """Ask the provider what became of it. No trace of it: it was never sent, so it is sent, if it still makes sense."""
        if taken.channel is None or taken.notification is None:
            return
        try:
            report = taken.channel.find(taken.notification, taken.attempt.provider_id)
        except ChannelTrouble as trouble:
            self._log.warning("look_up_failed", kind=taken.attempt.via.value, what=trouble.what)
            self._ask_again(taken)
            return
        except Exception as fault:  # noqa: BLE001  a thread's last line
            self._log.error("channel_fault", kind=taken.attempt.via.value, error=type(fault).__name__)
            self._ask_again(taken)
            return
        if report is None:
            self._no_trace(taken)
        else:
            self._found(taken, report)

    def _ask_again(self, taken: Taken) -> None:
        now = self._clock.now()
        with self._store.write() as tx:
            for attempt in self._still_ours(tx, taken):
                if now >= attempt.expires_at and attempt.progress is Progress.SENDING:
                    self._give_up(tx, attempt, Outcome.FAILED)
                elif attempt.progress < Progress.ENDED:
                    tx.attempts.save(replace(attempt, due_at=now + UNKNOWN_FOR))

    def _found(self, taken: Taken, report: Report) -> None:
        now = self._clock.now()
        with self._store.write() as tx:
            for attempt in lock_call(tx, taken.attempt.attempt_id):
                take_in(tx, attempt, report, now)
            own = tx.attempts.lock(taken.attempt.attempt_id)
            if own is not None and own.progress < Progress.ENDED:
                tx.attempts.save(replace(own, due_at=now if own.stop else now + NO_NEWS))

    def _no_trace(self, taken: Taken) -> None:
        now = self._clock.now()
        with self._store.write() as tx:
            for attempt in self._still_ours(tx, taken):
                if attempt.progress is not Progress.SENDING:
                    if attempt.progress < Progress.ENDED:
                        tx.attempts.save(replace(attempt, due_at=now + NO_NEWS))
                elif attempt.stop or now >= attempt.expires_at:
                    self._give_up(tx, attempt, Outcome.CANCELLED if attempt.stop else Outcome.EXPIRED)
                else:
                    again = replace(
                        attempt, progress=Progress.PLANNED, doubtful=True, due_at=now, sent_at=None
                    )
                    tx.attempts.save(again)

    def _give_up(self, tx: Transaction, attempt: Attempt, outcome: Outcome) -> None:
        now = self._clock.now()
        ended = replace(
            attempt, progress=Progress.ENDED, outcome=outcome, ended_at=now, due_at=None, stop=False
        )
        tx.attempts.save(ended)
        tx.escalations.wake([attempt.escalation_id], now)

    def _stop(self, taken: Taken) -> None:
        """Take a call back. What came of it the provider tells, or a later look."""
        if taken.channel is None or taken.attempt.provider_id is None:
            return
        try:
            taken.channel.stop(taken.attempt.provider_id)
        except Exception as fault:  # noqa: BLE001  a thread's last line
            self._log.warning("call_not_taken_back", error=type(fault).__name__)
            self._ask_again(taken)
            return
        with self._store.write() as tx:
            for attempt in self._still_ours(tx, taken):
                if attempt.progress < Progress.ENDED:
                    self._give_up(tx, attempt, attempt.outcome or Outcome.CANCELLED)
