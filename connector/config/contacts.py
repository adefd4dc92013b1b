"""The contacts: staff, and law enforcement where everything is there that it takes."""

from dataclasses import dataclass, field
from typing import Any

from connector.config.escalation_sections import ContactKeys
from connector.config.phones import is_toll_free
from connector.config.problems import joined
from connector.config.reading import Reading
from connector.domain.chain import AgencyContact, StaffContact
from connector.plugin_api import Finding, Level

NEEDED = ("phone", "agency", "agreement", "verified")
"""What a contact of law enforcement must have besides its name."""


@dataclass(slots=True)
class Contacts:
    """The contacts by id. `police` are the ids with that role, also of those that are not set up whole."""

    staff: dict[str, StaffContact] = field(default_factory=dict)
    agencies: dict[str, AgencyContact] = field(default_factory=dict)
    police: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def read_contacts(reading: Reading, data: object) -> Contacts:
    """The contacts in the order of the file."""
    contacts = Contacts()
    for name, entry in reading.entries(data, "contacts").items():
        contacts.names.add(name)
        path = joined("contacts", name)
        if isinstance(entry, dict) and entry.get("role") == "law-enforcement":
            contacts.police.add(name)
        keys = reading.section(ContactKeys, entry, path)
        if keys is not None:
            _add(reading, contacts, name, keys, path)
    return contacts


def _add(reading: Reading, contacts: Contacts, name: str, keys: ContactKeys, path: str) -> None:
    if keys.role == "staff":
        _refuse_police_fields(reading, keys, path)
        if keys.phone is None and keys.email is None:
            reading.problems.add("CFG-E055", path, "has neither phone nor email", "add one of them")
        contacts.staff[name] = StaffContact(name, keys.name, keys.phone, keys.email, keys.away)
        return
    if keys.phone is not None and is_toll_free(keys.phone):
        what = "is toll-free, and of law enforcement"
        reading.problems.add(
            "CFG-E052",
            joined(path, "phone"),
            what,
            "write the number of the line that the agency has named",
        )
    agency = _agency(name, keys)
    if agency is not None:
        contacts.agencies[name] = agency
        return
    missing = ", ".join(key for key in NEEDED if getattr(keys, key) is None)
    what = f"{path}: {missing} is missing, so law enforcement is never called"
    contacts.findings.append(Finding("ESC-E001", Level.ERROR, what, "agree on it with the agency and add it"))


def _agency(name: str, keys: ContactKeys) -> AgencyContact | None:
    if keys.phone is None or keys.agency is None or keys.agreement is None or keys.verified is None:
        return None
    return AgencyContact(name, keys.name, keys.phone, keys.email, keys.agency, keys.agreement, keys.verified)


def _refuse_police_fields(reading: Reading, keys: ContactKeys, path: str) -> None:
    given: dict[str, Any] = {name: getattr(keys, name) for name in ("agency", "agreement", "verified")}
    for name, value in given.items():
        if value is not None:
            remedy = "add role: law-enforcement, or take it out"
            reading.problems.add("CFG-E056", joined(path, name), "is for law enforcement only", remedy)
