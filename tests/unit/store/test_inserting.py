"""What is inserted comes back as it was, whichever way a database keeps it, one row or many."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from connector.errors import Conflict
from connector.store import Store
from connector.store.inserting import insert_all
from connector.store.schema import articles, kept_answers, merges, tickets

AT = datetime(2026, 11, 24, 23, 59, 59, 123456, tzinfo=timezone(timedelta(hours=-7)))


def test_moments_and_bytes_come_back_as_they_were(store: Store) -> None:
    rows = [
        {
            "key_hash": bytes([number]) * 32,
            "fingerprint": b"\x00\xff" * 16,
            "answer": b"\x00",
            "expires_at": AT,
        }
        for number in range(3)
    ]
    with store.engine.begin() as connection:
        insert_all(connection, kept_answers, rows)
    with store.engine.connect() as connection:
        found = connection.execute(select(kept_answers).order_by(kept_answers.c.key_hash)).all()
    assert [row.key_hash for row in found] == [row["key_hash"] for row in rows]
    assert {(row.fingerprint, row.answer) for row in found} == {(b"\x00\xff" * 16, b"\x00")}
    assert {row.expires_at for row in found} == {AT.astimezone(UTC)}


def test_what_is_left_out_and_what_is_none_are_both_empty(store: Store, two_cases: tuple[str, str]) -> None:
    row = {"helpdesk": "desk", "reference": "TIP-1", "case_id": two_cases[0], "status": "received"}
    with store.engine.begin() as connection:
        insert_all(connection, tickets, [{**row, "gone": True, "url": None}])
        insert_all(connection, tickets, [{**row, "reference": "TIP-2", "gone": False}])
    with store.engine.connect() as connection:
        found = connection.execute(select(tickets).order_by(tickets.c.reference)).all()
    assert [(row.gone, row.url, row.ticket_id) for row in found] == [(True, None, None), (False, None, None)]


def test_no_rows_are_no_statement(store: Store) -> None:
    with store.engine.begin() as connection:
        insert_all(connection, articles, [])


def test_a_taken_key_among_many_is_a_conflict_and_none_is_written(store: Store) -> None:
    rows = [{"helpdesk": "desk", "source": source, "target": "9", "at": AT} for source in ("1", "2", "1")]
    with pytest.raises(Conflict), store.write() as tx:
        insert_all(tx._connection, merges, rows)
    with store.engine.connect() as connection:
        assert connection.execute(select(merges)).all() == []
