"""A request looks the same, is as large and takes as long whether a name was left, nothing, it is shredded, or no case is."""

import json
import secrets
import time
from collections.abc import Callable
from itertools import combinations
from typing import Any

from connector.domain.case import CaseNumber
from tests.statistics import chance_of_difference
from tests.vaulted import CONTACT, Vaulted


def _cases(vaulted: Vaulted) -> dict[str, CaseNumber]:
    shredded = vaulted.tell(contact=CONTACT, share_contact="vault")
    vaulted.harness.app.retaining.shred(shredded, "operator", "a test")
    return {
        "with a name": vaulted.tell(contact=CONTACT, share_contact="vault"),
        "with nothing of it": vaulted.tell(),
        "shredded": shredded,
        "unknown": CaseNumber("0000-0000"),
    }


def _shape(value: Any) -> Any:
    match value:
        case dict():
            return {name: _shape(inner) for name, inner in value.items()}
        case list():
            return [_shape(inner) for inner in value]
        case str():
            return len(value)
    return value


def _without_numbers(shape: dict[str, Any]) -> dict[str, Any]:
    # Which number a custodian holds is drawn for each record.
    return {**shape, "shares": [{**share, "number": 0} for share in shape["shares"]]}


def test_requests_have_one_shape_and_one_size(vaulted: Vaulted) -> None:
    asked = {what: vaulted.ask(case) for what, case in _cases(vaulted).items()}
    shapes = [_without_numbers(_shape(json.loads(one.request.to_bytes()))) for one in asked.values()]
    assert all(shape == shapes[0] for shape in shapes)
    assert len({len(one.request.to_bytes()) for one in asked.values()}) == 1
    assert len({len(one.opener.to_bytes()) for one in asked.values()}) == 1


def test_a_shredded_case_looks_like_its_neighbours_also_after_the_custodians_have_changed(
    vaulted: Vaulted,
) -> None:
    shredded, neighbour = (vaulted.tell(contact=CONTACT, share_contact="vault") for _ in range(2))
    vaulted.people.join("custodian-4")
    vaulted.people.quorum = 3
    vaulted.with_the_custodians_of_today()
    vaulted.harness.app.retaining.shred(shredded, "operator", "a test")
    asked = [vaulted.ask(case).request for case in (shredded, neighbour)]
    assert {len(request.to_bytes()) for request in asked} == {len(asked[0].to_bytes())}
    assert {(request.quorum, *(one.holder for one in request.shares)) for request in asked} == {
        (
            2,
            *sorted(
                vaulted.people.keys[f"custodian-{number}"].public_file.fingerprint for number in (1, 2, 3)
            ),
        )
    }
    assert vaulted.identity_of(shredded) is None
    assert vaulted.identity_of(neighbour) is not None
    assert vaulted.ask(vaulted.tell()).request.quorum == 3


def test_where_nothing_is_the_answer_is_null_and_the_custodians_notice_no_difference(
    vaulted: Vaulted,
) -> None:
    for what, case in _cases(vaulted).items():
        identity = vaulted.identity_of(case)
        if what == "with a name":
            assert identity is not None
        elif what in ("shredded", "unknown"):
            assert identity is None, what


def test_asking_takes_as_long(vaulted: Vaulted) -> None:
    cases = _cases(vaulted)
    # A difference that is there shows in every round; one by chance once in 50, and not three times in a row.
    rounds = (_kinds_that_differ(vaulted, cases) for _ in range(3))
    differing = next(rounds)
    for again in rounds:
        if not differing:
            break
        differing &= again
    assert differing == set()


def _kinds_that_differ(vaulted: Vaulted, cases: dict[str, CaseNumber]) -> set[tuple[str, str]]:
    took: dict[str, list[float]] = {what: [] for what in cases}
    turns = list(cases) * 60
    # In random turns, so that whatever else the machine does falls on all of them alike.
    secrets.SystemRandom().shuffle(turns)
    for what in turns:
        took[what].append(_seconds(lambda what=what: vaulted.ask(cases[what])))  # type: ignore[misc]
    return {
        (one, other)
        for one, other in combinations(cases, 2)
        if chance_of_difference(took[one], took[other]) < 0.02
    }


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
