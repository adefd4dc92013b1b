"""Who can be reached, by what, and why a step is passed over. Pure."""

from collections.abc import Iterable

from connector.domain.chain import Contact, Policy, StaffContact, Step, Via
from connector.domain.escalating import FINAL_AT_PROVIDER, Outcome, Purpose
from connector.domain.urgency import Urgency
from escalation.situation import CONTACT_AWAY, CONTACT_UNREACHABLE, Draft, is_police

POLICE_LAPS = 3
"""How often one case may have law enforcement called."""
ASKED = (Purpose.STEP, Purpose.REMINDER)


def passed_over(draft: Draft, step: Step) -> tuple[str, str | None] | None:
    """Why a step is passed over, in words, and the alarm that goes with it; None where it is not."""
    contact = draft.find(step.contact)
    if step.contact in draft.it.left_out:
        return "the tip may be about this contact", None
    if step.police and draft.it.urgency is not Urgency.EMERGENCY:
        return "only an emergency reaches law enforcement", None
    if step.police and draft.it.police_laps >= POLICE_LAPS:
        return f"it has been tried {POLICE_LAPS} times", None
    if contact is None:
        return ("law enforcement is not set up" if step.police else "there is no such contact"), None
    return _not_there(draft, contact, step)


def _not_there(draft: Draft, contact: Contact, step: Step) -> tuple[str, str] | None:
    if is_away(draft, contact):
        return "away", CONTACT_AWAY
    if not ways(draft, contact, step.via):
        return "cannot be reached by any of " + ", ".join(via.value for via in step.via), CONTACT_UNREACHABLE
    return None


def is_away(draft: Draft, contact: Contact) -> bool:
    """Whether a contact is away today, by the school's calendar."""
    today = draft.situation.hours.local(draft.now).date()
    return isinstance(contact, StaffContact) and contact.is_away(today)


def ways(draft: Draft, contact: Contact, via: Iterable[Via]) -> list[Via]:
    """By which of these a contact can be reached."""
    return [one for one in via if one in draft.situation.usable and contact.address(one) is not None]


def quiet_way(draft: Draft, contact: Contact, order: tuple[Via, ...] = (Via.SMS, Via.EMAIL)) -> Via | None:
    """A way that rings nobody out of bed."""
    return next(iter(ways(draft, contact, order)), None)


def next_is_police(draft: Draft) -> bool:
    """Whether the step after the present one, as things stand, is law enforcement."""
    following = draft.policy.steps[(-1 if draft.it.step is None else draft.it.step) + 1 :]
    first = next((step for step in following if passed_over(draft, step) is None), None)
    return first is not None and first.police


def people_told(draft: Draft) -> list[Contact]:
    """The people of the school of whom a provider has accepted something in this episode, each once, in order."""
    told: dict[str, Contact] = {}
    for attempt in draft.situation.attempts:
        contact = draft.find(attempt.contact)
        if attempt.purpose in ASKED and attempt.accepted_at is not None and contact is not None:
            told[attempt.contact] = contact
    return [contact for contact in told.values() if not is_police(contact)]


def people_tried(draft: Draft) -> set[str]:
    """The people of the school with an attempt of which the provider has told the end."""
    return {
        attempt.contact
        for attempt in draft.situation.attempts
        if attempt.purpose in ASKED and attempt.outcome in FINAL_AT_PROVIDER
    }


def is_hopeless(draft: Draft) -> bool:
    """Whether everything that the step has tried was refused for good."""
    mine = draft.mine()
    return bool(mine) and all(attempt.outcome is Outcome.REFUSED for attempt in mine)


def first_to_notice(draft: Draft, policy: Policy) -> tuple[Contact, Via] | None:
    """Who is told of a routine tip, and by what: a mail, else a text, to the first who is there."""
    for step in policy.steps:
        contact = draft.find(step.contact)
        if contact is None or step.police or step.contact in draft.it.left_out:
            continue
        if is_away(draft, contact):
            continue
        way = quiet_way(draft, contact, (Via.EMAIL, Via.SMS))
        if way is not None:
            return contact, way
    return None
