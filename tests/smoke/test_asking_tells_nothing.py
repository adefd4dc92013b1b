"""A request looks the same, is as large and takes as long whether a name was left, nothing, it is shredded, or no case is."""

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

from connector.domain.case import CaseNumber
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
    took: dict[str, list[float]] = {what: [] for what in cases}
    for _ in range(40):
        for what, case in cases.items():
            took[what].append(_seconds(lambda case=case: vaulted.ask(case)))  # type: ignore[misc]
    medians = {what: statistics.median(times) for what, times in took.items()}
    # One kind against another, in turns: what differs is less than what one kind differs from itself.
    spread = max(
        statistics.quantiles(times, n=4)[2] - statistics.quantiles(times, n=4)[0] for times in took.values()
    )
    assert max(medians.values()) - min(medians.values()) < max(spread, 0.25 * min(medians.values())), medians


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
