"""Taking a due escalation, asking the planner, and writing everything that follows, in one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from connector.clock import Clock
from connector.domain.chain import Policy, Via
from connector.domain.escalating import Attempt, Escalation, Outcome, Progress, State
from connector.errors import StoreUnavailable
from connector.log import Log
from connector.services.identifiers import new_id
from connector.services.noting import Noting
from connector.store import Store
from connector.store.alarms import Alarm
from connector.store.cases import Case
from connector.store.transaction import Transaction
from escalation.planner import decide
from escalation.setting import SchoolChain, Setting
from escalation.situation import EXHAUSTED, OF_A_CASE, Decision, Planned, Situation
from escalation.snapshot import from_text
from escalation.tokens import Tokens, destination_hash, token_hash
from escalation.weekday_hours import WeekdayHours

FAULT = "escalation-fault"
AFTER_A_FAULT = timedelta(seconds=30)
_NO_POLICY = Policy("gone", ())


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision has left behind, for the log: after the transaction, never within."""

    after: Escalation
    raised: tuple[tuple[str, str], ...] = ()


class Deciding:
    """Decides one escalation at a time. Any number of these may work on one database."""

    def __init__(
        self, *, store: Store, clock: Clock, log: Log, noting: Noting, setting: Setting, tokens: Tokens
    ) -> None:
        self._store = store
        self._clock = clock
        self._log = log
        self._noting = noting
        self._setting = setting
        self._tokens = tokens

    def due(self) -> bool:
        """Whether something is to be decided. A cheap look, without a lock."""
        with self._store.read() as tx:
            return tx.escalations.any_due(self._clock.now())

    def decide_one(self) -> bool:
        """Decide the escalation that has been due longest; False where none is, or others have them.

        One that cannot be decided is put off with an alarm, so that it stops no other. Only StoreUnavailable gets out.
        """
        now = self._clock.now()
        taken: Escalation | None = None
        try:
            with self._store.write() as tx:
                taken = tx.escalations.take_due(now)
                if taken is None:
                    return False
                decided = self.decide(tx, taken, now)
        except StoreUnavailable:
            raise
        except Exception as fault:
            if taken is None:
                raise
            self._put_off(taken, fault, now)
            return True
        self.tell_log(decided)
        return True

    def decide(self, tx: Transaction, taken: Escalation, now: datetime) -> Decided:
        """Decide an escalation that is locked, within the caller's transaction."""
        case = tx.cases.by_id(taken.case_id)
        if case is None:
            raise LookupError("an escalation without a case")
        situation = self._situation(tx, taken, now)
        decision = decide(situation, now)
        return self._write(tx, case, situation, decision, now)

    def tell_log(self, decided: Decided) -> None:
        """Name the alarms that are new."""
        for alarm, subject in decided.raised:
            self._log.error("alarm", alarm=alarm, subject=subject)

    def _situation(self, tx: Transaction, taken: Escalation, now: datetime) -> Situation:
        school = self._setting.schools.get(taken.school)
        if school is None:
            school = SchoolChain(taken.school, WeekdayHours(ZoneInfo("UTC")))
        policy = from_text(taken.plan) if taken.plan is not None else school.policy or _NO_POLICY
        rules = self._setting.rules
        return Situation(
            escalation=taken,
            policy=policy,
            rules=rules,
            roster=self._setting.roster_for(taken),
            hours=school.hours,
            usable=self._setting.usable,
            attempts=tx.attempts.of_escalation(taken.escalation_id),
            evidence=tx.evidence.unhandled(taken.case_id),
            police_begun=tx.attempts.police_steps_since(now - rules.brake.within),
        )

    def _write(
        self, tx: Transaction, case: Case, situation: Situation, decision: Decision, now: datetime
    ) -> Decided:
        before = situation.escalation
        for number, text in enumerate(decision.notes, start=before.notes + 1):
            self._noting.owe(tx, case, f"escalation/{before.escalation_id}/{number}", text, now)
        after = replace(decision.after, notes=before.notes + len(decision.notes))
        if not tx.escalations.save(after):
            raise RuntimeError("an escalation changed under its lock")
        tx.attempts.add([self._attempt(before, planned, now) for planned in decision.planned])
        for attempt_id in decision.cancelled:
            cancel(tx, attempt_id, after, now)
        seen = [one.evidence_id for one in situation.evidence if one.evidence_id is not None]
        if seen:
            tx.evidence.handled(seen, now)
        return Decided(after, self._alarms(tx, case, decision, now))

    def _alarms(
        self, tx: Transaction, case: Case, decision: Decision, now: datetime
    ) -> tuple[tuple[str, str], ...]:
        if decision.calmed:
            for alarm in OF_A_CASE:
                tx.alarms.close(alarm, case.number)
        wanted = sorted((alarm, contact or str(case.number)) for alarm, contact in decision.raised)
        fresh = [pair for pair in wanted if tx.alarms.open(Alarm(*pair, now))]
        for alarm, subject in wanted:
            if alarm == EXHAUSTED:
                tx.alarms.tell_again(alarm, subject)
        return tuple(fresh)

    def _attempt(self, of: Escalation, planned: Planned, now: datetime) -> Attempt:
        attempt_id = new_id()
        return Attempt(
            attempt_id=attempt_id,
            escalation_id=of.escalation_id,
            case_id=of.case_id,
            entry=planned.entry,
            step=planned.step,
            contact=planned.contact,
            via=planned.via,
            purpose=planned.purpose,
            tried=planned.tried,
            created_at=now,
            expires_at=planned.expires_at,
            destination=destination_hash(planned.to),
            token_hash=token_hash(self._tokens.token(attempt_id)),
            about=planned.about,
            due_at=now,
        )

    def _put_off(self, taken: Escalation, fault: Exception, now: datetime) -> None:
        with self._store.write() as tx:
            tx.escalations.put_off(taken.escalation_id, now + AFTER_A_FAULT)
            fresh = tx.alarms.open(Alarm(FAULT, taken.escalation_id, now))
        if fresh:
            self._log.error("alarm", alarm=FAULT, subject=taken.escalation_id)
        self._log.exception("escalation_fault", fault)


def cancel(tx: Transaction, attempt_id: str, of: Escalation, now: datetime) -> None:
    """An attempt is not wanted any more: end it if it was not sent, else have its call taken back.

    A call on which another open case is spoken of goes on. What is being sent at this moment is marked; its sender sees to it.
    """
    attempt = tx.attempts.lock(attempt_id)
    if attempt is None or attempt.progress is Progress.ENDED:
        return
    if attempt.progress is Progress.PLANNED or attempt.joined is not None:
        outcome = Outcome.EXPIRED if of.state is State.RUNNING else Outcome.CANCELLED
        ended = replace(attempt, progress=Progress.ENDED, outcome=outcome, ended_at=now, due_at=None)
        tx.attempts.save(ended)
        return
    if attempt.via is not Via.VOICE:
        # A text or a mail that has left cannot be taken back.
        return
    others = [other for other in tx.attempts.joined_to(attempt_id) if other.progress < Progress.ENDED]
    if others:
        return
    due_at = attempt.due_at if attempt.progress is Progress.SENDING else now
    tx.attempts.save(replace(attempt, stop=True, due_at=due_at))
