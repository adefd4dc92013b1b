"""Every answer, also the failing ones: kept nowhere, loads nothing from elsewhere, names nobody, sets no cookie."""

import pytest
import requests

from tests.harness import Harness

CALLS = [
    ("GET", "/", None, 200),
    ("GET", "/tip", None, 303),
    ("GET", "/inbox", None, 303),
    ("GET", "/static/page.css", None, 200),
    ("GET", "/api/v1/schools", None, 200),
    ("GET", "/api/v1/openapi.json", None, 200),
    ("GET", "/api/v1/inbox", None, 401),
    ("GET", "/nothing-here", None, 404),
    ("PUT", "/api/v1/tips", None, 405),
    ("POST", "/api/v1/tips", b"{", 400),
    ("POST", "/api/v1/tips", b'{"text": ""}', 422),
    ("POST", "/webhooks/desk", b"{}", 401),
    ("GET", "/healthz", None, 200),
    ("GET", "/readyz", None, 200),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), CALLS)
def test_every_answer_keeps_quiet(
    harness: Harness, method: str, path: str, body: bytes | None, status: int
) -> None:
    answer = requests.request(
        method,
        harness.url + path,
        data=body,
        headers={"Content-Type": "application/json", **harness.canary.headers},
        allow_redirects=False,
        timeout=10,
    )
    assert answer.status_code == status
    headers = {name.lower(): value for name, value in answer.headers.items()}
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert not {"etag", "last-modified", "server", "set-cookie", "location"} & set(headers) - (
        {"location"} if status == 303 else set()
    )


def test_leaving_clears_what_the_browser_kept(harness: Harness) -> None:
    answer = requests.post(f"{harness.url}/", data={"step": "leave"}, timeout=10)
    assert "Clear-Site-Data" in answer.headers
