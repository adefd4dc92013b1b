"""Plugins with one fault each, all of them faults that real plugins have had."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from connector.plugin_api import (
    Article,
    Audience,
    Author,
    CleanFile,
    Merge,
    NewArticle,
    NewTicket,
    PermanentFailure,
    RemoteFile,
    Ticket,
    TicketChange,
    TicketGone,
    TicketRef,
    UnreadableWebhook,
    Visibility,
    WebhookDelivery,
)
from tests.kit.reference import ReferencePlugin
from tests.kit.settings import ref
from tests.kit.world import StoredArticle


class LooksBeforeItCreates(ReferencePlugin):
    """Takes a look for uniqueness."""

    _both_have_looked = threading.Barrier(2)

    def open_ticket(self, ticket: NewTicket) -> TicketRef:
        found = self.find_ticket(ticket.reference)
        if threading.current_thread() is not threading.main_thread():
            self._both_have_looked.wait(timeout=10)
        with self._asking():
            return found or self._create(ticket)


class FindsByWildcard(ReferencePlugin):
    """Searches as a search box does."""

    def find_ticket(self, reference: str) -> TicketRef | None:
        with self._asking():
            tickets = self._world.tickets.values()
            return next((ref(ticket) for ticket in tickets if reference in ticket.reference), None)


class TakesItselfForAPerson(ReferencePlugin):
    """Knows people by not being a machine."""

    def as_read(self, article: StoredArticle) -> Article:
        return replace(super().as_read(article), author=Author.PERSON)


class MissesTheInternalFlag(ReferencePlugin):
    """Reads every note as an answer."""

    def as_read(self, article: StoredArticle) -> Article:
        return replace(super().as_read(article), visibility=Visibility.PUBLIC, audience=Audience.REPORTER)


class TakesLettersForAnswers(ReferencePlugin):
    """What is not internal must be for the reporter."""

    def as_read(self, article: StoredArticle) -> Article:
        read = super().as_read(article)
        elsewhere = read.audience is Audience.ELSEWHERE
        return replace(read, audience=Audience.REPORTER) if elsewhere else read


class TidiesFiles(ReferencePlugin):
    """Sends files as text."""

    def open_ticket(self, ticket: NewTicket) -> TicketRef:
        files = tuple(_tidied(file) for file in ticket.first.files)
        return super().open_ticket(replace(ticket, first=replace(ticket.first, files=files)))


class PollsFromAfterTheMoment(ReferencePlugin):
    """Greater than, where it should be at least."""

    def changes_since(self, moment: datetime) -> Iterator[TicketChange]:
        return (change for change in super().changes_since(moment) if change.changed_at > moment)


class ListsTheNewestFirst(ReferencePlugin):
    """As most platforms do unasked."""

    def changes_since(self, moment: datetime) -> Iterator[TicketChange]:
        return reversed(list(super().changes_since(moment)))


class ReadsOnlyTheFirstPage(ReferencePlugin):
    """Two to a page."""

    def changes_since(self, moment: datetime) -> Iterator[TicketChange]:
        return iter(list(super().changes_since(moment))[:2])


class ParsesBeforeTheProof(ReferencePlugin):
    """Reads first and asks later."""

    def read_webhook(self, delivery: WebhookDelivery) -> tuple[str, ...]:
        if not delivery.body.startswith(b'{"ticket"'):
            raise UnreadableWebhook("not a delivery of this platform")
        return super().read_webhook(delivery)


class PrintsItsToken(ReferencePlugin):
    """A helpful repr."""

    def __repr__(self) -> str:
        return f"<CrookedPlugin token={self._token.get_secret_value()}>"


class FetchesAnySize(ReferencePlugin):
    """Leaves the limit to others."""

    def download(self, file: RemoteFile, *, limit: int) -> bytes:
        return super().download(file, limit=10**9)


class ForgetsWhereItWasWritten(ReferencePlugin):
    """After a merge, all belongs to the ticket that is left."""

    def read_ticket(self, ticket_id: str) -> Ticket:
        ticket = super().read_ticket(ticket_id)
        articles = tuple(replace(article, written_on=ticket_id) for article in ticket.articles)
        return replace(ticket, articles=articles)


class DatesMergesByItsOwnClock(ReferencePlugin):
    """Our clock is an hour ahead of the platform's."""

    def read_ticket(self, ticket_id: str) -> Ticket:
        ticket = super().read_ticket(ticket_id)
        merges = tuple(Merge(merge.source, merge.at + timedelta(hours=1)) for merge in ticket.merges)
        return replace(ticket, merges=merges)


class SetsAsideWhatIsGone(ReferencePlugin):
    """Says only that it failed."""

    def add_article(self, ticket_id: str, article: NewArticle) -> str:
        try:
            return super().add_article(ticket_id, article)
        except TicketGone:
            raise PermanentFailure("404") from None


class LeavesClosedWhatWasClosed(ReferencePlugin):
    """Does not know reopening."""

    def add_article(self, ticket_id: str, article: NewArticle) -> str:
        return super().add_article(ticket_id, replace(article, reopen=False))


class LetsLibrariesSpeak(ReferencePlugin):
    """Raises what its library raises."""

    def read_ticket(self, ticket_id: str) -> Ticket:
        if not self._world.up:
            raise ConnectionError("refused")
        return super().read_ticket(ticket_id)


class QuotesTheTip(ReferencePlugin):
    """A message with all that could help, and more."""

    def open_ticket(self, ticket: NewTicket) -> TicketRef:
        try:
            return super().open_ticket(ticket)
        except Exception as failure:
            failure.args = (f"could not open a ticket with {ticket.first.body!r}",)
            raise


class CountsItsOwnReadings(ReferencePlugin):
    """A version that reading changes."""

    def read_ticket(self, ticket_id: str) -> Ticket:
        with self._asking():
            self._world.touch(self._world.ticket(ticket_id))
        return super().read_ticket(ticket_id)


def _tidied(file: CleanFile) -> CleanFile:
    return replace(file, content=file.data.replace(b"\r\n", b"\n").replace(b"\x00", b""))


CAUGHT_BY: dict[type[ReferencePlugin], set[str]] = {
    LooksBeforeItCreates: {"test_two_openings_at_the_same_time_yield_one_ticket"},
    FindsByWildcard: {"test_a_reference_is_never_matched_in_part"},
    TakesItselfForAPerson: {
        "test_our_own_articles_never_read_as_a_persons",
        "test_our_own_articles_read_back_with_their_references",
        "test_a_merge_makes_no_persons_words_out_of_ours",
    },
    MissesTheInternalFlag: {
        "test_an_internal_note_from_staff_stays_inside",
        "test_an_internal_note_with_the_marker_reaches_the_reporter",
        "test_our_own_articles_read_back_with_their_references",
        "test_an_answer_turned_internal_is_taken_back_and_returned",
        "test_what_goes_to_a_third_party_is_not_addressed_to_the_reporter",
    },
    TakesLettersForAnswers: {"test_what_goes_to_a_third_party_is_not_addressed_to_the_reporter"},
    TidiesFiles: {"test_files_of_a_tip_arrive_byte_for_byte"},
    PollsFromAfterTheMoment: {
        "test_a_new_ticket_is_listed_from_its_own_moment_on",
        "test_what_staff_do_is_listed_with_a_later_time_and_another_version",
        "test_the_version_listed_is_the_version_read",
        "test_every_change_is_listed_across_pages_oldest_first",
        "test_a_listed_change_carries_our_reference_where_twins_can_arise",
    },
    ListsTheNewestFirst: {"test_every_change_is_listed_across_pages_oldest_first"},
    ReadsOnlyTheFirstPage: {"test_every_change_is_listed_across_pages_oldest_first"},
    ParsesBeforeTheProof: {
        "test_the_proof_comes_before_the_meaning",
    },
    PrintsItsToken: {"test_no_secret_is_shown_by_the_plugin_or_its_settings"},
    FetchesAnySize: {"test_a_file_over_the_limit_is_not_fetched"},
    ForgetsWhereItWasWritten: {"test_an_answer_from_before_a_merge_reaches_no_other_reporter"},
    DatesMergesByItsOwnClock: {"test_an_answer_from_after_a_merge_reaches_both_reporters"},
    SetsAsideWhatIsGone: {"test_adding_to_a_deleted_ticket_says_that_it_is_gone"},
    LeavesClosedWhatWasClosed: {"test_a_follow_up_reopens_a_closed_ticket"},
    LetsLibrariesSpeak: {
        "test_an_unreachable_helpdesk_is_a_temporary_failure",
    },
    QuotesTheTip: {
        "test_an_unreachable_helpdesk_is_a_temporary_failure",
        "test_a_refused_token_is_the_operators_to_mend",
    },
    CountsItsOwnReadings: {
        "test_an_unchanged_ticket_keeps_its_version",
        "test_the_version_listed_is_the_version_read",
        "test_a_check_changes_nothing_and_writes_to_nobody",
    },
}
"""Each crooked plugin with the promises that must fail for it, and no others."""
