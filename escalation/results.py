"""What a provider tells about an attempt, from a callback or a look-up: each report once, and progress only grows."""

from dataclasses import replace
from datetime import datetime

from connector.clock import Clock
from connector.domain.chain import Via
from connector.domain.escalating import Attempt, Outcome, Progress
from connector.store import Store
from connector.store.transaction import Transaction
from escalation.channels.base import Report

_SPOKEN = (Outcome.UNCONFIRMED, Outcome.DELIVERED)


class Results:
    """The door for callbacks. Safe from any number of processes."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def report(self, attempt_id: str, report: Report) -> bool:
        """Take a report in; False where the attempt is unknown or the report was known already."""
        now = self._clock.now()
        with self._store.write() as tx:
            attempts = lock_call(tx, attempt_id)
            if not attempts:
                return False
            if not tx.attempts.report(attempt_id, report.key, report.progress, report.outcome, report.at):
                return False
            for attempt in attempts:
                take_in(tx, attempt, report, now)
        return True


def lock_call(tx: Transaction, attempt_id: str) -> list[Attempt]:
    """An attempt and those that joined its call, locked, their escalations before them and in order."""
    attempt = tx.attempts.get(attempt_id)
    if attempt is None:
        return []
    known = [attempt, *tx.attempts.joined_to(attempt_id)]
    for escalation_id in sorted({one.escalation_id for one in known}):
        tx.escalations.lock(escalation_id)
    # Whoever has joined since then is found out by looking at the call's end.
    return [locked for one in known if (locked := tx.attempts.lock(one.attempt_id)) is not None]


def take_in(tx: Transaction, attempt: Attempt, report: Report, now: datetime) -> None:
    """Apply a report to an attempt that is locked, and have its escalation looked at if anything is new."""
    after = applied(attempt, report, now)
    if after != attempt:
        tx.attempts.save(after)
        tx.escalations.wake([attempt.escalation_id], now)


def applied(attempt: Attempt, report: Report, now: datetime) -> Attempt:
    """An attempt after a report. Pure. What has ended stays as it is, and nobody's word is taken back."""
    if attempt.progress is Progress.ENDED:
        return attempt
    progress = max(attempt.progress, report.progress)
    machine = attempt.machine or report.machine
    after = replace(
        attempt,
        progress=progress,
        machine=machine,
        provider_id=attempt.provider_id or report.provider_id,
        sent_at=attempt.sent_at or now,
        accepted_at=attempt.accepted_at or now,
    )
    if progress is not Progress.ENDED:
        return after
    outcome = attempt.outcome or report.outcome or Outcome.FAILED
    if machine and attempt.via is Via.VOICE and outcome in _SPOKEN:
        outcome = Outcome.MACHINE
    return replace(after, outcome=outcome, ended_at=now, due_at=None, stop=False)
