"""The door: only what is captured goes on, and whatever somebody writes as a contact fits into a record."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.domain.identity import Captured, Contact, Identity, ShareContact
from connector.services.door import MOST_NAME, ContactRefused, Door, Parted, contact_words
from connector.vault.record import RECORD_BYTES

GIVEN = Contact("Ann Example", "+1 505 555 0142", "ann@example.org")
ALL: frozenset[Captured] = frozenset({"ip", "device", "contact", "phone"})


def part(capture: frozenset[Captured], share: ShareContact = "no", contact: Contact | None = GIVEN) -> Parted:
    return Door(capture).part(
        share=share, contact=contact, ip=lambda: "203.0.113.7", device=lambda: "Browser", phone="+15055550142"
    )


def test_nothing_captured_keeps_nothing_and_asks_for_nothing() -> None:
    def never() -> str:
        raise AssertionError("nobody may look at it")

    parted = Door().part(share="no", contact=GIVEN, ip=never, device=never)
    assert (parted.identity, parted.for_staff) == (Identity(), None)


@pytest.mark.parametrize(
    ("captured", "kept"),
    [
        ("ip", Identity(ip="203.0.113.7")),
        ("device", Identity(device="Browser")),
        ("phone", Identity(phone="+15055550142")),
        ("contact", Identity()),
    ],
)
def test_only_what_is_named_is_kept(captured: Captured, kept: Identity) -> None:
    assert part(frozenset({captured})).identity == kept


@pytest.mark.parametrize(
    ("share", "sealed", "for_staff"), [("no", None, None), ("vault", GIVEN, None), ("staff", GIVEN, GIVEN)]
)
def test_a_contact_goes_where_the_reporter_wishes(
    share: ShareContact, sealed: Contact | None, for_staff: Contact | None
) -> None:
    parted = part(ALL, share)
    assert (parted.identity.contact, parted.for_staff) == (sealed, for_staff)


@pytest.mark.parametrize(("share", "declared"), [("no", GIVEN), ("vault", GIVEN), ("staff", None)])
def test_what_staff_are_not_to_have_is_to_be_taken_out_of_the_words(
    share: ShareContact, declared: Contact | None
) -> None:
    assert part(ALL, share).declared == declared


def test_staff_may_be_told_where_nothing_is_captured_and_nothing_is_sealed() -> None:
    assert part(frozenset(), "staff") == Parted(Identity(), GIVEN)


def test_sealing_where_contacts_are_not_captured_is_refused() -> None:
    with pytest.raises(ContactRefused) as refused:
        part(frozenset({"ip"}), "vault")
    assert not refused.value.available


@pytest.mark.parametrize("contact", [None, Contact(), Contact(" ", "\u200b", "")])
def test_sharing_without_a_contact_is_refused_with_what_to_do(contact: Contact | None) -> None:
    with pytest.raises(ContactRefused, match="write a name"):
        part(ALL, "staff", contact)


@given(st.text(max_size=200), st.text(max_size=60), st.text(max_size=254), st.text(max_size=2000))
def test_whatever_is_written_fits_into_a_record(name: str, phone: str, email: str, agent: str) -> None:
    door = Door(ALL)
    try:
        parted = door.part(
            share="vault", contact=Contact(name, phone, email), ip=lambda: "2001:db8::1", device=lambda: agent
        )
    except ContactRefused:
        return
    assert _size(parted.identity) <= RECORD_BYTES - 4


def test_letters_that_cleaning_makes_longer_are_cut() -> None:
    # U+1D160 becomes three characters in normal form.
    parted = part(ALL, "vault", Contact("\U0001d160" * MOST_NAME, "\U0001d160" * 60, "\U0001d160" * 254))
    assert _size(parted.identity) <= RECORD_BYTES - 4


def _size(identity: Identity) -> int:
    return len(json.dumps(identity.as_json(), ensure_ascii=False).encode())


def test_no_repr_shows_anything_of_it() -> None:
    parted = part(ALL, "staff")
    for shown in (repr(parted), repr(parted.identity), repr(GIVEN)):
        assert not [value for value in ("Ann", "5550142", "ann@", "203.0", "Browser") if value in shown]


def test_staff_read_a_contact_in_lines() -> None:
    assert contact_words(Contact("Ann", None, "a@b.org")).splitlines()[1:] == ["Name: Ann", "Mail: a@b.org"]
