"""A phone number, mail address or full name that staff are not to have leaves in no word of the tip either."""

import re
import secrets
from typing import Any

import pytest

from connector.cleaning.text.folding import folded
from tests.canary import found_in
from tests.harness import Harness
from tests.harness_fixtures import MakeHarness
from tests.memory_desk import MemoryDesk
from tests.pages import Browser
from tests.stored import everything_stored
from tests.vaulted import CONTACT, Vaulted

MARKS = ("5550142", "kanarienvogel", "canary.example.org")
WORDS = (
    "I am MARIA  KANARIENVOGEL, call +1 (505) 555-0142 or \uff15\uff10\uff15 \uff15\uff15\uff15 \uff10\uff11\uff14\uff12 "
    "or Maria@Canary.Example.org. Jake Miller (212-555-0187, jake@miller.example) hits Maria Lopez."
)
ELSEWHERE: dict[str, Any] = {
    "where": "call 5 0 5 5 5 5 0 1 4 2",
    "when": "Kanarienvogel, Maria knows",
    "who": "not maria @ canary.example.org",
}
EVIDENCE = ("Jake Miller", "212-555-0187", "jake@miller.example", "Maria Lopez")


@pytest.fixture
def harness(make_harness: MakeHarness, memory_desk: MemoryDesk) -> Harness:
    """One helpdesk is enough: no helpdesk sees what is not in the ticket."""
    return make_harness(memory_desk)


def left_in(harness: Harness) -> list[str]:
    """The marks of the reporter that are in anything that left or is stored, in whatever grouping or case."""
    received = harness.desk.received().decode("utf-8", "replace")
    stored = everything_stored(harness.app.store, harness.directory)
    logged = repr(harness.logs.events)
    plain = re.sub(r"[\W_]", "", folded(received + logged))
    marks = [mark for mark in MARKS if re.sub(r"[\W_]", "", mark) in plain]
    return marks + found_in(stored, (*MARKS, *CONTACT.values()))


@pytest.mark.parametrize("share", ["no", None])
def test_sent_by_an_app(harness: Harness, share: str | None) -> None:
    reporter = harness.reporter()
    fields: dict[str, Any] = {} if share is None else {"share_contact": share}
    answer = reporter.send(WORDS, contact=CONTACT, **ELSEWHERE, **fields)
    harness.settle()
    assert left_in(harness) == []
    body = harness.staff.look(harness.ticket_of(reporter)).articles[0].text
    assert body.count("[taken out]") == 7
    assert all(words in body for words in EVIDENCE)
    told = [WORDS[one["start"] : one["end"]] for one in answer["warnings"] if "take it out" in one["message"]]
    assert told[0] == "MARIA  KANARIENVOGEL"
    assert len(told) == 4


def test_sealed_for_the_custodians_and_in_no_words(vaulted: Vaulted) -> None:
    case = vaulted.tell(text=WORDS, contact=CONTACT, share_contact="vault", **ELSEWHERE)
    vaulted.harness.settle()
    assert left_in(vaulted.harness) == []
    identity = vaulted.identity_of(case)
    assert identity is not None
    assert identity["contact"] == CONTACT


def test_handed_to_staff_nothing_is_taken_out(harness: Harness) -> None:
    reporter = harness.reporter()
    answer = reporter.send(WORDS, contact=CONTACT, share_contact="staff", **ELSEWHERE)
    harness.settle()
    body = harness.staff.look(harness.ticket_of(reporter)).articles[0].text
    assert "[taken out]" not in body
    assert "call +1 (505) 555-0142 or 505 555 0142 or Maria@Canary.Example.org" in body
    assert not any("take it out" in one["message"] for one in answer["warnings"])


def test_sent_by_the_page(harness: Harness) -> None:
    browser = Browser(harness.url, harness.canary)
    browser.tell(WORDS, **ELSEWHERE)
    browser.press("Next", **dict.fromkeys(browser.names(), "keep"))
    browser.press("Send", share="no", **{f"contact_{name}": value for name, value in CONTACT.items()})
    assert "You gave this phone number as yours" in browser.words
    harness.settle()
    assert left_in(harness) == []
    body = harness.staff.look(harness.only_ticket()).articles[0].text
    assert all(words in body for words in EVIDENCE)


def test_the_reporters_own_copy_says_what_staff_read(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send("call 505-555-0142", contact=CONTACT)
    (message,) = reporter.inbox()["messages"]
    assert message["text"] == "call [taken out]"


def test_the_same_call_again_is_warned_the_same(harness: Harness) -> None:
    key = secrets.token_urlsafe(24)
    first = harness.reporter().send(WORDS, key=key, contact=CONTACT)
    assert harness.reporter().send(WORDS, key=key, contact=CONTACT) == first
    assert first["warnings"]


def test_what_is_written_later_goes_with_its_contact_to_staff(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send("a tip")
    harness.settle()
    words = "call 505-555-0142 \u200b and see https://youtu.be/a?si=me"
    assert reporter.write(words, contact={"phone": "505-555-0142"}).status_code == 202
    harness.settle()
    body = harness.staff.look(harness.ticket_of(reporter)).articles[-1].text
    assert "call 505-555-0142  and see https://youtu.be/a\n" in body + "\n"
