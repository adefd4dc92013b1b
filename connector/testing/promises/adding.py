"""Adding to a ticket: follow-ups, internal notes, quiet marks, twins."""

from connector.plugin_api import (
    Capabilities,
    CleanFile,
    HelpdeskPlugin,
    TicketGone,
    TicketState,
    Visibility,
)
from connector.testing.staff import StaffHands
from connector.testing.steps import (
    EVERY_BYTE,
    failure_of,
    follow_up,
    needs,
    opened,
    our_note,
)


class Adding:
    """Promises of `add_article`, `find_article`, `confirm_relayed` and `close_twin`."""

    def test_a_follow_up_arrives_as_a_public_article_with_its_files(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: the article's visibility, and that its id is the one that `add_article` returned."""
        ticket_id = opened(plugin, reference).ticket_id
        article = follow_up(f"{reference}/1", files=(CleanFile("photo-1.jpg", "image/jpeg", EVERY_BYTE),))
        article_id = plugin.add_article(ticket_id, article)
        seen = staff.look(ticket_id).articles[-1]
        assert (seen.article_id, seen.text.strip()) == (article_id, article.body)
        assert seen.visibility is Visibility.PUBLIC
        assert seen.files == {"photo-1.jpg": EVERY_BYTE}

    def test_an_internal_note_of_ours_arrives_as_internal(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: the flag for internal; some platforms take an absent flag for public."""
        ticket_id = opened(plugin, reference).ticket_id
        article_id = plugin.add_article(ticket_id, our_note(f"{reference}/hint/note"))
        seen = staff.look(ticket_id).articles[-1]
        assert (seen.article_id, seen.visibility) == (article_id, Visibility.INTERNAL)

    def test_our_article_is_found_by_exactly_its_reference(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: where the reference of an article is stored.

        A repeat after an unknown outcome looks here first.
        """
        ticket_id = opened(plugin, reference).ticket_id
        article_id = plugin.add_article(ticket_id, follow_up(f"{reference}/ab12"))
        staff.answer(ticket_id, f"You wrote {reference}/ab1 and {reference}/zz99.")
        assert plugin.find_article(ticket_id, f"{reference}/ab12") == article_id
        for other in (f"{reference}/ab1", f"{reference}/ab123", f"{reference}/zz99", reference):
            assert plugin.find_article(ticket_id, other) is None, (
                "an article was found by a reference it has not"
            )

    def test_an_article_is_not_found_in_another_ticket(self, plugin: HelpdeskPlugin, reference: str) -> None:
        """Look at: whether the search is held to the ticket.

        Notes of the core have the same reference in several.
        """
        here, there = opened(plugin, reference), opened(plugin, f"{reference}-2")
        plugin.add_article(here.ticket_id, our_note("hint/note"))
        assert plugin.find_article(there.ticket_id, "hint/note") is None

    def test_a_follow_up_reopens_a_closed_ticket(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: `reopen`.

        A ticket that stays closed is on no list, and the reporter waits for an answer.
        """
        ticket_id = opened(plugin, reference).ticket_id
        staff.close(ticket_id)
        plugin.add_article(ticket_id, follow_up(f"{reference}/1", reopen=True))
        assert not staff.look(ticket_id).closed
        ticket = plugin.read_ticket(ticket_id)
        assert ticket.state is not TicketState.CLOSED
        assert not ticket.state_set_by_person, "our own reopening reads as if staff had done it"

    def test_a_note_of_ours_leaves_a_closed_ticket_closed(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: whether the platform opens a ticket for any new article; say no in the same call."""
        ticket_id = opened(plugin, reference).ticket_id
        staff.close(ticket_id)
        plugin.add_article(ticket_id, our_note(f"{reference}/hint/note"))
        assert staff.look(ticket_id).closed

    def test_adding_to_a_deleted_ticket_says_that_it_is_gone(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: the status for a deleted ticket. TicketGone makes the case go on in a new ticket."""
        ticket_id = opened(plugin, reference).ticket_id
        staff.delete(ticket_id)
        failure_of(lambda: plugin.add_article(ticket_id, follow_up(f"{reference}/1")), TicketGone)

    def test_a_relayed_answer_is_confirmed_quietly_and_as_often_as_you_like(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: whether the mark is a tag or field that can be set twice.

        An article would be noise for staff.
        """
        ticket_id = opened(plugin, reference).ticket_id
        staff.answer(ticket_id, "We are looking into it.")
        before = staff.look(ticket_id)
        plugin.confirm_relayed(ticket_id)
        plugin.confirm_relayed(ticket_id)
        after = staff.look(ticket_id)
        assert after.articles == before.articles
        assert after.closed == before.closed

    def test_what_was_relayed_is_marked_where_the_manifest_says_so(
        self, plugin: HelpdeskPlugin, staff: StaffHands, capabilities: Capabilities, reference: str
    ) -> None:
        """Look at: `confirm_relayed`. Staff look for this mark to see that their answer left."""
        needs(capabilities.confirms, "cannot mark what was relayed")
        ticket_id = opened(plugin, reference).ticket_id
        before = staff.look(ticket_id)
        plugin.confirm_relayed(ticket_id)
        assert staff.look(ticket_id).tags > before.tags, (
            "no tag more than before; exempt it where you use a field"
        )

    def test_a_twin_is_closed_with_an_internal_note_that_names_the_original(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: `close_twin`.

        Staff must find the way from the twin to the ticket in which the case is handled.
        """
        original, twin = opened(plugin, reference), opened(plugin, f"{reference}-2")
        plugin.close_twin(twin.ticket_id, original)
        screen = staff.look(twin.ticket_id)
        assert screen.closed
        note = screen.articles[-1]
        assert note.visibility is Visibility.INTERNAL
        assert original.reference in note.text or original.ticket_id in note.text
        assert not staff.look(original.ticket_id).closed
