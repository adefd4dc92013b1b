"""All or nothing, and errors that quote nothing."""

from datetime import datetime

import pytest
from sqlalchemy import inspect, text

from connector.domain.case import CaseNumber
from connector.domain.urgency import Urgency
from connector.errors import Conflict, StoreUnavailable
from connector.store import Store, open_store
from connector.store.cases import Case, MailboxRecord
from connector.store.upgrade import differences, downgrade, is_current, upgrade


def add_case(store: Store, case_id: str, number: str, at: datetime) -> None:
    with store.write() as tx:
        case = Case(case_id, CaseNumber(number), "north", "other", Urgency.ROUTINE, at)
        tx.cases.add(case, MailboxRecord(case_id, case_id.encode().ljust(32), b"key"))


def test_a_taken_case_number_is_a_conflict_and_leaves_nothing_behind(store: Store, noon: datetime) -> None:
    add_case(store, "ann", "1111-1111", noon)
    with pytest.raises(Conflict) as caught:
        add_case(store, "ben", "1111-1111", noon)
    assert "1111" not in str(caught.value)
    with store.read() as tx:
        assert tx.cases.count() == 1
        assert tx.cases.mailbox_of("ben") is None


def test_an_exception_in_the_middle_leaves_nothing_behind(store: Store, noon: datetime) -> None:
    def half_way() -> None:
        with store.write() as tx:
            tx.helpdesks.ensure("half-way")
            raise RuntimeError("the process was interrupted")

    with pytest.raises(RuntimeError):
        half_way()
    with store.read() as tx:
        assert tx.helpdesks.state("half-way").poll_due_at is None
        assert tx.helpdesks.state("desk").failures == 0


def test_a_moment_comes_back_aware_and_exact(store: Store, noon: datetime) -> None:
    moment = noon.replace(microsecond=123456)
    add_case(store, "ann", "1111-1111", moment)
    with store.read() as tx:
        case = tx.cases.by_id("ann")
    assert case is not None
    assert case.received_at == moment
    assert case.received_at.tzinfo is not None


def test_a_moment_without_an_offset_is_refused(store: Store, noon: datetime) -> None:
    with pytest.raises(Exception, match="without an offset"):
        add_case(store, "ann", "1111-1111", noon.replace(tzinfo=None))


def test_a_database_without_tables_is_unavailable_and_the_error_quotes_no_statement(tmp_path: object) -> None:
    bare = open_store(f"sqlite:///{tmp_path}/bare.db")
    with pytest.raises(StoreUnavailable) as caught, bare.read() as tx:
        tx.cases.count()
    assert "SELECT" not in str(caught.value)


def test_the_migrations_lead_to_what_the_models_say_and_back(bare_database_url: str) -> None:
    store = open_store(bare_database_url)
    assert not is_current(store)
    upgrade(store)
    assert is_current(store)
    assert differences(store) == []
    downgrade(store, "base")
    upgrade(store)
    assert is_current(store)
    store.close()


def test_the_claim_is_served_by_its_index(store: Store) -> None:
    """The one index that autogenerate cannot compare is there, and SQLite uses it."""
    names = {index["name"] for index in inspect(store.engine).get_indexes("outbox")}
    if store.engine.dialect.name == "postgresql":
        assert "ix_outbox_owed" in names
        return
    with store.engine.connect() as connection:
        plan = connection.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT id FROM outbox WHERE helpdesk = 'desk' AND outbox.state <> 'delivered' "
                "ORDER BY urgency DESC, id LIMIT 1"
            )
        ).all()
    assert any("ix_outbox_owed" in str(step) for step in plan), plan


def test_sqlite_syncs_every_commit_and_overwrites_what_it_deletes(store: Store) -> None:
    if store.engine.dialect.name != "sqlite":
        assert store.engine.dialect.name == "postgresql"
        return
    with store.engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
