"""The schools, and the helpdesk that each leans on."""

from collections.abc import Collection

from connector.config.model import School
from connector.config.problems import joined
from connector.config.reading import Reading
from connector.config.sections import SchoolKeys
from connector.nearest import did_you_mean

NOT_BUILT = ("routes", "hours", "holidays")
"""Settings of a school that belong to later versions."""


def read_schools(
    reading: Reading, data: object, helpdesks: Collection[str], policies: Collection[str]
) -> dict[str, School]:
    """The schools in the order of the file. `helpdesks` and `policies` are what they may name."""
    schools = {}
    for name, entry in reading.entries(data, "schools").items():
        path = joined("schools", name)
        block = reading.block(entry, path)
        if block is not None:
            school = _school(reading, name, block, path, helpdesks, policies)
            if school is not None:
                schools[name] = school
    return schools


def _school(
    reading: Reading,
    name: str,
    block: dict[str, object],
    path: str,
    helpdesks: Collection[str],
    policies: Collection[str],
) -> School | None:
    keys = reading.section(SchoolKeys, reading.not_built(block, NOT_BUILT, path), path, also_known=NOT_BUILT)
    if keys is None:
        return None
    if keys.helpdesk not in helpdesks:
        otherwise = f"name one of {', '.join(sorted(helpdesks))}" if helpdesks else "add it below helpdesks"
        remedy = did_you_mean(keys.helpdesk, helpdesks, otherwise)
        reading.problems.add("CFG-E034", joined(path, "helpdesk"), "there is no such helpdesk", remedy)
    if keys.escalation != "none" and keys.escalation not in policies:
        remedy = did_you_mean(keys.escalation, policies, "write none, or add it below escalation.policies")
        reading.problems.add("CFG-E034", joined(path, "escalation"), "there is no such policy", remedy)
    policy = None if keys.escalation == "none" else keys.escalation
    return School(name, keys.name, keys.timezone, keys.helpdesk, policy)
