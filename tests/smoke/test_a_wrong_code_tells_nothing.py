"""Every code that opens nothing gets the same answer, byte for byte."""

import pytest
import requests

from tests.harness import Harness

WRONG = ["0000-0000-0000-0000-0001", "1234", "", "not a code", "0" * 500, "\u0660" * 20]


def ask(harness: Harness, authorization: str | None) -> requests.Response:
    headers = {} if authorization is None else {"Authorization": authorization.encode().decode("latin-1")}
    return requests.get(f"{harness.url}/api/v1/inbox", headers=headers, timeout=30)


@pytest.mark.parametrize("code", WRONG)
def test_a_wrong_code_and_a_malformed_one_get_the_same_answer(harness: Harness, code: str) -> None:
    reporter = harness.reporter()
    reporter.send()
    reference = ask(harness, "Code 9999-9999-9999-9999-9999")
    found = ask(harness, f"Code {code}")
    assert (found.status_code, found.content) == (401, reference.content)
    assert found.headers["WWW-Authenticate"] == "Code"
    assert found.headers["Content-Length"] == reference.headers["Content-Length"]


def test_no_code_at_all_gets_the_same_answer_too(harness: Harness) -> None:
    assert ask(harness, None).content == ask(harness, "Code 9999-9999-9999-9999-9999").content


def test_the_right_code_works_with_spaces_hyphens_or_neither(harness: Harness) -> None:
    reporter = harness.reporter()
    reporter.send()
    digits = reporter.code.replace("-", "")
    for written in (digits, " ".join(digits[i : i + 4] for i in range(0, 20, 4)), reporter.code):
        assert ask(harness, f"Code {written}").status_code == 200
