"""Opening a ticket: whole, once, and found again."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from connector.plugin_api import (
    Capabilities,
    CleanFile,
    HelpdeskPlugin,
    TicketRef,
    TicketState,
)
from connector.testing.staff import StaffHands
from connector.testing.steps import EVERY_BYTE, WORDS, needs, new_ticket, opened


class Opening:
    """Promises of `open_ticket` and `find_ticket`."""

    def test_an_opened_ticket_is_found_by_its_reference(self, plugin: HelpdeskPlugin, reference: str) -> None:
        """Look at: where `open_ticket` stores the reference, and whether the search index lags behind."""
        ticket = opened(plugin, reference)
        found = plugin.find_ticket(reference)
        assert found is not None, "find_ticket does not know a ticket that open_ticket has just returned"
        assert (found.ticket_id, found.reference) == (ticket.ticket_id, reference)
        assert ticket.reference == reference

    @pytest.mark.parametrize("change", ["shorter", "longer", "inner", "next"])
    def test_a_reference_is_never_matched_in_part(
        self, plugin: HelpdeskPlugin, reference: str, change: str
    ) -> None:
        """Look at: the search. Most are full-text or wildcard searches; compare the result yourself.

        A case goes on as `TIP-1234-5678-2` when its ticket is gone: with a partial match it would find the
        old one.
        """
        opened(plugin, reference)
        other = {
            "shorter": reference[:-1],
            "longer": f"{reference}-2",
            "inner": reference.removeprefix("TIP-"),
            "next": reference[:-1] + str((int(reference[-1]) + 1) % 10),
        }[change]
        assert plugin.find_ticket(other) is None

    def test_staff_see_subject_tags_and_words(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: the body of the create call; line breaks are lost where text is sent as HTML."""
        screen = staff.look(opened(plugin, reference).ticket_id)
        assert screen.reference == reference
        assert screen.subject == new_ticket(reference).subject
        assert screen.tags >= {"tip", "violence", "urgent"}
        assert [article.text.strip() for article in screen.articles] == [WORDS]

    def test_a_long_text_in_many_scripts_arrives_whole(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: length limits, characters outside the basic plane, and whether `<` and `&` are taken for
        HTML.
        """
        words = (
            "\u00dc\u00f1\u00ef \u0627\u0644 \u5b66\u6821 \U0001f6b8 <b>1 & 2</b> &amp; \"'\\ %s {{x}}\n"
            * 600
        )[:20_000]
        screen = staff.look(opened(plugin, reference, words=words.strip()).ticket_id)
        assert screen.articles[0].text.strip() == words.strip()

    def test_files_of_a_tip_arrive_byte_for_byte(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: encoding (base64 without line breaks), and that all files go in the call of the text."""
        files = (
            CleanFile("photo-1.jpg", "image/jpeg", EVERY_BYTE),
            CleanFile("photo-2.png", "image/png", EVERY_BYTE[::-1]),
        )
        ticket = plugin.open_ticket(new_ticket(reference, files=files))
        arrived = staff.look(ticket.ticket_id).articles[0].files
        assert arrived == {file.name: file.data for file in files}

    def test_a_new_ticket_is_open_and_no_persons_doing(self, plugin: HelpdeskPlugin, reference: str) -> None:
        """Look at: the state table of the mapping.

        What we do ourselves must not look as if staff had taken the tip.
        """
        ticket = plugin.read_ticket(opened(plugin, reference).ticket_id)
        assert ticket.state in (TicketState.NEW, TicketState.OPEN)
        assert not ticket.owned
        assert not ticket.state_set_by_person
        assert ticket.merged_into is None
        assert ticket.merges == ()

    def test_the_same_reference_opened_again_yields_the_one_ticket(
        self, plugin: HelpdeskPlugin, staff: StaffHands, capabilities: Capabilities, reference: str
    ) -> None:
        """Look at: what the platform answers for a reference that is taken; it must lead to `find_ticket`."""
        needs(capabilities.unique_reference, "has no unique reference")
        first, second = opened(plugin, reference), opened(plugin, reference)
        assert second.ticket_id == first.ticket_id
        assert staff.tickets_with(reference) == [first.ticket_id]
        assert len(staff.look(first.ticket_id).articles) == 1, "the second opening has added something"

    def test_two_openings_at_the_same_time_yield_one_ticket(
        self, plugin: HelpdeskPlugin, staff: StaffHands, capabilities: Capabilities, reference: str
    ) -> None:
        """Look at: whether uniqueness is the platform's own (a unique index) and not a look before the
        create.
        """
        needs(capabilities.unique_reference, "has no unique reference")
        start = threading.Barrier(2)

        def open_with_the_other() -> TicketRef:
            start.wait(timeout=10)
            return opened(plugin, reference)

        with ThreadPoolExecutor(2) as pool:
            both = [pool.submit(open_with_the_other) for _ in range(2)]
            ids = {future.result(timeout=60).ticket_id for future in both}
        assert len(ids) == 1
        assert staff.tickets_with(reference) == list(ids)
        assert len(staff.look(ids.pop()).articles) == 1, "both openings have left an article"
