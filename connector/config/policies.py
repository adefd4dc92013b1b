"""The policies: from what stands in the file to steps that name contacts and channels that there are."""

from connector.config.contacts import Contacts
from connector.config.escalation_sections import ChannelKeys, EscalationKeys, PoliceKeys, PolicyKeys, StepKeys
from connector.config.problems import Problems, joined
from connector.domain.chain import Brake, PoliceRules, Policy, Step, Via
from connector.nearest import did_you_mean


def read_policies(
    problems: Problems, keys: EscalationKeys, contacts: Contacts, channels: ChannelKeys
) -> dict[str, Policy]:
    """The policies by name, every step looked at."""
    policies = {}
    for name, policy in keys.policies.items():
        path = joined("escalation.policies", name)
        for number, step in enumerate(policy.steps):
            _check(problems, joined(joined(path, "steps"), number), step, contacts, channels.usable)
        policies[name] = _policy(name, policy, contacts)
    return policies


def police_rules(keys: PoliceKeys) -> PoliceRules:
    """The rules that hold for every police step."""
    brake = Brake(keys.brake.count, keys.brake.within, keys.brake.hold)
    return PoliceRules(keys.warn_before, keys.extra_wait, brake)


def _check(problems: Problems, path: str, step: StepKeys, contacts: Contacts, usable: frozenset[Via]) -> None:
    if step.contact not in contacts.names:
        known = ", ".join(sorted(contacts.names))
        otherwise = f"name one of {known}" if known else "add it below contacts"
        remedy = did_you_mean(step.contact, contacts.names, otherwise)
        problems.add("CFG-E034", joined(path, "contact"), "there is no such contact", remedy)
    missing = [via.value for via in step.via if via not in usable]
    if missing:
        remedy = "set channels.twilio up for voice and sms, channels.email for email; or take it out"
        problems.add(
            "CFG-E057", joined(path, "via"), f"uses {', '.join(missing)}, which is not set up", remedy
        )


def _policy(name: str, keys: PolicyKeys, contacts: Contacts) -> Policy:
    return Policy(
        name=name,
        steps=tuple(
            Step(
                step.contact,
                tuple(dict.fromkeys(step.via)),
                step.wait,
                step.tries,
                step.gap,
                step.ring,
                police=step.contact in contacts.police,
            )
            for step in keys.steps
        ),
        grace=keys.grace,
        step_cap=keys.step_cap,
        max_age=keys.max_age,
        urgent_waits=keys.urgent_outside_hours == "wait",
        routine_reminder=keys.routine_reminder,
        activity_within=keys.activity_within,
        loop_after=keys.loop_after,
    )
