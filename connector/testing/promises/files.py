"""Files from staff: all bytes, and never more of them than asked for."""

from connector.plugin_api import HelpdeskPlugin, PermanentFailure, RemoteFile
from connector.testing.staff import StaffFile, StaffHands
from connector.testing.steps import EVERY_BYTE, failure_of, opened, the_article

_MAP = StaffFile("map.png", "image/png", EVERY_BYTE)


class Files:
    """Promises of `download`."""

    def test_a_file_from_staff_is_fetched_byte_for_byte(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: the locator, and whether the platform serves a preview or a converted copy."""
        file = _attached(plugin, staff, reference, _MAP)[0]
        assert plugin.download(file, limit=len(EVERY_BYTE)) == EVERY_BYTE
        assert (file.name, file.media_type) == ("map.png", "image/png")
        assert file.size in (None, len(EVERY_BYTE))

    def test_several_files_of_one_answer_are_told_apart(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: the order of the files, and that each locator leads to its own."""
        other = StaffFile("plan.pdf", "application/pdf", b"%PDF-1.7 " + EVERY_BYTE[::-1])
        files = _attached(plugin, staff, reference, _MAP, other)
        assert [file.name for file in files] == ["map.png", "plan.pdf"]
        fetched = [plugin.download(file, limit=1_000_000) for file in files]
        assert fetched == [_MAP.data, other.data]

    def test_a_file_over_the_limit_is_not_fetched(
        self, plugin: HelpdeskPlugin, staff: StaffHands, reference: str
    ) -> None:
        """Look at: `limit`, which `HttpClient.download` keeps for you.

        It protects our memory and the phone.
        """
        file = _attached(plugin, staff, reference, _MAP)[0]
        failure_of(lambda: plugin.download(file, limit=len(EVERY_BYTE) - 1), PermanentFailure)


def _attached(
    plugin: HelpdeskPlugin, staff: StaffHands, reference: str, *files: StaffFile
) -> tuple[RemoteFile, ...]:
    """Files that staff have just attached to an answer, as the plugin reads them."""
    ticket_id = opened(plugin, reference).ticket_id
    article_id = staff.answer(ticket_id, "Please look at this.", files)
    found = the_article(plugin.read_ticket(ticket_id), article_id).files
    assert len(found) == len(files)
    return found
