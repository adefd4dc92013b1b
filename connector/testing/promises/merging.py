"""Merged tickets: what was written for one reporter never reaches another."""

from connector.domain.merging import Homed, KnownMerge, recipients
from connector.domain.relay import Verdict
from connector.plugin_api import Author, Capabilities, HelpdeskPlugin, TicketState
from connector.testing.staff import StaffHands
from connector.testing.steps import needs, opened, the_article, verdict_on

_CANNOT = "does not let staff merge tickets"


class Merging:
    """Promises of `Ticket.merged_into`, `Ticket.merges` and `Article.written_on`."""

    def test_a_merge_is_told_by_both_tickets(
        self, plugin: HelpdeskPlugin, staff: StaffHands, capabilities: Capabilities, reference: str
    ) -> None:
        """Look at: the links between tickets, and the state of a merged ticket."""
        needs(capabilities.merges, _CANNOT)
        source, target = _two_tickets(plugin, reference)
        staff.merge(source, target)
        left, stayed = plugin.read_ticket(source), plugin.read_ticket(target)
        assert (left.state, left.merged_into) == (TicketState.MERGED, target)
        assert (stayed.merged_into, [merge.source for merge in stayed.merges]) == (None, [source])
        assert stayed.merges[0].at.utcoffset() is not None

    def test_an_answer_from_before_a_merge_reaches_no_other_reporter(
        self, plugin: HelpdeskPlugin, staff: StaffHands, capabilities: Capabilities, reference: str
    ) -> None:
        """Look at: `written_on`.

        It is the ticket the article was first written on; None where you cannot tell.
        """
        needs(capabilities.merges, _CANNOT)
        source, target = _two_tickets(plugin, reference)
        for_source = staff.answer(source, "For the reporter of the first ticket only.")
        for_target = staff.answer(target, "For the reporter of the second ticket only.")
        staff.let_time_pass()
        staff.merge(source, target)
        assert set(_reached(plugin, source, target, for_source)) <= {"case of source"}
        assert set(_reached(plugin, source, target, for_target)) <= {"case of target"}

    def test_an_answer_from_after_a_merge_reaches_both_reporters(
        self, plugin: HelpdeskPlugin, staff: StaffHands, capabilities: Capabilities, reference: str
    ) -> None:
        """Look at: `Merge.at` against `created_at`: both must be the platform's own times."""
        needs(capabilities.merges, _CANNOT)
        source, target = _two_tickets(plugin, reference)
        staff.merge(source, target)
        staff.let_time_pass()
        for_both = staff.answer(target, "For both of you.")
        assert set(_reached(plugin, source, target, for_both)) == {"case of source", "case of target"}

    def test_a_merge_makes_no_persons_words_out_of_ours(
        self, plugin: HelpdeskPlugin, staff: StaffHands, capabilities: Capabilities, reference: str
    ) -> None:
        """Look at: who is named as author of what a merge moves or adds (markers, copies of our articles)."""
        needs(capabilities.merges, _CANNOT)
        source, target = _two_tickets(plugin, reference)
        staff.merge(source, target)
        articles = (*plugin.read_ticket(source).articles, *plugin.read_ticket(target).articles)
        assert Author.PERSON not in {article.author for article in articles}
        assert {verdict_on(article)[0] for article in articles} == {Verdict.OURS}


def _two_tickets(plugin: HelpdeskPlugin, reference: str) -> tuple[str, str]:
    return opened(plugin, reference).ticket_id, opened(plugin, f"{reference}-2").ticket_id


def _reached(plugin: HelpdeskPlugin, source: str, target: str, article_id: str) -> tuple[str, ...]:
    """Whose reporters would get an article, by the core's own rule and what the ticket says of itself."""
    ticket = plugin.read_ticket(target)
    homes = (Homed("case of source", source), Homed("case of target", target))
    merges = [KnownMerge(merge.source, target, merge.at) for merge in ticket.merges]
    return recipients(the_article(ticket, article_id), homes, merges)
