"""What evidence does to an escalation: acknowledged, closed, raised, lowered. Pure."""

from connector.domain.chain import Via
from connector.domain.escalating import Evidence, EvidenceKind, How, Progress, Purpose, State
from connector.domain.urgency import Urgency
from escalation.note_text import also_taken_note, step_note, taken_note
from escalation.reaching import people_told, quiet_way, ways
from escalation.situation import Draft, is_police
from escalation.stepping import TOLD_FOR

IN_THE_HELPDESK = (EvidenceKind.ARTICLE, EvidenceKind.STATE, EvidenceKind.OWNER, EvidenceKind.CLOSED)
"""What is at the same time activity in the ticket."""
_STAYS = (Purpose.POLICE, Purpose.UPDATE, Purpose.INFORM)


def fold(draft: Draft) -> None:
    """Take everything in that was seen, in the order in which it was seen."""
    for seen in draft.situation.evidence:
        if draft.it.state is State.ENDED:
            return
        if seen.kind is EvidenceKind.URGENCY:
            if seen.urgency is not None:
                _weigh(draft, seen.urgency)
            continue
        _acknowledge(draft, seen)
        if seen.kind is EvidenceKind.CLOSED:
            draft.change(state=State.ENDED)


def _acknowledge(draft: Draft, seen: Evidence) -> None:
    how = How.STATE if seen.kind is EvidenceKind.CLOSED else How(seen.kind.value)
    in_helpdesk = seen.kind in IN_THE_HELPDESK
    who = draft.name(seen.contact)
    if draft.it.state is State.ACKNOWLEDGED:
        _later(draft, seen, how, who, in_helpdesk=in_helpdesk)
        return
    if draft.it.state is State.RUNNING and draft.it.step is not None:
        draft.note(step_note(draft, "It was taken meanwhile."))
    police = seen.contact is not None and is_police(draft.find(seen.contact))
    draft.change(
        state=State.ACKNOWLEDGED,
        acknowledged_at=draft.now,
        acknowledged_by=seen.contact,
        acknowledged_how=how,
        active=in_helpdesk,
        extra_until=None,
        held_since=None,
        reminding=False,
    )
    draft.note(taken_note(draft, who, how, seen.at))
    draft.calm()
    stop_all(draft)
    _inform(draft, who, but=seen.contact)
    if not police:
        _update(draft, who)


def _later(draft: Draft, seen: Evidence, how: How, who: str, *, in_helpdesk: bool) -> None:
    """Somebody has it already."""
    first = draft.it.acknowledged_by
    if first is not None and is_police(draft.find(first)) and not draft.it.active and seen.contact != first:
        _update(draft, who)
        draft.change(active=True)
    if not in_helpdesk and seen.contact != first:
        draft.note(also_taken_note(draft, who, how, seen.at))
    if in_helpdesk and not draft.it.active:
        draft.change(active=True)


def stop_all(draft: Draft) -> None:
    """Planned attempts are dropped, what rings is taken back. A call to law enforcement goes on, and so does one that
    was answered: whoever is on it hears who has the tip.
    """
    for attempt in draft.situation.attempts:
        unsent_police = attempt.purpose is Purpose.POLICE and attempt.progress is Progress.PLANNED
        if unsent_police or (attempt.purpose not in _STAYS and attempt.progress < Progress.ANSWERED):
            draft.cancel(attempt)


def _inform(draft: Draft, who: str, *, but: str | None) -> None:
    for contact in people_told(draft):
        way = quiet_way(draft, contact)
        if contact.contact_id != but and way is not None:
            draft.plan(contact, way, Purpose.INFORM, TOLD_FOR, about=who)


def _update(draft: Draft, who: str) -> None:
    """Law enforcement was called: now it hears that the school has responded, by mail where it has mail."""
    called: dict[str, set[Via]] = {}
    for attempt in draft.situation.attempts:
        if attempt.purpose is Purpose.POLICE and attempt.sends:
            called.setdefault(attempt.contact, set()).add(attempt.via)
    for contact_id, used in called.items():
        contact = draft.find(contact_id)
        if contact is not None:
            for way in ways(draft, contact, used - {Via.VOICE} or used):
                draft.plan(contact, way, Purpose.UPDATE, TOLD_FOR, about=who)


def _weigh(draft: Draft, urgency: Urgency) -> None:
    """The priority was changed in the helpdesk."""
    before = draft.it.urgency
    if urgency is before:
        return
    draft.change(urgency=urgency)
    words = (
        f"Escalation: somebody in the helpdesk has changed the priority from {before.word} to {urgency.word}."
    )
    if urgency > before:
        draft.asked_for = before is Urgency.ROUTINE
    elif urgency is Urgency.ROUTINE and draft.it.state in {State.RUNNING, State.EXHAUSTED, State.REVIEW}:
        words += " The calls stop."
        stop_all(draft)
        draft.calm()
        draft.change(state=State.WAITING, step=None, extra_until=None, held_since=None, reminding=False)
    draft.note(words)
