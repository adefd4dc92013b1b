"""When the helpdesk fails us: the right kind of failure, and nothing in its words that must not be read."""

from collections.abc import Callable

import pytest

from connector.plugin_api import (
    HelpdeskMisconfigured,
    HelpdeskPlugin,
    HelpdeskSettings,
    PermanentFailure,
    TemporaryFailure,
    TicketGone,
)
from connector.testing.staff import StaffHands
from connector.testing.steps import failure_of, follow_up, new_ticket, opened

_CANARY = "Kanarienvogel-77310"
_CALLS: dict[str, Callable[[HelpdeskPlugin, str, str], object]] = {
    "open_ticket": lambda plugin, _, reference: plugin.open_ticket(
        new_ticket(f"{reference}-9", words=_CANARY)
    ),
    "find_ticket": lambda plugin, _, reference: plugin.find_ticket(reference),
    "add_article": lambda plugin, ticket, reference: plugin.add_article(ticket, follow_up(f"{reference}/9")),
    "find_article": lambda plugin, ticket, reference: plugin.find_article(ticket, f"{reference}/9"),
    "read_ticket": lambda plugin, ticket, _: plugin.read_ticket(ticket),
}


class Failing:
    """Promises about failures, of all methods."""

    @pytest.mark.parametrize("method", _CALLS)
    def test_an_unreachable_helpdesk_is_a_temporary_failure(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str, method: str
    ) -> None:
        """Look at: errors that are caught on the way.

        Through `open_http`, the right failure comes by itself.
        """
        ticket_id = opened(plugin, reference).ticket_id
        staff.go_down()
        failure = failure_of(lambda: _CALLS[method](plugin, ticket_id, reference), TemporaryFailure)
        _says_nothing(failure, staff, _CANARY)

    def test_an_unreachable_helpdesk_lists_no_changes(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: an empty list where there should be a failure.

        The core would believe that nothing has changed.
        """
        since = plugin.read_ticket(opened(plugin, reference).ticket_id).articles[0].created_at
        staff.go_down()
        failure_of(lambda: list(plugin.changes_since(since)), TemporaryFailure)

    @pytest.mark.parametrize("method", _CALLS)
    def test_a_refused_token_is_the_operators_to_mend(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str, method: str
    ) -> None:
        """Look at: the status for a bad token.

        As a permanent failure it would set every tip aside, one by one.
        """
        ticket_id = opened(plugin, reference).ticket_id
        staff.withdraw_access()
        failure = failure_of(lambda: _CALLS[method](plugin, ticket_id, reference), HelpdeskMisconfigured)
        _says_nothing(failure, staff, _CANARY)

    def test_a_ticket_that_never_was_is_gone(self, plugin: HelpdeskPlugin) -> None:
        """Look at: the status for an id that is unknown. Some platforms answer as if it were forbidden."""
        failure_of(lambda: plugin.read_ticket("999999999"), TicketGone)

    @pytest.mark.parametrize("odd", ["../admin", "1?x=1", "a b", "%2e%2e", "1/2", ""])
    def test_an_odd_id_is_a_permanent_failure_and_leads_nowhere_else(
        self, plugin: HelpdeskPlugin, odd: str
    ) -> None:
        """Look at: ids that are put into a path as they come. Check their shape, or quote them whole."""
        failure_of(lambda: plugin.read_ticket(odd), PermanentFailure)

    def test_no_secret_is_shown_by_the_plugin_or_its_settings(
        self, plugin: HelpdeskPlugin, settings: HelpdeskSettings, staff: StaffHands
    ) -> None:
        """Look at: a `repr` made by a dataclass, a header kept as a plain string, a setting that is no
        SecretStr.
        """
        shown = [repr(plugin), str(plugin), repr(settings), str(settings)]
        shown += [repr(part) for part in _parts(plugin)]
        assert staff.secrets, "the hands name no secrets, so nothing was proved"
        for secret in staff.secrets:
            assert not any(secret in text for text in shown), "a secret shows where an object is printed"

    def test_a_failure_about_a_ticket_says_nothing_that_stands_in_it(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: messages made from a response's body; platforms quote the request in it."""
        ticket_id = opened(plugin, reference, words=_CANARY).ticket_id
        staff.delete(ticket_id)
        _says_nothing(failure_of(lambda: plugin.read_ticket(ticket_id), TicketGone), staff, _CANARY)


def _says_nothing(failure: Exception, staff: StaffHands, *private: str) -> None:
    """The failure, and whatever led to it, holds none of the secrets and none of the private words."""
    link: BaseException | None = failure
    while link is not None:
        for word in (*staff.secrets, *private):
            assert word not in f"{link!s} {link!r}", f"a {type(link).__name__} tells what it must not"
        link = link.__cause__ or link.__context__


def _parts(plugin: object) -> list[object]:
    """The plugin's own attributes, which a debugger or a traceback with local variables would print."""
    slots = [name for base in type(plugin).__mro__ for name in getattr(base, "__slots__", ())]
    return [*getattr(plugin, "__dict__", {}).values(), *(getattr(plugin, name, None) for name in slots)]
