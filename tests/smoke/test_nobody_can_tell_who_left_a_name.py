"""Among many cases of one channel and configuration nothing stored tells where a name was left."""

import secrets

from sqlalchemy import select

from connector.domain.case import CaseNumber
from connector.domain.identity import NOTHING, Contact, Identity
from connector.store.schema import vault_records, vault_shares
from tests.statistics import chance_of_ranks
from tests.vaulted import Vaulted

CASES = 1000


def test_a_thousand_records_look_alike(vaulted: Vaulted) -> None:
    app = vaulted.harness.app
    named = set(secrets.SystemRandom().sample(range(CASES), CASES // 2))
    hashes = {}
    with app.store.write() as tx:
        for number in range(CASES):
            case = CaseNumber(f"{number:04d}-0000")
            long_name = Contact("N" * 200, "5" * 60, "m" * 254)
            identity = Identity(ip="203.0.113.7", contact=long_name) if number in named else NOTHING
            rows = app.sealing.rows(case, identity)
            hashes[rows[0].case_hash] = number in named
            tx.vault.add(rows)
    with app.store.engine.connect() as connection:
        records = connection.execute(select(vault_records)).all()
        shares = connection.execute(select(vault_shares)).all()
    assert len({len(row.sealed) for row in records}) == 1
    assert len({len(row.sealed) for row in shares}) == 1
    assert {row.quorum for row in records} == {2}
    # In the order in which the database hands them out, those with a name stand no earlier than the others.
    in_order = [hashes[row.case_hash] for row in records]
    assert chance_of_ranks(in_order) > 1e-6
    # Nor does a byte of the ciphertexts say so: the shares of ones in both groups are alike.
    ones = [[], []]  # type: tuple[list[float], list[float]] | list[list[float]]
    for row in records:
        bits = int.from_bytes(row.sealed).bit_count() / (8 * len(row.sealed))
        ones[hashes[row.case_hash]].append(bits)
    means = [sum(group) / len(group) for group in ones]
    spread = 0.5 / (8 * len(records[0].sealed)) ** 0.5
    assert abs(means[0] - means[1]) < 6 * spread * (2 / (CASES / 2)) ** 0.5
    # Who holds which number is drawn anew each time: no custodian has the same number throughout.
    numbers: dict[str, set[int]] = {}
    for row in shares:
        numbers.setdefault(row.holder, set()).add(row.number)
    assert all(found == {1, 2, 3} for found in numbers.values())
