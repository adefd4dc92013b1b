"""What `tipbridge check` says of a contact chain that can be loaded and still would not do what somebody hopes."""

from collections.abc import Iterator
from datetime import date, timedelta

from connector.config.model import Config
from connector.domain.chain import Policy, Step
from connector.plugin_api import Finding, Level

VERIFIED_FOR = timedelta(days=90)
"""So long the last verification of a line of law enforcement counts. After that it is still called, with an alarm."""
SHORT = timedelta(seconds=30)
"""A shorter time is for demonstrations: nobody reaches a phone so quickly."""


def advice(config: Config, today: date) -> list[Finding]:
    """Findings about schools, policies and contacts."""
    found = [*config.contact_findings]
    for school in config.schools.values():
        if school.escalation is None:
            what = f"schools.{school.id}: nobody is called when a tip is not answered"
            found.append(Finding("ESC-W001", Level.WARNING, what, "name a policy under escalation"))
    for name in stale_agencies(config, today):
        what = f"contacts.{name}: was verified more than {VERIFIED_FOR.days} days ago"
        found.append(
            Finding("ESC-W002", Level.WARNING, what, "call the agency, and write the day of the call")
        )
    for policy in config.policies.values():
        found += _about_policy(config, policy)
    return found


def stale_agencies(config: Config, today: date) -> list[str]:
    """The contacts of law enforcement whose verification is too old."""
    return [name for name, contact in config.agencies.items() if today - contact.verified > VERIFIED_FOR]


def _about_policy(config: Config, policy: Policy) -> Iterator[Finding]:
    for number, step in enumerate(policy.steps, start=1):
        where = f"escalation.policies.{policy.name}: step {number}"
        if min(step.wait, step.gap) < SHORT:
            yield Finding("ESC-W003", Level.WARNING, f"{where} waits less than 30 s", "give people more time")
        yield from _about_reach(config, step, where)


def _about_reach(config: Config, step: Step, where: str) -> Iterator[Finding]:
    contact = config.staff.get(step.contact) or config.agencies.get(step.contact)
    if contact is None:
        return
    without = [via.value for via in step.via if contact.address(via) is None]
    if len(without) == len(step.via):
        what = f"{where} can reach {step.contact} by nothing that it names"
        yield Finding("ESC-E002", Level.ERROR, what, "add a phone or email to the contact, or change via")
    elif without:
        what = f"{where} cannot reach {step.contact} by {', '.join(without)}"
        yield Finding("ESC-W004", Level.WARNING, what, "add what is missing to the contact, or change via")
