"""What a thief of the database and its files reads: no undelivered tip, no reply, no code."""

from tests.harness import Harness
from tests.stored import everything_stored


def test_neither_an_undelivered_tip_nor_a_reply_nor_a_code_is_readable_in_what_is_stored(
    harness: Harness,
) -> None:
    reporter = harness.reporter()
    key = "canarykeycanarykeycanarykey"
    reporter.send("the undelivered words", key=key)
    stored = everything_stored(harness.app.store, harness.directory)
    assert b"undelivered words" not in stored
    harness.settle()
    harness.staff.answer(harness.ticket_of(reporter), "the secret reply")
    harness.settle()
    assert reporter.answers() == ["the secret reply"]
    stored = everything_stored(harness.app.store, harness.directory)
    for secret in ("undelivered words", "secret reply", reporter.code, reporter.code.replace("-", ""), key):
        assert secret.encode() not in stored


def test_a_delivered_tip_leaves_no_content_in_the_outbox(harness: Harness) -> None:
    harness.reporter().send()
    harness.settle()
    with harness.app.store.read() as tx:
        assert tx.outbox.wrapped_keys(0, 10) == []
