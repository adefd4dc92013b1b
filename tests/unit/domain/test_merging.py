"""Whose reporter an article belongs to, once tickets were merged."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from connector.domain.merging import Homed, KnownMerge, recipients, ticket_at
from connector.domain.ticket import Article, Audience, Author, Visibility

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOMES = (Homed("case-a", "1"), Homed("case-b", "2"))
MERGED_AT_NOON = (KnownMerge("1", "2", NOON),)


def written(on: str | None, minutes: int) -> Article:
    at = NOON + timedelta(minutes=minutes)
    return Article("9", on, Author.PERSON, Visibility.PUBLIC, Audience.REPORTER, at)


def test_what_was_written_before_the_merge_stays_with_its_own_case() -> None:
    assert recipients(written("1", -5), HOMES, MERGED_AT_NOON) == ("case-a",)
    assert recipients(written("2", -5), HOMES, MERGED_AT_NOON) == ("case-b",)


def test_what_is_written_after_the_merge_goes_to_both() -> None:
    assert recipients(written("2", 5), HOMES, MERGED_AT_NOON) == ("case-a", "case-b")


def test_what_cannot_be_placed_goes_to_nobody() -> None:
    assert recipients(written(None, 5), HOMES, MERGED_AT_NOON) == ()


def test_what_is_written_on_the_merged_away_ticket_after_the_merge_goes_to_nobody() -> None:
    assert recipients(written("1", 5), HOMES, MERGED_AT_NOON) == ()


def test_a_merge_into_a_ticket_that_is_not_ours_is_followed() -> None:
    merges = (KnownMerge("1", "foreign", NOON),)
    assert recipients(written("foreign", -5), HOMES, merges) == ()
    assert recipients(written("foreign", 5), HOMES, merges) == ("case-a",)


def test_a_chain_of_merges_is_followed_in_the_order_of_time() -> None:
    merges = (KnownMerge("2", "3", NOON + timedelta(minutes=10)), KnownMerge("1", "2", NOON))
    assert ticket_at("1", merges, NOON + timedelta(minutes=5)) == "2"
    assert ticket_at("1", merges, NOON + timedelta(minutes=15)) == "3"


@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(-60, 60)), max_size=6),
    st.integers(-90, 90),
    st.integers(1, 6),
)
def test_an_article_reaches_only_cases_that_lay_in_its_ticket_at_that_time(
    raw: list[tuple[int, int, int]], minute: int, ticket: int
) -> None:
    merges = tuple(
        KnownMerge(str(source), str(target), NOON + timedelta(minutes=at))
        for source, target, at in raw
        if source != target
    )
    homes = tuple(Homed(f"case-{number}", str(number)) for number in range(1, 7))
    article = written(str(ticket), minute)
    for case_id in recipients(article, homes, merges):
        home = next(home for home in homes if home.case_id == case_id)
        assert ticket_at(home.ticket_id, merges, article.created_at) == str(ticket)
