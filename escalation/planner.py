"""What is owed: the one place where escalation decides. Pure: rows, policy, hours and the time in, a decision out."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from connector.domain.escalating import Purpose, State
from connector.domain.urgency import Urgency
from escalation.reaching import first_to_notice
from escalation.situation import CONTACT_UNREACHABLE, Decision, Draft, Situation
from escalation.snapshot import to_text
from escalation.stepping import enter, is_too_old, review, running
from escalation.taking import fold

LONGEST_WAIT = timedelta(hours=96)
"""So long a tip waits for its school to open, whatever the calendar says (a long holiday, a calendar gone wrong)."""
NOTICE_LASTS = timedelta(days=1)
_CALLS = (State.WANTED, State.WAITING, State.NOTICED, State.RUNNING, State.EXHAUSTED)


def decide(situation: Situation, now: datetime) -> Decision:
    """What follows from a situation at this moment. Asked twice with nothing new, it owes nothing twice."""
    draft = Draft(situation, now)
    fold(draft)
    if not draft.policy.steps and draft.it.state in _CALLS:
        # The school's policy is gone since: nobody can be called by it, and nobody is told in silence.
        review(draft)
    handler = _OWED.get(draft.it.state)
    return draft.decision(None if handler is None else handler(draft))


def _wanted(draft: Draft) -> datetime | None:
    if draft.it.urgency is Urgency.ROUTINE or draft.asked_for:
        return _waiting(draft)
    start = draft.it.wanted_at + draft.policy.grace
    if _waits(draft):
        return _wait(draft)
    return start if draft.now < start else _start(draft, start)


def _waiting(draft: Draft) -> datetime | None:
    """For the school to open; looked at anew each time, because it may be closed after all."""
    if draft.it.urgency is not Urgency.ROUTINE and (draft.asked_for or not _waits(draft)):
        due = draft.situation.escalation.due_at or draft.now
        return _start(draft, draft.now if draft.asked_for else min(due, draft.now))
    if _is_open(draft):
        return _notice(draft)
    return _wait(draft)


def _waits(draft: Draft) -> bool:
    return draft.it.urgency is Urgency.URGENT and draft.policy.urgent_waits and not _is_open(draft)


def _is_open(draft: Draft) -> bool:
    waited_enough = draft.now >= draft.it.wanted_at + LONGEST_WAIT
    return waited_enough or draft.situation.hours.is_open(draft.now)


def _wait(draft: Draft) -> datetime:
    until = min(draft.situation.hours.next_opening(draft.now), draft.it.wanted_at + LONGEST_WAIT)
    if draft.situation.escalation.state is not State.WAITING:
        draft.note(f"Escalation: waits for the school to open, {draft.clock(until)}.")
    draft.change(state=State.WAITING)
    return until


def _start(draft: Draft, begun: datetime) -> datetime | None:
    """The chain begins, with the policy as it is now."""
    draft.change(state=State.RUNNING, chain_from=begun, lap=1, plan=to_text(draft.policy))
    if is_too_old(draft):
        review(draft)
        return None
    return enter(draft, 0)


def _notice(draft: Draft) -> datetime:
    """Routine: one mail or text to the first contact."""
    _tell_first(draft, None)
    draft.change(state=State.NOTICED, noticed_at=draft.now)
    return draft.situation.hours.add_school_time(draft.now, draft.policy.routine_reminder)


def _noticed(draft: Draft) -> datetime | None:
    if draft.it.urgency is not Urgency.ROUTINE:
        return _waiting(draft)
    if draft.it.reminded:
        return None
    noticed = draft.it.noticed_at or draft.now
    due = draft.situation.hours.add_school_time(noticed, draft.policy.routine_reminder)
    if draft.now < due:
        return due
    draft.change(reminded=True, entry=draft.it.entry + 1)
    _tell_first(draft, "reminder")
    return None


def _tell_first(draft: Draft, about: str | None) -> None:
    found = first_to_notice(draft, draft.policy)
    if found is None:
        draft.alarm(CONTACT_UNREACHABLE, draft.policy.steps[0].contact)
        draft.note("Escalation: nobody of the contact chain could be told of this tip by mail or text.")
        return
    contact, way = found
    draft.plan(contact, way, Purpose.ROUTINE, NOTICE_LASTS, about=about)
    draft.note(
        f"Escalation: {contact.name} is told by {way.value} that this tip waits ({about or 'notice'})."
    )


def _exhausted(draft: Draft) -> datetime | None:
    if is_too_old(draft):
        review(draft)
        return None
    due = (draft.it.began_at or draft.now) + draft.policy.loop_after
    if draft.now < due:
        return due
    draft.change(lap=draft.it.lap + 1)
    return enter(draft, 0)


def _acknowledged(draft: Draft) -> datetime | None:
    """Taken by phone or link: something has to happen in the ticket, else the one who took it is reminded."""
    taken = draft.it.acknowledged_at
    steps = draft.policy.steps
    if draft.it.active or draft.it.urgency is Urgency.ROUTINE or taken is None or not steps:
        return None
    due = taken + draft.policy.activity_within
    by = next((n for n, step in enumerate(steps) if step.contact == draft.it.acknowledged_by), 0)
    if steps[by].police:
        return None
    if draft.now < due:
        return due
    draft.note(
        f"Escalation: {draft.name(draft.it.acknowledged_by)} took this tip and nothing has happened in the ticket since. "
        "They are reminded; then the chain goes on."
    )
    draft.change(
        chain_from=draft.it.chain_from or draft.now, plan=draft.it.plan or to_text(draft.policy), active=False
    )
    return enter(draft, by, reminding=True)


_OWED: Mapping[State, Callable[[Draft], datetime | None]] = {
    State.WANTED: _wanted,
    State.WAITING: _waiting,
    State.NOTICED: _noticed,
    State.RUNNING: running,
    State.EXHAUSTED: _exhausted,
    State.ACKNOWLEDGED: _acknowledged,
}
"""What each state asks for; each says when to look again. The others ask for nothing."""
