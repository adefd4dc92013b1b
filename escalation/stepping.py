"""Along the chain: beginning a step, passing one over, the gate before law enforcement, the end. Pure.

Every function returns when to look again.
"""

from datetime import datetime, timedelta

from connector.domain.chain import Via
from connector.domain.escalating import Outcome, Purpose, State
from escalation.note_text import step_note
from escalation.reaching import (
    is_hopeless,
    next_is_police,
    passed_over,
    people_told,
    people_tried,
    quiet_way,
    ways,
)
from escalation.situation import (
    CONTACT_UNREACHABLE,
    EXHAUSTED,
    LATE,
    POLICE_HELD,
    POLICE_UNPROVEN,
    REVIEW,
    Draft,
)

MISSED = timedelta(seconds=60)
"""A deadline that is so long past was missed because nobody was there: the step starts anew."""
TOLD_FOR = timedelta(hours=1)
"""How long it makes sense to send what only informs."""
_CALL_AGAIN = (Outcome.BUSY, Outcome.NO_ANSWER, Outcome.MACHINE, Outcome.UNCONFIRMED, Outcome.FAILED)


def running(draft: Draft) -> datetime | None:
    """A step has begun: what is owed now."""
    if is_too_old(draft):
        review(draft)
        return None
    if was_missed(draft):
        return anew(draft)
    if draft.it.extra_until is not None or draft.it.held_since is not None:
        return enter(draft, (-1 if draft.it.step is None else draft.it.step) + 1)
    ending = _ending(draft)
    return watch(draft) if ending is None else advance(draft, ending)


def _ending(draft: Draft) -> str | None:
    """Why the present step is over; None while it is not."""
    if any(attempt.outcome is Outcome.PASSED_ON for attempt in draft.mine()):
        return "Passed on by the contact."
    if is_hopeless(draft):
        draft.alarm(CONTACT_UNREACHABLE, draft.policy.steps[draft.it.step or 0].contact)
        return "Nothing can reach this contact; passed on at once."
    return "Nobody took it in time." if draft.now >= deadline(draft) else None


def deadline(draft: Draft) -> datetime:
    """When the present step ends: `wait` after the first acceptance, at the latest `wait` and `step_cap` after it began."""
    step = draft.policy.steps[draft.it.step or 0]
    latest = (draft.it.began_at or draft.now) + step.wait + draft.policy.step_cap
    accepted = [attempt.accepted_at for attempt in draft.mine() if attempt.accepted_at is not None]
    return min([latest, *(moment + step.wait for moment in accepted)])


def watch(draft: Draft) -> datetime:
    """Within a step: another call where one is owed, the warning, and when to look again."""
    ends = deadline(draft)
    moments = [ends]
    again = _call_again(draft)
    if again is not None:
        moments.append(again)
    warn_at = ends - draft.situation.rules.warn_before
    if not draft.it.warned and next_is_police(draft):
        if draft.now >= warn_at:
            _warn(draft)
        else:
            moments.append(warn_at)
    return min(moments)


def _call_again(draft: Draft) -> datetime | None:
    step = draft.policy.steps[draft.it.step or 0]
    calls = [attempt for attempt in draft.mine() if attempt.via is Via.VOICE]
    last = max(calls, key=lambda attempt: attempt.tried, default=None)
    if last is None or last.tried >= step.tries or last.outcome not in _CALL_AGAIN or last.ended_at is None:
        return None
    due = last.ended_at + step.gap
    contact = draft.find(last.contact)
    if draft.now < due or contact is None:
        return due if contact is not None else None
    left = deadline(draft) - draft.now
    draft.plan(contact, Via.VOICE, last.purpose, left, tried=last.tried + 1)
    return None


def _warn(draft: Draft) -> None:
    """The last word to everybody who was notified, before law enforcement is called."""
    step = draft.policy.steps[draft.it.step or 0]
    accepted = [attempt.accepted_at for attempt in draft.mine() if attempt.accepted_at is not None]
    at = min(accepted, default=draft.now) + step.wait
    people = {contact.contact_id: contact for contact in people_told(draft)}
    current = draft.find(step.contact)
    if current is not None and not step.police:
        people[current.contact_id] = current
    for contact in people.values():
        way = quiet_way(draft, contact) or next(iter(ways(draft, contact, (Via.VOICE,))), None)
        if way is not None:
            draft.plan(
                contact,
                way,
                Purpose.WARNING,
                max(at - draft.now, timedelta(seconds=30)),
                about=draft.clock(at),
            )
    draft.change(warned=True)


def advance(draft: Draft, ending: str) -> datetime:
    """The present step is over: say so in the ticket and go on."""
    draft.note(step_note(draft, ending))
    draft.drop_unsent()
    return enter(draft, (-1 if draft.it.step is None else draft.it.step) + 1)


def enter(draft: Draft, index: int, *, reminding: bool = False) -> datetime:
    """Begin the first step from `index` on that need not be passed over; the end of the chain where there is none."""
    steps = draft.policy.steps
    for number in range(index, len(steps)):
        step = steps[number]
        why = passed_over(draft, step)
        if why is not None:
            words, alarm = why
            draft.note(f"Escalation, step {number + 1} of {len(steps)}: passed over, {words}.")
            if alarm is not None:
                draft.alarm(alarm, step.contact)
            continue
        if step.police:
            held = _gate(draft)
            if held is not None:
                # As if the step before were the present one: what was passed over is not said again.
                draft.change(step=number - 1 if number else None)
                return held
        return _begin(draft, number, reminding=reminding and number == index)
    return exhausted(draft)


def _begin(draft: Draft, number: int, *, reminding: bool) -> datetime:
    step = draft.policy.steps[number]
    draft.change(
        state=State.RUNNING,
        entry=draft.it.entry + 1,
        step=number,
        began_at=draft.now,
        reminding=reminding,
        warned=False,
        extra_until=None,
        held_since=None,
        police_laps=draft.it.police_laps + (1 if step.police else 0),
    )
    purpose = Purpose.POLICE if step.police else Purpose.REMINDER if reminding else Purpose.STEP
    contact = draft.find(step.contact)
    if contact is not None:
        for via in ways(draft, contact, step.via):
            draft.plan(contact, via, purpose, step.wait + draft.policy.step_cap)
    return watch(draft)


def _gate(draft: Draft) -> datetime | None:
    """Whether law enforcement has to wait still, and until when; None where it may be called."""
    rules = draft.situation.rules
    if len(people_tried(draft)) < 2:
        if draft.it.extra_until is None:
            draft.change(extra_until=draft.now + rules.extra_wait)
            draft.alarm(POLICE_UNPROVEN)
            draft.note(
                "Escalation: fewer than two people could be tried, so law enforcement is called "
                f"{draft.clock(draft.now + rules.extra_wait)} at the latest, or when two have been."
            )
        if draft.it.extra_until is not None and draft.now < draft.it.extra_until:
            return draft.it.extra_until
    if draft.situation.police_begun < rules.brake.count:
        return None
    if draft.it.held_since is None:
        draft.change(held_since=draft.now)
        draft.alarm(POLICE_HELD)
        draft.note(
            "Escalation: many cases have reached law enforcement within a short time, so this one is held "
            f"until {draft.clock(draft.now + rules.brake.hold)}, unless somebody takes it."
        )
    until = (draft.it.held_since or draft.now) + rules.brake.hold
    return until if draft.now < until else None


def anew(draft: Draft) -> datetime:
    """A deadline was missed because nobody was there: the present step starts from its beginning, nothing is skipped."""
    since = draft.situation.escalation.due_at or draft.now
    draft.alarm(LATE)
    draft.drop_unsent()
    draft.note(
        step_note(
            draft,
            f"Nothing could be done from {draft.clock(since)} to {draft.clock(draft.now)}; it starts anew.",
        )
    )
    draft.change(extra_until=None, held_since=None)
    return enter(draft, draft.it.step or 0, reminding=draft.it.reminding)


def exhausted(draft: Draft) -> datetime:
    """The end of the chain: loud, and from the beginning again after a pause."""
    again = draft.now + draft.policy.loop_after
    draft.change(
        state=State.EXHAUSTED,
        step=None,
        began_at=draft.now,
        extra_until=None,
        held_since=None,
        reminding=False,
    )
    draft.alarm(EXHAUSTED)
    draft.note(
        f"Escalation: the contact chain is at its end and NOBODY HAS TAKEN THIS TIP. It begins again {draft.clock(again)}."
    )
    return again


def review(draft: Draft) -> None:
    """Too old to call anybody without a person's look."""
    for attempt in draft.situation.attempts:
        if attempt.purpose is not Purpose.POLICE:
            draft.cancel(attempt)
    draft.change(state=State.REVIEW, step=None, extra_until=None, held_since=None, reminding=False)
    draft.alarm(REVIEW)
    draft.note(
        "Escalation: this case is too old for calls without a person's look. Nobody has taken it: please do."
    )


def is_too_old(draft: Draft) -> bool:
    """Whether the chain is older than the policy allows."""
    begun = draft.it.chain_from
    return begun is not None and draft.now - begun > draft.policy.max_age


def was_missed(draft: Draft) -> bool:
    """Whether the moment to decide is so long past that nobody can have been there."""
    due = draft.situation.escalation.due_at
    return due is not None and draft.now - due > MISSED
