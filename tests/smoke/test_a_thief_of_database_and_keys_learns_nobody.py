"""Database alone: no identity, no reply, no undelivered text. With key files and config: what waits for delivery is read."""

from pathlib import Path

from connector.services.content import unpack
from connector.services.owing import row_context
from connector.vault.envelope import Envelope, open_row
from tests.canary import found_in
from tests.stored import everything_stored
from tests.vaulted import CONTACT, Vaulted

WORDS = "the undelivered words of somebody"


def _loot(vaulted: Vaulted, tmp_path: Path) -> bytes:
    """Everything on the disk of the server: database files, key files, config, the values of all rows."""
    return everything_stored(vaulted.harness.app.store, tmp_path)


def test_the_database_with_all_key_files_yields_no_identity_no_reply_and_no_delivered_text(
    vaulted: Vaulted, tmp_path: Path
) -> None:
    harness = vaulted.harness
    reporter = harness.reporter()
    reporter.send("the delivered words", contact=CONTACT, share_contact="vault")
    harness.settle()
    harness.staff.answer(harness.ticket_of(reporter), "the secret reply")
    harness.settle()
    canary = harness.canary
    secrets = (canary.address, canary.agent, *CONTACT.values(), "the delivered words", "the secret reply")
    assert found_in(_loot(vaulted, tmp_path), secrets) == []


def test_the_database_alone_yields_no_undelivered_text(vaulted: Vaulted, tmp_path: Path) -> None:
    vaulted.harness.reporter().send(WORDS)
    assert found_in(_loot(vaulted, tmp_path), (WORDS,)) == []


def test_with_the_service_key_what_is_undelivered_is_read_as_the_threat_model_says(vaulted: Vaulted) -> None:
    app = vaulted.harness.app
    vaulted.harness.reporter().send(WORDS)
    now = vaulted.harness.clock.now()
    with app.store.write() as tx:
        row = tx.outbox.claim(vaulted.harness.desk.helpdesk_id, now, now, "thief")
    assert row is not None
    assert row.content is not None
    assert row.wrapped_key is not None
    opened = open_row(
        app.service_keys,
        Envelope(row.content, row.wrapped_key),
        row_context(row.helpdesk, row.reference),
    )
    assert WORDS in repr(unpack(opened, vaulted.harness.app.holding)) or WORDS.encode() in opened


def test_the_vault_lies_in_a_file_or_schema_of_its_own(vaulted: Vaulted, tmp_path: Path) -> None:
    vaulted.tell()
    with vaulted.harness.app.store.read() as tx:
        assert tx.vault.count() == 1
    if vaulted.harness.app.store.vault_is_apart:
        vaulted.harness.app.store.forget_deleted()
        main = (tmp_path / "tipbridge.db").read_bytes()
        assert b"CREATE TABLE records" not in main
        assert b"CREATE TABLE records" in (tmp_path / "tipbridge-vault.db").read_bytes()
