"""What reaches the reporter. Each test is a way in which a word could go where it must not."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.domain.relay import Marker, Verdict, judge
from connector.domain.ticket import Article, Audience, Author, Visibility

MOMENT = datetime(2026, 11, 24, 8, tzinfo=UTC)
MARKER = Marker()


def article(
    author: Author = Author.PERSON,
    visibility: Visibility = Visibility.PUBLIC,
    audience: Audience = Audience.REPORTER,
) -> Article:
    return Article("1", "7", author, visibility, audience, MOMENT)


def test_what_a_person_wrote_publicly_to_the_reporter_is_relayed() -> None:
    assert judge(article(), "Are you safe?", MARKER) == (Verdict.RELAY, "Are you safe?")


def test_an_internal_note_stays_inside() -> None:
    note = article(visibility=Visibility.INTERNAL, audience=Audience.STAFF)
    assert judge(note, "I think it is Maria", MARKER) == (Verdict.UNMARKED_NOTE, "")


@pytest.mark.parametrize(
    "text", ["@reporter Are you safe?", "@Reporter: Are you safe?", "\n @REPORTER\nAre you safe?"]
)
def test_an_internal_note_that_begins_with_the_marker_is_relayed_without_it(text: str) -> None:
    note = article(visibility=Visibility.INTERNAL, audience=Audience.STAFF)
    assert judge(note, text, MARKER) == (Verdict.RELAY, "Are you safe?")


@pytest.mark.parametrize(
    "text", ["see @reporter", "@reporters are anonymous", "@reporter_name unknown", "reporter hi"]
)
def test_a_marker_elsewhere_or_in_another_word_relays_nothing(text: str) -> None:
    note = article(visibility=Visibility.INTERNAL, audience=Audience.STAFF)
    assert judge(note, text, MARKER)[0] is Verdict.UNMARKED_NOTE


def test_a_mail_to_somebody_else_is_not_relayed_even_with_the_marker() -> None:
    mail = article(audience=Audience.ELSEWHERE)
    assert judge(mail, "@reporter hello", MARKER) == (Verdict.ELSEWHERE, "")


def test_an_internal_mail_to_somebody_else_is_not_relayed_even_with_the_marker() -> None:
    mail = article(visibility=Visibility.INTERNAL, audience=Audience.ELSEWHERE)
    assert judge(mail, "@reporter hello", MARKER)[0] is Verdict.UNMARKED_NOTE


@given(
    st.sampled_from([author for author in Author if author is not Author.PERSON]),
    st.sampled_from(list(Visibility)),
    st.sampled_from(list(Audience)),
    st.text(),
)
def test_nothing_that_no_person_wrote_is_ever_relayed(
    author: Author, visibility: Visibility, audience: Audience, text: str
) -> None:
    assert judge(article(author, visibility, audience), f"@reporter {text}", MARKER)[0] is not Verdict.RELAY


def test_a_marker_in_a_public_note_is_taken_off() -> None:
    assert judge(article(), "@reporter hello", MARKER) == (Verdict.RELAY, "hello")
