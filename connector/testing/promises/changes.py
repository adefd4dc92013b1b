"""The polling list: the truth by which lost webhooks are made good."""

from typing import ClassVar

from connector.plugin_api import Capabilities, HelpdeskPlugin, TicketChange
from connector.testing.staff import StaffHands
from connector.testing.steps import opened


class Changes:
    """Promises of `changes_since`."""

    tickets_over_a_page: ClassVar[int]

    def test_a_new_ticket_is_listed_from_its_own_moment_on(
        self, plugin: HelpdeskPlugin, reference: str
    ) -> None:
        """Look at: whether the condition is `at or after`: the next poll begins at the last change it has
        seen.
        """
        ticket_id = opened(plugin, reference).ticket_id
        listed = _listed(plugin, ticket_id)
        again = {change.ticket_id for change in plugin.changes_since(listed.changed_at)}
        assert ticket_id in again
        assert listed.changed_at.utcoffset() is not None

    def test_what_staff_do_is_listed_with_a_later_time_and_another_version(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: which of the platform's times is searched by; it must move with every article."""
        ticket_id = opened(plugin, reference).ticket_id
        before = _listed(plugin, ticket_id)
        staff.let_time_pass()
        staff.note(ticket_id, "Ask the coach.")
        after = next(
            change for change in plugin.changes_since(before.changed_at) if change.ticket_id == ticket_id
        )
        assert after.changed_at > before.changed_at
        assert after.version != before.version

    def test_the_version_listed_is_the_version_read(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: that both are made of the same fields.

        Where they differ, every poll reads every ticket again.
        """
        ticket_id = opened(plugin, reference).ticket_id
        staff.answer(ticket_id, "We hear you.")
        assert _listed(plugin, ticket_id).version == plugin.read_ticket(ticket_id).version

    def test_every_change_is_listed_across_pages_oldest_first(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: paging (to the end, in a stable order) and sorting; many platforms list the newest first.

        How many tickets are opened is `tickets_over_a_page` of your class.
        """
        tickets = [opened(plugin, reference).ticket_id]
        since = plugin.read_ticket(tickets[0]).articles[0].created_at
        numbers = range(2, self.tickets_over_a_page + 1)
        tickets += [opened(plugin, f"{reference}-{number}").ticket_id for number in numbers]
        staff.let_time_pass()
        staff.note(tickets[0], "Ask the coach.")
        changes = list(plugin.changes_since(since))
        ours = [change.ticket_id for change in changes if change.ticket_id in tickets]
        assert set(ours) == set(tickets)
        assert ours[-1] == tickets[0], "the ticket that changed last is not the last of the list"
        times = [change.changed_at for change in changes]
        assert times == sorted(times)

    def test_a_listed_change_carries_our_reference_where_twins_can_arise(
        self, plugin: HelpdeskPlugin, capabilities: Capabilities, reference: str
    ) -> None:
        """Look at: `TicketChange.reference`.

        Without a unique reference, it is how a twin is found and closed.
        """
        ticket_id = opened(plugin, reference).ticket_id
        found = _listed(plugin, ticket_id).reference
        assert found == reference or (found is None and capabilities.unique_reference)


def _listed(plugin: HelpdeskPlugin, ticket_id: str) -> TicketChange:
    """The line for a ticket, asked for since the ticket's first article by the platform's own clock."""
    since = plugin.read_ticket(ticket_id).articles[0].created_at
    found = [change for change in plugin.changes_since(since) if change.ticket_id == ticket_id]
    assert found, "changes_since does not list a ticket that was opened at just the moment asked for"
    return found[-1]
