"""The service is asked whatever its OpenAPI document allows, and much that it does not: never a 5xx, never a surprise."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from connector.bootstrap import Application
from connector.domain.tip import Tip
from connector.log import LogCapture

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
QUICK = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
THOROUGH = settings(QUICK, max_examples=400, derandomize=False)


@pytest.fixture(scope="module")
def described(application: Application) -> Any:
    """The API as its own document describes it."""
    return schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", application.web_app(), config=SchemathesisConfig()
    )


@pytest.fixture(scope="module")
def headers(application: Application) -> dict[str, str]:
    """What somebody with a valid code sends."""
    tip = Tip(school="north-high", category="other", text="a tip to come back to")
    return {"Authorization": f"Code {application.intake.accept(tip).code.reveal()}"}


def ask(described: Any, label: str, how: settings, headers: dict[str, str] | None = None) -> None:
    """Ask one operation in many ways."""
    operation = next(found.ok() for found in described.get_all_operations() if found.ok().label == label)

    @how
    @given(case=operation.as_strategy())
    def every_way(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(checks=CHECKS, headers=headers)

    every_way()


OPERATIONS = [
    "POST /api/v1/tips",
    "POST /api/v1/tips/check",
    "GET /api/v1/schools",
    "GET /api/v1/inbox",
    "POST /api/v1/inbox/messages",
    "DELETE /api/v1/inbox/messages/{id}",
    "GET /api/v1/inbox/files/{id}",
]


def test_the_document_has_these_operations(described: Any) -> None:
    assert sorted(found.ok().label for found in described.get_all_operations()) == sorted(OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_call_answers_as_it_is_described(described: Any, operation: str) -> None:
    ask(described, operation, QUICK)


@pytest.mark.parametrize("operation", [name for name in OPERATIONS if "/inbox" in name])
def test_the_inbox_answers_its_reporter_as_it_is_described(
    described: Any, headers: dict[str, str], operation: str
) -> None:
    ask(described, operation, QUICK, headers)


@pytest.mark.long
@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_call_answers_as_it_is_described_however_often(
    described: Any, headers: dict[str, str], operation: str
) -> None:
    ask(described, operation, THOROUGH)
    ask(described, operation, THOROUGH, headers)


def test_nothing_of_all_that_was_an_error_of_ours(logs: LogCapture) -> None:
    assert [entry["event"] for entry in logs.errors] == []
