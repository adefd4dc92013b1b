"""Sending a webhook's request: plain HTTP from the standard library, with Zammad's time-outs."""

import base64
import http.client
from dataclasses import dataclass, field
from urllib.parse import quote_plus, urljoin, urlsplit

_OPEN_TIMEOUT = 4.0
_READ_TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class Post:
    """One request to a receiver."""

    url: str
    headers: dict[str, str]
    body: bytes = field(repr=False)
    basic_auth: tuple[str, str] | None = field(default=None, repr=False)


def send(post: Post, *, follow_redirects: bool) -> int | None:
    """POST it. Returns the status, None where no answer came within 30 s.

    Zammad 5.x follows a redirect with a GET that carries the whole payload in its URL, whose answer counts.
    """
    headers = dict(post.headers)
    if post.basic_auth is not None:
        credentials = base64.b64encode(":".join(post.basic_auth).encode()).decode()
        headers["Authorization"] = f"Basic {credentials}"
    status, location = _request("POST", post.url, headers, post.body)
    if follow_redirects and status is not None and 300 <= status < 400 and location:
        there = urljoin(post.url, location)
        status, _ = _request("GET", f"{there}?&payload={quote_plus(post.body.decode())}", headers, b"")
    return status


def _request(method: str, url: str, headers: dict[str, str], body: bytes) -> tuple[int | None, str | None]:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_OPEN_TIMEOUT)
    try:
        connection.connect()
        connection.sock.settimeout(_READ_TIMEOUT)
        connection.request(
            method, f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}", body or None, headers
        )
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.getheader("Location")
    except (OSError, http.client.HTTPException):
        return None, None
    finally:
        connection.close()
