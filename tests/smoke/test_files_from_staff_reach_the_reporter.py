"""Staff attach a file to their answer; the reporter fetches it with the code, byte for byte."""

from connector.testing.staff import StaffFile
from tests.harness import Harness

MAP = StaffFile("way to the office.pdf", "application/pdf", b"%PDF-1.4 a map \x00\xff" * 50)


def test_a_file_from_staff_is_read_byte_for_byte_and_lies_sealed(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    harness.settle()
    harness.staff.answer(harness.ticket_of(reporter), "Here is the way", files=(MAP,))
    harness.settle()
    message = reporter.inbox()["messages"][-1]
    assert [(file["name"], file["size"]) for file in message["files"]] == [(MAP.name, len(MAP.data))]
    assert reporter.fetch(message["files"][0]["id"]) == MAP.data


def test_a_file_of_another_case_is_not_there(harness: Harness) -> None:
    ann, ben = harness.reporter(), harness.reporter()
    ann.send()
    ben.send()
    harness.settle()
    harness.staff.answer(harness.ticket_of(ann), "for ann", files=(MAP,))
    harness.settle()
    file_id = ann.inbox()["messages"][-1]["files"][0]["id"]
    assert ben.try_fetch(file_id).status_code == 404
