"""`/watchz` and `/metrics` on the operator's listener only: all is well, a dead worker, a helpdesk that is down."""

from typing import Any

import pytest
import requests

from tests.harness import Harness


def watched(harness: Harness) -> tuple[int, set[str]]:
    """What monitoring sees: the status and the problems."""
    answer = harness.app.admin_app().test_client().get("/watchz")
    body: Any = answer.json
    return answer.status_code, {problem["id"] for problem in body["problems"]}


def test_while_all_is_well_nothing_is_wrong(harness: Harness) -> None:
    harness.reporter().send()
    harness.settle()
    harness.app.working.beat()
    assert watched(harness) == (200, set())


def test_a_dead_worker_shows_although_it_cannot_say_so(harness: Harness) -> None:
    assert watched(harness)[0] == 200
    harness.fast_forward(minutes=2)
    assert watched(harness) == (503, {"no-worker"})


def test_a_helpdesk_that_is_down_shows_and_readiness_does_not_suffer(harness: Harness) -> None:
    harness.expect_error("alarm")
    harness.desk.go_down()
    harness.reporter().send()
    for _ in range(14):
        harness.deliver()
        harness.fast_forward(minutes=1)
    harness.app.working.beat()
    status, problems = watched(harness)
    assert status == 503
    assert any(problem.startswith("helpdesk-failing") for problem in problems)
    assert requests.get(f"{harness.url}/readyz", timeout=10).status_code == 200
    harness.desk.come_back()


def test_the_numbers_name_helpdesks_and_states_and_nobody(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    text = harness.app.admin_app().test_client().get("/metrics").text
    assert 'tipbridge_outbox_rows{helpdesk="desk",state="pending"} 1.0' in text
    assert "tipbridge_cases 1.0" in text
    assert reporter.case not in text


@pytest.mark.parametrize("path", ["/watchz", "/metrics"])
def test_nothing_of_it_is_on_the_public_address(harness: Harness, path: str) -> None:
    assert requests.get(harness.url + path, timeout=10).status_code == 404
