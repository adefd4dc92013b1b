"""Who would be reached when, if nobody answers: the planner, asked again and again, with time that costs nothing. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from connector.domain.chain import PoliceRules, Policy, Roster, Via
from connector.domain.escalating import Attempt, Escalation, Outcome, Progress, Purpose, State
from connector.domain.urgency import Urgency
from escalation.planner import decide
from escalation.school_time import SchoolTime
from escalation.situation import Decision, Situation

_SHOWN = (Purpose.STEP, Purpose.POLICE, Purpose.ROUTINE)
_MOST_DECISIONS = 1000


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One notification. `step` counts from 1; `at` has the school's offset."""

    step: int
    contact: str
    via: Via
    at: datetime


def preview(
    policy: Policy,
    rules: PoliceRules,
    roster: Roster,
    hours: SchoolTime,
    usable: frozenset[Via],
    urgency: Urgency,
    at: datetime,
) -> list[PreviewRow]:
    """The timeline of one way through the chain, every notification being accepted at once and answered by nobody."""
    wanted = Escalation("preview", "preview", "preview", urgency, at, due_at=at)
    rows = []
    situation = Situation(wanted, policy, rules, roster, hours, usable)
    for now, decision in _decisions(situation):
        for planned in decision.planned:
            if planned.purpose in _SHOWN:
                step = 1 if planned.step is None else planned.step + 1
                rows.append(PreviewRow(step, planned.contact, planned.via, hours.local(now)))
    return rows


def _decisions(situation: Situation) -> Iterator[tuple[datetime, Decision]]:
    for _ in range(_MOST_DECISIONS):
        now = situation.escalation.due_at
        if now is None or situation.escalation.state is State.EXHAUSTED:
            return
        decision = decide(situation, now)
        yield now, decision
        made = tuple(_accepted(situation, decision, number, now) for number in range(len(decision.planned)))
        situation = replace(situation, escalation=decision.after, attempts=(*situation.attempts, *made))
        # What the provider has accepted at once changes the deadline at once.
        if made and decision.after.state is State.RUNNING:
            situation = replace(situation, escalation=replace(decision.after, due_at=now))


def _accepted(situation: Situation, decision: Decision, number: int, now: datetime) -> Attempt:
    planned = decision.planned[number]
    return Attempt(
        attempt_id=f"{len(situation.attempts) + number}",
        escalation_id="preview",
        case_id="preview",
        entry=planned.entry,
        step=planned.step,
        contact=planned.contact,
        via=planned.via,
        purpose=planned.purpose,
        tried=planned.tried,
        created_at=now,
        expires_at=planned.expires_at,
        destination=planned.to,
        progress=Progress.ENDED,
        outcome=Outcome.NO_ANSWER if planned.via is Via.VOICE else Outcome.SENT,
        sends=1,
        sent_at=now,
        accepted_at=now,
        ended_at=now,
    )
