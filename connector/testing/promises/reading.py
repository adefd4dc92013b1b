"""Reading a ticket back: who wrote, to whom, and nobody's words taken for another's.

The most dangerous door.
"""

from connector.domain.relay import Verdict
from connector.plugin_api import (
    Audience,
    Author,
    HelpdeskPlugin,
    TicketGone,
    TicketState,
    Visibility,
)
from connector.testing.staff import StaffHands
from connector.testing.steps import (
    failure_of,
    follow_up,
    opened,
    our_note,
    the_article,
    verdict_on,
)


class Reading:
    """Promises of `read_ticket`."""

    def test_our_own_articles_never_read_as_a_persons(self, plugin: HelpdeskPlugin, reference: str) -> None:
        """Look at: by what we know our own articles.

        Taken for staff's, they would be sent to the reporter.
        """
        ticket_id = opened(plugin, reference).ticket_id
        plugin.add_article(ticket_id, follow_up(f"{reference}/1"))
        plugin.add_article(ticket_id, our_note(f"{reference}/hint/note"))
        plugin.confirm_relayed(ticket_id)
        articles = plugin.read_ticket(ticket_id).articles
        assert len(articles) >= 3
        assert {article.author for article in articles} <= {Author.CONNECTOR, Author.AUTOMATION}
        assert {verdict_on(article)[0] for article in articles} == {Verdict.OURS}

    def test_our_own_articles_read_back_with_their_references(
        self, plugin: HelpdeskPlugin, reference: str
    ) -> None:
        """Look at: whether the stored reference comes back unchanged, and from every kind of article."""
        ticket_id = opened(plugin, reference).ticket_id
        followed = plugin.add_article(ticket_id, follow_up(f"{reference}/1"))
        noted = plugin.add_article(ticket_id, our_note(f"{reference}/hint/note"))
        ticket = plugin.read_ticket(ticket_id)
        follow, note = the_article(ticket, followed), the_article(ticket, noted)
        assert ticket.articles[0].reference == f"{reference}/tip"
        assert (follow.reference, follow.author) == (f"{reference}/1", Author.CONNECTOR)
        assert (note.reference, note.author) == (f"{reference}/hint/note", Author.CONNECTOR)
        assert (note.visibility, note.audience) == (Visibility.INTERNAL, Audience.STAFF)

    def test_an_answer_from_staff_reads_as_a_person_speaking_to_the_reporter(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: the tables of article types and senders.

        What is missed here a reporter waits for in vain.
        """
        ticket_id = opened(plugin, reference).ticket_id
        article_id = staff.answer(ticket_id, "Are you safe now? \u00bfEst\u00e1s bien?")
        answer = the_article(plugin.read_ticket(ticket_id), article_id)
        assert (answer.author, answer.visibility) == (Author.PERSON, Visibility.PUBLIC)
        assert answer.audience is Audience.REPORTER
        assert (answer.written_on, answer.reference) == (ticket_id, None)
        assert verdict_on(answer) == (Verdict.RELAY, "Are you safe now? \u00bfEst\u00e1s bien?")

    def test_an_internal_note_from_staff_stays_inside(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: the flag for internal. This is the promise that must never break."""
        ticket_id = opened(plugin, reference).ticket_id
        article_id = staff.note(ticket_id, "I think it is Maria from 9b.")
        note = the_article(plugin.read_ticket(ticket_id), article_id)
        assert (note.author, note.visibility) == (Author.PERSON, Visibility.INTERNAL)
        assert note.audience is Audience.STAFF
        assert verdict_on(note)[0] is Verdict.UNMARKED_NOTE

    def test_an_internal_note_with_the_marker_reaches_the_reporter(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: what the platform makes of `@`: some turn it into a link or a mention in front of the
        text.
        """
        ticket_id = opened(plugin, reference).ticket_id
        article_id = staff.note(ticket_id, "@reporter Please tell us where.")
        note = the_article(plugin.read_ticket(ticket_id), article_id)
        assert note.visibility is Visibility.INTERNAL
        assert verdict_on(note) == (Verdict.RELAY, "Please tell us where.")

    def test_what_goes_to_a_third_party_is_not_addressed_to_the_reporter(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: article types; only what can have no other addressee may read as for the reporter."""
        ticket_id = opened(plugin, reference).ticket_id
        article_id = staff.write_elsewhere(ticket_id, "Dear parents, please call us.")
        article = the_article(plugin.read_ticket(ticket_id), article_id)
        assert article.audience is not Audience.REPORTER
        assert verdict_on(article)[0] in (Verdict.ELSEWHERE, Verdict.UNMARKED_NOTE)

    def test_articles_come_oldest_first_with_lasting_ids_and_aware_times(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: the order of the list, paging of articles, and the time zone of `created_at`."""
        ticket_id = opened(plugin, reference).ticket_id
        staff.answer(ticket_id, "First.")
        earlier = [article.article_id for article in plugin.read_ticket(ticket_id).articles]
        staff.let_time_pass()
        plugin.add_article(ticket_id, follow_up(f"{reference}/1"))
        last = staff.note(ticket_id, "Last.")
        articles = plugin.read_ticket(ticket_id).articles
        ids = [article.article_id for article in articles]
        assert ids[: len(earlier)] == earlier
        assert (ids[-1], len(set(ids))) == (last, len(earlier) + 2)
        assert all(article.created_at.utcoffset() is not None for article in articles)
        assert [article.created_at for article in articles] == sorted(
            article.created_at for article in articles
        )

    def test_a_closed_ticket_reads_as_closed(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: the state table; an unknown word must read UNKNOWN and never break the reading."""
        ticket_id = opened(plugin, reference).ticket_id
        staff.close(ticket_id)
        assert plugin.read_ticket(ticket_id).state is TicketState.CLOSED

    def test_a_ticket_that_somebody_took_reads_as_owned(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: the owner field, and which of its values mean nobody."""
        ticket_id = opened(plugin, reference).ticket_id
        staff.take(ticket_id)
        assert plugin.read_ticket(ticket_id).owned

    def test_reading_a_deleted_ticket_says_that_it_is_gone(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: the status for a deleted ticket; platforms with a bin still answer for what lies in it."""
        ticket_id = opened(plugin, reference).ticket_id
        staff.delete(ticket_id)
        failure_of(lambda: plugin.read_ticket(ticket_id), TicketGone)
