"""Versions: nothing in a ticket changes unnoticed, and nothing is read again in vain."""

from connector.domain.relay import Verdict
from connector.plugin_api import Capabilities, HelpdeskPlugin, Visibility
from connector.testing.staff import StaffHands
from connector.testing.steps import follow_up, needs, opened, the_article, verdict_on


class Versions:
    """Promises of `Ticket.version` and of articles that change their visibility."""

    def test_every_doing_of_staff_changes_the_version(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: what the version is made of.

        A time of one second's resolution needs a second ingredient.
        """
        ticket_id = opened(plugin, reference).ticket_id
        versions = [plugin.read_ticket(ticket_id).version]
        doings = (
            lambda: staff.answer(ticket_id, "We hear you."),
            lambda: staff.note(ticket_id, "Ask the coach."),
            lambda: staff.take(ticket_id),
            lambda: staff.close(ticket_id),
        )
        for do in doings:
            staff.let_time_pass()
            do()
            versions.append(plugin.read_ticket(ticket_id).version)
        assert len(set(versions)) == len(versions), (
            f"{len(versions) - len(set(versions))} changes are not seen"
        )

    def test_an_unchanged_ticket_keeps_its_version(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: whether the version holds the time of reading, or a counter that reading itself moves."""
        ticket_id = opened(plugin, reference).ticket_id
        plugin.add_article(ticket_id, follow_up(f"{reference}/1"))
        first = plugin.read_ticket(ticket_id).version
        staff.let_time_pass()
        assert plugin.read_ticket(ticket_id).version == first

    def test_an_answer_turned_internal_is_taken_back_and_returned(
        self, plugin: HelpdeskPlugin, staff: StaffHands, capabilities: Capabilities, reference: str
    ) -> None:
        """Look at: whether visibility is read anew each time, and not remembered or taken from the article's
        type.
        """
        needs(capabilities.visibility_changes, "does not let staff change an article's visibility")
        ticket_id = opened(plugin, reference).ticket_id
        article_id = staff.answer(ticket_id, "We hear you.")
        seen = []
        for visibility in (Visibility.INTERNAL, Visibility.PUBLIC):
            staff.flip(ticket_id, article_id, visibility)
            article = the_article(plugin.read_ticket(ticket_id), article_id)
            seen.append((article.visibility, verdict_on(article)[0]))
        assert seen == [(Visibility.INTERNAL, Verdict.UNMARKED_NOTE), (Visibility.PUBLIC, Verdict.RELAY)]

    def test_a_changed_visibility_changes_the_version(
        self, plugin: HelpdeskPlugin, staff: StaffHands, capabilities: Capabilities, reference: str
    ) -> None:
        """Look at: whether the platform touches the ticket when an article is edited; some send no webhook
        either.
        """
        needs(capabilities.visibility_changes, "does not let staff change an article's visibility")
        ticket_id = opened(plugin, reference).ticket_id
        article_id = staff.answer(ticket_id, "We hear you.")
        before = plugin.read_ticket(ticket_id).version
        staff.let_time_pass()
        staff.flip(ticket_id, article_id, Visibility.INTERNAL)
        assert plugin.read_ticket(ticket_id).version != before
