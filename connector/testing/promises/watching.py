"""`check` and `provision`: what an operator relies on before the first tip comes."""

import re

from connector.plugin_api import HelpdeskPlugin, Level
from connector.testing.staff import StaffHands
from connector.testing.steps import opened

_FINDING_ID = re.compile(r"[A-Z]{2,5}-[A-Z]\d{3}")


class Checking:
    """Promises of `check` and `provision`."""

    def test_a_sound_set_up_has_no_errors(self, plugin: HelpdeskPlugin, staff: StaffHands) -> None:
        """Look at: the findings in the message; either the server under test lacks something or the check
        errs.
        """
        plugin.provision(staff.admin)
        for access in (None, staff.admin):
            errors = [finding for finding in plugin.check(access) if finding.level is Level.ERROR]
            assert errors == []

    def test_every_finding_has_a_stable_id_and_says_what_to_do(
        self, plugin: HelpdeskPlugin, staff: StaffHands
    ) -> None:
        """Look at: ids such as `ZMD-W003` (documented, never reused) and a remedy for whatever is not OK."""
        findings = [*plugin.check(None), *plugin.provision(staff.admin), *plugin.check(staff.admin)]
        assert findings, "check says nothing at all, not even that all is well"
        for finding in findings:
            assert _FINDING_ID.fullmatch(finding.finding_id), finding.finding_id
            assert finding.what
            assert finding.remedy or finding.level in (Level.OK, Level.NOT_LOOKED_AT), finding.finding_id

    def test_a_check_changes_nothing_and_writes_to_nobody(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: calls in `check` that create or update.

        Operators run it on a live helpdesk at any hour.
        """
        ticket_id = opened(plugin, reference).ticket_id
        version, screen = plugin.read_ticket(ticket_id).version, staff.look(ticket_id)
        plugin.check(None)
        plugin.check(staff.admin)
        assert plugin.read_ticket(ticket_id).version == version
        assert staff.look(ticket_id) == screen

    def test_provisioning_may_be_repeated(self, plugin: HelpdeskPlugin, staff: StaffHands) -> None:
        """Look at: what is created without looking first.

        An operator repeats it after every change of config.
        """
        for _ in range(2):
            errors = [finding for finding in plugin.provision(staff.admin) if finding.level is Level.ERROR]
            assert errors == []

    def test_a_refused_token_is_an_error_that_check_reports(
        self, plugin: HelpdeskPlugin, staff: StaffHands
    ) -> None:
        """Look at: failures in `check` that escape. The operator wants the finding beside all the others."""
        staff.withdraw_access()
        assert any(finding.level is Level.ERROR for finding in plugin.check(None))
