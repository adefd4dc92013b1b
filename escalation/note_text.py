"""The words of the notes that escalation leaves in a ticket. Pure; all in here."""

from collections.abc import Sequence
from datetime import datetime

from connector.domain.chain import Via
from connector.domain.escalating import Attempt, How, Outcome, Progress
from escalation.situation import Draft

_BY = {Via.VOICE: "call", Via.SMS: "text", Via.EMAIL: "mail"}
_WORDS = {
    Outcome.ACKNOWLEDGED: "taken",
    Outcome.PASSED_ON: "passed on by key",
    Outcome.UNCONFIRMED: "answered, nobody pressed a key",
    Outcome.MACHINE: "answering machine",
    Outcome.BUSY: "busy",
    Outcome.NO_ANSWER: "no answer",
    Outcome.DELIVERED: "delivered",
    Outcome.SENT: "sent",
    Outcome.FAILED: "the provider could not",
    Outcome.REFUSED: "refused for good, see the contact's number or address",
    Outcome.CANCELLED: "taken back",
    Outcome.EXPIRED: "not sent in time",
}
_HOW = {
    How.ARTICLE: "by writing in the ticket",
    How.STATE: "by changing the ticket's state",
    How.OWNER: "by becoming its owner",
    How.KEY: "by key on the phone",
    How.LINK: "by link",
    How.SMS: "by text",
}


def step_note(draft: Draft, ending: str) -> str:
    """One step: when, whom, how, what came of it, and what now."""
    number = 0 if draft.it.step is None else draft.it.step + 1
    began = draft.clock(draft.it.began_at or draft.now)
    who = draft.name(draft.policy.steps[number - 1].contact) if number else "nobody"
    kind = "reminder" if draft.it.reminding else f"step {number} of {len(draft.policy.steps)}"
    return f"Escalation, {kind}, begun {began}: {who}. {results(draft.mine())} {ending}"


def results(attempts: Sequence[Attempt]) -> str:
    """What came of each attempt."""
    if not attempts:
        return "Nothing was sent."
    ways = list(_BY)
    ordered = sorted(attempts, key=lambda attempt: (ways.index(attempt.via), attempt.tried))
    return "; ".join(_result(attempt) for attempt in ordered).capitalize() + "."


def _result(attempt: Attempt) -> str:
    again = f" {attempt.tried}" if attempt.tried > 1 else ""
    if attempt.outcome is not None:
        said = _WORDS[attempt.outcome]
    elif attempt.progress is Progress.PLANNED:
        said = "not sent yet"
    elif attempt.progress is Progress.SENDING:
        said = "it is not known yet whether the provider has it"
    elif attempt.progress is Progress.ANSWERED:
        said = "answered"
    else:
        said = "accepted by the provider, no result yet"
    doubt = " (possibly twice: an earlier request was never answered)" if attempt.doubtful else ""
    return f"{_BY[attempt.via]}{again}: {said}{doubt}"


def taken_note(draft: Draft, who: str, how: How, at: datetime) -> str:
    """Somebody has it."""
    return f"Escalation: taken by {who} {_HOW[how]}, {draft.clock(at)}. Nobody else is called."


def also_taken_note(draft: Draft, who: str, how: How, at: datetime) -> str:
    """Somebody else wanted it as well."""
    first = draft.name(draft.it.acknowledged_by)
    return f"Escalation: {who} also answered {_HOW[how]}, {draft.clock(at)}; {first} was first."
