"""Contacts, policies and the rules for law enforcement, as they come out of a file."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector.config import Config
from connector.config.advice import advice
from connector.domain.chain import (
    Absence,
    AgencyContact,
    LiveRoster,
    PracticeRoster,
    StaffContact,
    StandIn,
    Step,
    Via,
)
from connector.plugin_api import Level

Load = Callable[..., Config]
Problems = Callable[..., dict[str, str]]

CHANNELS = """
channels:
  twilio: {account_sid: AC1, auth_token: "${TOKEN}", from: "+15055550100"}
  email: {host: 127.0.0.1, from: tips@example.org}
"""
POLICE = "name: Dispatch, role: law-enforcement, agency: PD, phone: '+15055550111', agreement: MoU, verified: 2026-10-01"
FIRST_OF_OCTOBER = date(2026, 10, 1)


def chain(contacts: str, steps: str) -> str:
    return f"{CHANNELS}\ncontacts: {{{contacts}}}\nescalation: {{policies: {{standard: {{steps: [{steps}]}}}}}}\n"


def test_a_chain_becomes_steps_with_their_contacts(load: Load, minimal: str) -> None:
    written = chain(
        "principal: {name: A. Principal, phone: '+1 505 555 0101', away: ['2026-12-21..2027-01-02']},"
        f"desk: {{{POLICE}}}",
        "{contact: principal, via: [voice, sms], wait: 4m, tries: 2}, {contact: desk, via: [voice]}",
    )
    config = load(
        minimal.replace("helpdesk: district}", "helpdesk: district, escalation: standard}") + written
    )

    first, second = config.policies["standard"].steps
    assert first == Step("principal", (Via.VOICE, Via.SMS), timedelta(minutes=4), 2)
    assert (second.contact, second.police) == ("desk", True)
    principal = config.staff["principal"]
    assert principal.phone == "+15055550101"
    assert principal.away == (Absence(date(2026, 12, 21), date(2027, 1, 2)),)
    assert config.agencies["desk"].verified == FIRST_OF_OCTOBER
    assert config.schools["north-high"].escalation == "standard"
    assert "0101" not in repr(config.staff)
    assert "0111" not in repr(config.agencies)


@pytest.mark.parametrize("missing", ["phone", "agency", "agreement", "verified"])
def test_law_enforcement_that_lacks_something_is_never_called_and_check_says_so(
    load: Load, minimal: str, missing: str
) -> None:
    less = ", ".join(part for part in POLICE.split(", ") if not part.startswith(f"{missing}:"))
    config = load(minimal + chain(f"desk: {{{less}}}", "{contact: desk, via: [voice]}"))

    assert config.agencies == {}
    assert config.policies["standard"].steps[0].police
    found = advice(config, FIRST_OF_OCTOBER)
    assert ("ESC-E001", Level.ERROR) in [(finding.finding_id, finding.level) for finding in found]
    assert any(missing in finding.what for finding in found)


@pytest.mark.parametrize(("days", "stale"), [(90, False), (91, True)], ids=["ninety days", "a day more"])
def test_scenario_67_a_verification_counts_for_ninety_days(
    load: Load, minimal: str, days: int, stale: bool
) -> None:
    config = load(minimal + chain(f"desk: {{{POLICE}}}", "{contact: desk, via: [voice]}"))
    found = advice(config, FIRST_OF_OCTOBER + timedelta(days=days))
    assert ("ESC-W002" in [finding.finding_id for finding in found]) is stale
    assert "desk" in config.agencies


@pytest.mark.parametrize(
    "number", ["911", "+1911", "112", "+112", "999", "+44999", "988", "+1988", "000", "12345"]
)
def test_scenario_61_an_emergency_number_is_refused(problems: Problems, minimal: str, number: str) -> None:
    police = POLICE.replace("+15055550111", number)
    found = problems(minimal + chain(f"desk: {{{police}}}", "{contact: desk, via: [voice]}"))
    assert found["contacts.desk.phone"] == "CFG-E051"


def test_scenario_61_a_toll_free_number_of_law_enforcement_is_refused(
    problems: Problems, minimal: str
) -> None:
    police = POLICE.replace("+15055550111", "+18005550111")
    found = problems(minimal + chain(f"desk: {{{police}}}", "{contact: desk, via: [voice]}"))
    assert found == {"contacts.desk.phone": "CFG-E052"}


@given(country=st.integers(1, 999), short=st.sampled_from(["911", "112", "999", "988", "110", "000"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_no_country_code_makes_an_emergency_number_an_ordinary_one(
    problems: Problems, minimal: str, country: int, short: str
) -> None:
    found = problems(f"{minimal}\ncontacts: {{a: {{name: A, phone: '+{country}{short}'}}}}")
    assert found["contacts.a.phone"] in {"CFG-E050", "CFG-E051"}


def test_short_times_and_ways_that_lead_nowhere_are_pointed_out(load: Load, minimal: str) -> None:
    config = load(
        minimal
        + chain(
            "mailer: {name: M, email: m@example.org}, caller: {name: C, phone: '+15055550102'}",
            "{contact: mailer, via: [voice]}, {contact: caller, via: [voice, email], wait: 5s}",
        )
    )
    found = {finding.finding_id for finding in advice(config, FIRST_OF_OCTOBER)}
    assert found == {"ESC-E002", "ESC-W001", "ESC-W003", "ESC-W004"}


def test_scenario_62_a_practice_roster_cannot_hold_law_enforcement() -> None:
    agency = AgencyContact("desk", "Dispatch", "+15055550111", None, "PD", "MoU", FIRST_OF_OCTOBER)
    staff = StaffContact("principal", "A. Principal", "+15055550101")
    assert LiveRoster({"principal": staff}, {"desk": agency}).find("desk") is agency
    assert PracticeRoster({"principal": staff}).find("desk") is None
    stand_in = StandIn("desk", "police (practice)", "+15055550111")
    assert PracticeRoster({}, {"desk": stand_in}).find("desk") is stand_in
    for fields in ({"staff": {"desk": agency}}, {"stand_ins": {"desk": agency}}):
        with pytest.raises(TypeError):
            PracticeRoster(**fields)  # type: ignore[arg-type]
