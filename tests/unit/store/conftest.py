"""A migrated store on each database."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from connector.domain.case import CaseNumber
from connector.domain.urgency import Urgency
from connector.store import Store, open_store
from connector.store.cases import Case, MailboxRecord

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty database with the schema of this version and the helpdesk `desk`."""
    opened = open_store(database_url)
    with opened.write() as tx:
        tx.helpdesks.ensure("desk")
    yield opened
    opened.close()


@pytest.fixture
def noon() -> datetime:
    """The hour at which these tests happen."""
    return NOON


@pytest.fixture
def two_cases(store: Store) -> tuple[str, str]:
    """Two cases, ann's and ben's."""
    with store.write() as tx:
        for name, number in (("ann", "1111-1111"), ("ben", "2222-2222")):
            case = Case(name, CaseNumber(number), "north", "other", Urgency.URGENT, NOON)
            tx.cases.add(case, MailboxRecord(name, name.encode().ljust(32), b"key"))
    return ("ann", "ben")
