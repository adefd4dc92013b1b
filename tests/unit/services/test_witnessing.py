"""What in a ticket shows that a person has a case, and what does not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connector.domain.case import CaseNumber
from connector.domain.escalating import Escalation, EvidenceKind, State
from connector.domain.merging import Homed
from connector.domain.ticket import Article, Audience, Author, Ticket, TicketState, Visibility
from connector.domain.urgency import Urgency
from connector.services.helpdesk import Helpdesk
from connector.services.witnessing import Witnessing
from connector.store import Store, open_store
from connector.store.cases import Case, MailboxRecord
from connector.store.tickets import CaseTicket
from connector.store.upgrade import upgrade

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOME = (Homed("ann", "7"),)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/t.db")
    upgrade(opened)
    with opened.write() as tx:
        case = Case("ann", CaseNumber("1111-1111"), "north", "weapon", Urgency.EMERGENCY, NOON)
        tx.cases.add(case, MailboxRecord("ann", b"l" * 32, b"key"))
        tx.tickets.add(CaseTicket("desk", "TIP-1111-1111", "ann"))
        tx.tickets.opened("desk", "TIP-1111-1111", "7", None)
        tx.escalations.add([Escalation("e1", "ann", "north", Urgency.EMERGENCY, NOON)])
    yield opened
    opened.close()


def article(article_id: str, author: Author = Author.PERSON, at: datetime = NOON) -> Article:
    return Article(article_id, "7", author, Visibility.INTERNAL, Audience.STAFF, at)


def ticket(version: str, **fields: object) -> Ticket:
    return replace(
        Ticket("7", "TIP-1111-1111", TicketState.OPEN, version, urgency=Urgency.URGENT),
        **fields,  # type: ignore[arg-type]
    )


def saw(
    store: Store, read: Ticket, *, trust_owner: bool = False
) -> list[tuple[EvidenceKind, Urgency | None]]:
    """What is new after this reading."""
    helpdesk = Helpdesk("desk", None, None, trust_owner=trust_owner)  # type: ignore[arg-type]
    with store.write() as tx:
        before = len(tx.evidence.of_case("ann"))
        Witnessing().record(tx, helpdesk, read, HOME, (), ("ann",), NOON)
        return [(seen.kind, seen.urgency) for seen in tx.evidence.of_case("ann")[before:]]


def test_a_persons_article_counts_once(store: Store) -> None:
    read = ticket("1", articles=(article("a1"),))
    assert saw(store, read) == [(EvidenceKind.ARTICLE, None)]
    assert saw(store, replace(read, version="2")) == []


@pytest.mark.parametrize("author", [Author.CONNECTOR, Author.AUTOMATION, Author.OTHER])
def test_scenario_17_nobody_elses_article_counts(store: Store, author: Author) -> None:
    assert saw(store, ticket("1", articles=(article("a1", author),))) == []


def test_a_state_set_by_a_person_counts_when_it_is_new(store: Store) -> None:
    assert saw(store, ticket("1")) == []
    assert saw(store, ticket("2", state_set_by_person=True)) == [(EvidenceKind.STATE, None)]
    assert saw(store, ticket("3", state_set_by_person=True)) == []
    closed = ticket("4", state=TicketState.CLOSED, state_set_by_person=True)
    assert saw(store, closed) == [(EvidenceKind.CLOSED, None)]
    assert saw(store, ticket("5", state=TicketState.CLOSED)) == []


def test_an_owner_counts_only_where_ownership_can_be_trusted(store: Store) -> None:
    assert saw(store, ticket("1", owned=True)) == []
    assert saw(store, ticket("2", owned=False), trust_owner=True) == []
    assert saw(store, ticket("3", owned=True), trust_owner=True) == [(EvidenceKind.OWNER, None)]
    assert saw(store, ticket("4", owned=True), trust_owner=True) == []


def test_a_merge_counts_for_nothing(store: Store) -> None:
    merged = ticket("1", state=TicketState.MERGED, state_set_by_person=True, urgency=Urgency.ROUTINE)
    assert saw(store, merged) == []


def test_a_platforms_own_default_does_not_stand_an_emergency_down(store: Store) -> None:
    assert saw(store, ticket("1", urgency=Urgency.ROUTINE)) == []
    assert saw(store, ticket("2", urgency=Urgency.ROUTINE)) == []


def test_a_changed_priority_counts_and_raised_again_it_is_what_it_was(store: Store) -> None:
    assert saw(store, ticket("1")) == []
    assert saw(store, ticket("2", urgency=Urgency.ROUTINE)) == [(EvidenceKind.URGENCY, Urgency.ROUTINE)]
    with store.write() as tx:
        lowered = tx.escalations.get("e1")
        assert lowered is not None
        tx.escalations.save(replace(lowered, urgency=Urgency.ROUTINE))
    assert saw(store, ticket("3")) == [(EvidenceKind.URGENCY, Urgency.EMERGENCY)]


def test_what_was_written_before_a_later_episode_does_not_count_for_it(store: Store) -> None:
    later = NOON + timedelta(hours=1)
    with store.write() as tx:
        first = tx.escalations.get("e1")
        assert first is not None
        tx.escalations.save(replace(first, state=State.ENDED))
        tx.escalations.add([Escalation("e2", "ann", "north", Urgency.EMERGENCY, later, episode=2)])
    old, new = article("a1", at=NOON), article("a2", at=later + timedelta(minutes=1))
    assert saw(store, ticket("1", articles=(old,))) == []
    assert saw(store, ticket("2", articles=(old, new))) == [(EvidenceKind.ARTICLE, None)]


def test_a_case_that_nobody_is_called_about_leaves_no_evidence(store: Store) -> None:
    helpdesk = Helpdesk("desk", None, None)  # type: ignore[arg-type]
    with store.write() as tx:
        case = Case("ben", CaseNumber("2222-2222"), "north", "other", Urgency.URGENT, NOON)
        tx.cases.add(case, MailboxRecord("ben", b"b" * 32, b"key"))
        read = ticket("1", articles=(article("a1"),))
        Witnessing().record(tx, helpdesk, read, (Homed("ben", "7"),), (), ("ben",), NOON)
        assert tx.evidence.of_case("ben") == []
