"""The harness can fail: what it is to catch is planted here, and caught."""

import base64

import pytest

from tests.canary import Canary, found_in
from tests.harness_fixtures import MakeHarness, clock, make_harness, memory_desk
from tests.memory_desk import MemoryDesk

__all__ = ["clock", "make_harness", "memory_desk"]


def test_an_unannounced_error_in_the_log_fails_a_test(
    make_harness: MakeHarness, memory_desk: MemoryDesk
) -> None:
    harness = make_harness(memory_desk)
    harness.logs.log.error("something_broke")
    with pytest.raises(AssertionError, match="something_broke"):
        harness.check_nothing_leaked()
    harness.expect_error("something_broke")
    harness.check_nothing_leaked()


def test_a_canary_mark_sent_to_the_helpdesk_fails_a_test(
    make_harness: MakeHarness, memory_desk: MemoryDesk
) -> None:
    harness = make_harness(memory_desk)
    memory_desk.sent.append(f"caught: {harness.canary.agent}")
    with pytest.raises(AssertionError, match="the helpdesk holds"):
        harness.check_nothing_leaked()
    memory_desk.sent.clear()


def test_a_canary_mark_in_a_file_below_the_data_directory_fails_a_test(
    make_harness: MakeHarness, memory_desk: MemoryDesk
) -> None:
    harness = make_harness(memory_desk)
    left = harness.directory / "spool" / "left"
    left.write_bytes(harness.canary.photo())
    with pytest.raises(AssertionError, match="the database holds"):
        harness.check_nothing_leaked()
    left.unlink()


def test_the_words_of_a_tip_in_the_database_fail_a_test(
    make_harness: MakeHarness, memory_desk: MemoryDesk
) -> None:
    harness = make_harness(memory_desk)
    note = harness.directory / "note"
    note.write_text(harness.canary.words)
    with pytest.raises(AssertionError, match="tip's words"):
        harness.check_nothing_leaked()
    note.unlink()


@pytest.mark.parametrize("shift", [0, 1, 2])
def test_a_mark_is_found_in_base64_whatever_stands_before_it(shift: int) -> None:
    canary = Canary()
    encoded = base64.b64encode(b"x" * shift + canary.device.encode() + b" and more")
    assert found_in(encoded, (canary.device,)) == [canary.device]
