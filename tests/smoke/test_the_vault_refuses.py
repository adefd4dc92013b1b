"""Every way of opening an identity without the quorum fails, and is in the log."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Table, select, update

from connector.errors import VaultShut
from connector.services.asking import Asked
from connector.services.opening import VaultRefused
from connector.store.schema import vault_custodians, vault_records, vault_shares
from connector.vault.requests import Approval, NotYours, Request
from tests.custodians import PASSPHRASE
from tests.vaulted import Vaulted

Attempt = Callable[[Vaulted, Asked], object]


def _approvals(vaulted: Vaulted, asked: Asked, *names: str) -> list[bytes]:
    return vaulted.people.approvals(asked.request, vaulted.harness.clock.now(), *names)


def _too_few(vaulted: Vaulted, asked: Asked) -> object:
    return vaulted.open(asked, *_approvals(vaulted, asked, "custodian-1"))


def _the_same_twice(vaulted: Vaulted, asked: Asked) -> object:
    return vaulted.open(asked, *_approvals(vaulted, asked, "custodian-1", "custodian-1"))


def _for_another_request(vaulted: Vaulted, asked: Asked) -> object:
    other = vaulted.ask(asked.request.case)
    return vaulted.open(asked, *_approvals(vaulted, other))


def _for_another_case(vaulted: Vaulted, asked: Asked) -> object:
    other = vaulted.ask(vaulted.tell())
    moved = other.request.model_copy(update={"case": asked.request.case})
    approvals = vaulted.people.approvals(other.request, vaulted.harness.clock.now())
    return vaulted.harness.app.opening.open(moved.to_bytes(), approvals, other.opener.to_bytes(), PASSPHRASE)


def _with_another_opener(vaulted: Vaulted, asked: Asked) -> object:
    other = vaulted.ask(asked.request.case)
    return vaulted.harness.app.opening.open(
        asked.request.to_bytes(), _approvals(vaulted, asked), other.opener.to_bytes(), PASSPHRASE
    )


def _expired(vaulted: Vaulted, asked: Asked) -> object:
    approvals = _approvals(vaulted, asked)
    vaulted.harness.fast_forward(hours=73)
    return vaulted.open(asked, *approvals)


def _with_a_wrong_passphrase(vaulted: Vaulted, asked: Asked) -> object:
    return vaulted.open(asked, passphrase="not the passphrase")


def _a_second_time(vaulted: Vaulted, asked: Asked) -> object:
    vaulted.open(asked)
    return vaulted.open(asked)


def _of_a_stranger(vaulted: Vaulted, asked: Asked) -> object:
    stranger = vaulted.people.join("custodian-9")
    forged = vaulted.people.denial(asked.request, vaulted.harness.clock.now(), stranger.name)
    return vaulted.open(asked, *_approvals(vaulted, asked), forged)


def _with_a_forged_name(vaulted: Vaulted, asked: Asked) -> object:
    first, second = map(Approval.parse, _approvals(vaulted, asked))
    forged = first.model_copy(
        update={name: getattr(second, name) for name in ("custodian", "holder", "number")}
    )
    return vaulted.open(asked, first.to_bytes(), forged.to_bytes())


def _with_all_but_one_saying_no(vaulted: Vaulted, asked: Asked) -> object:
    now = vaulted.harness.clock.now()
    noes = [vaulted.people.denial(asked.request, now, name) for name in ("custodian-2", "custodian-3")]
    return vaulted.open(asked, *_approvals(vaulted, asked, "custodian-1"), *noes)


def _a_request_made_elsewhere(vaulted: Vaulted, asked: Asked) -> object:
    forged = asked.request.model_copy(update={"by": "Somebody Else"})
    return vaulted.harness.app.opening.open(
        forged.to_bytes(),
        vaulted.people.approvals(forged, vaulted.harness.clock.now()),
        asked.opener.to_bytes(),
        PASSPHRASE,
    )


@pytest.mark.parametrize(
    ("attempt", "why"),
    [
        (_too_few, "too few"),
        (_the_same_twice, "twice"),
        (_for_another_request, "another request"),
        (_for_another_case, "not made here"),
        (_with_another_opener, "opener"),
        (_expired, "expired"),
        (_with_a_wrong_passphrase, "passphrase"),
        (_a_second_time, "already"),
        (_of_a_stranger, "no custodian"),
        (_with_a_forged_name, "altered"),
        (_with_all_but_one_saying_no, "too few"),
        (_a_request_made_elsewhere, "not made here"),
    ],
)
def test_it_stays_shut_and_the_log_says_why(vaulted: Vaulted, attempt: Attempt, why: str) -> None:
    asked = vaulted.ask(vaulted.tell())
    with pytest.raises(VaultRefused):
        attempt(vaulted, asked)
    last = vaulted.last_entry()
    assert last["event"] == "refused"
    assert why in str(last["why"])
    assert vaulted.harness.app.auditing.verify() is None


def test_a_denial_is_in_the_log_with_its_reason(vaulted: Vaulted) -> None:
    asked = vaulted.ask(vaulted.tell())
    now = vaulted.harness.clock.now()
    approvals = [
        *vaulted.people.approvals(asked.request, now, "custodian-1", "custodian-2"),
        vaulted.people.denial(asked.request, now, "custodian-3"),
    ]
    assert vaulted.open(asked, *approvals).identity is not None
    entries = list(vaulted.harness.app.auditing.entries())
    assert [(entry["event"], entry.get("reason")) for entry in entries[-2:]] == [
        ("denied", "not convincing"),
        ("opened", None),
    ]


def test_a_bit_altered_anywhere_in_any_file_opens_nothing(vaulted: Vaulted) -> None:
    case = vaulted.tell()
    asked = vaulted.ask(case)
    files = [asked.request.to_bytes(), asked.opener.to_bytes(), *_approvals(vaulted, asked)]
    opening = vaulted.harness.app.opening
    for place, whole in enumerate(files):
        # Every file whole would take long: its beginning, its end, and a sample of what lies between.
        positions = {
            *range(0, 120, 7),
            *range(len(whole) - 120, len(whole), 7),
            *range(120, len(whole) - 120, 211),
        }
        for position in sorted(positions):
            altered = list(files)
            altered[place] = whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :]
            with pytest.raises(VaultShut):
                opening.open(altered[0], altered[2:], altered[1], PASSPHRASE)
    assert vaulted.open(asked).identity is not None


@pytest.mark.parametrize(
    ("table", "column"),
    [(vault_records, "sealed"), (vault_custodians, "public_file")],
    ids=["record", "custodian"],
)
def test_a_bit_altered_in_what_is_stored_is_no_answer_and_is_in_the_log(
    vaulted: Vaulted, table: Table, column: str
) -> None:
    case, engine = vaulted.tell(), vaulted.harness.app.store.engine
    with engine.connect() as connection:
        whole = connection.execute(select(table.c[column])).scalars().all()[0]
    # In a record: its version, its commitment, its ciphertext, its tag.
    for position in (0, 5, 40, len(whole) // 2, len(whole) - 2):
        asked = vaulted.ask(case)
        altered = whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :]
        with engine.begin() as connection:
            connection.execute(update(table).where(table.c[column] == whole).values({column: altered}))
        with pytest.raises(VaultRefused, match="altered"):
            vaulted.open(asked)
        assert vaulted.last_entry()["event"] == "refused"
        assert vaulted.last_entry()["case"] == case
        with engine.begin() as connection:
            connection.execute(update(table).where(table.c[column] == altered).values({column: whole}))
    assert vaulted.identity_of(case) is not None


def test_a_bit_altered_in_a_stored_share_is_noticed_by_its_custodian(vaulted: Vaulted) -> None:
    case, now = vaulted.tell(), vaulted.harness.clock.now()
    with vaulted.harness.app.store.engine.begin() as connection:
        for row in connection.execute(select(vault_shares)).all():
            altered = row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])
            connection.execute(
                update(vault_shares).where(vault_shares.c.holder == row.holder).values(sealed=altered)
            )
    with pytest.raises(NotYours, match="altered"):
        vaulted.people.approvals(vaulted.ask(case).request, now)


def test_of_two_who_open_at_once_one_is_refused_and_the_log_says_so(
    vaulted: Vaulted, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = vaulted.ask(vaulted.tell())
    both = Barrier(2)
    opening = vaulted.harness.app.opening
    checked = opening._check_asked

    def check_together(request: Request) -> None:
        checked(request)
        both.wait(30)

    monkeypatch.setattr(opening, "_check_asked", check_together)

    def attempt(_: int) -> str:
        try:
            return "opened" if vaulted.open(asked).identity else "nothing"
        except VaultRefused:
            return "refused"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, range(2))) == ["opened", "refused"]
    assert vaulted.events() == ["requested", "opened", "refused"]
    assert "already" in str(vaulted.last_entry()["why"])


def test_a_custodian_who_was_none_when_it_was_sealed_holds_no_share(vaulted: Vaulted) -> None:
    asked = vaulted.ask(vaulted.tell())
    newcomer = vaulted.people.join("custodian-4")
    with pytest.raises(VaultShut):
        vaulted.people.approvals(asked.request, vaulted.harness.clock.now(), newcomer.name)


def test_what_the_request_says_is_what_the_custodians_see(vaulted: Vaulted) -> None:
    asked = vaulted.ask(vaulted.tell())
    read = Request.parse(asked.request.to_bytes())
    assert "order number: D-101-CV-2026-00042" in read.grounds.lines()
    assert read.by == "A. Counsel"
