"""What a failure on the wire means to us: the one place where a library's errors become ours.

Nothing of the library's text is kept: it quotes URLs with their queries.
"""

import re
import ssl
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from requests import Response
from requests.exceptions import InvalidHeader, InvalidURL, ReadTimeout
from urllib3.exceptions import (
    ConnectTimeoutError,
    LocationValueError,
    NameResolutionError,
    NewConnectionError,
)

from connector.errors import ConfigError
from connector.plugin_api.errors import (
    HelpdeskFailure,
    HelpdeskMisconfigured,
    OutcomeUnknown,
    TemporaryFailure,
)
from connector.plugin_api.http.retry_after import retry_after

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")


def changes_something(method: str) -> bool:
    """Whether a request with this method may have an effect (RFC 9110, section 9.2.1)."""
    return method.upper() not in _SAFE_METHODS


def request_id(response: Response) -> str | None:
    """The platform's own id of the request, where it is one and nothing else."""
    given = response.headers.get("X-Request-Id", "")
    return given if _REQUEST_ID.fullmatch(given) else None


def wire_failure(error: Exception, method: str) -> HelpdeskFailure | ConfigError:
    """What it means that no answer came.

    Only where we know that nothing was sent is the outcome known; anything unforeseen counts as sent.
    """
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return HelpdeskMisconfigured(
            "HTTP-E003",
            "the helpdesk's TLS certificate is not valid here (expired, another name, unknown authority)",
            "renew it, or add your own authority's certificate to this machine's (update-ca-certificates)",
        )
    for kind, what in _NOT_SENT.items():
        if any(isinstance(cause, kind) for cause in causes):
            return TemporaryFailure(what)
    late = isinstance(error, ReadTimeout) or any(isinstance(cause, TimeoutError) for cause in causes)
    what = "the helpdesk did not answer in time" if late else "the connection to the helpdesk was lost"
    return OutcomeUnknown(what) if changes_something(method) else TemporaryFailure(what)


_NOT_SENT: dict[type[Exception], str] = {
    NameResolutionError: "the helpdesk's name could not be looked up",
    NewConnectionError: "the helpdesk refused the connection or is not reachable",
    ConnectTimeoutError: "the helpdesk could not be reached in time",
    LocationValueError: "the helpdesk's address could not be used",
    InvalidURL: "the helpdesk's address could not be used",
    InvalidHeader: "a header could not be sent",
}


def answer_failure(response: Response, method: str, now: datetime) -> HelpdeskFailure | None:
    """What an answer means that no plugin should have to judge; None for all others."""
    status, asked_by = response.status_code, request_id(response)
    if status in _REDIRECTS:
        return TemporaryFailure(_redirected(response), request_id=asked_by)
    if status != 429 and status < 500:
        return None
    wait = retry_after(response.headers.get("Retry-After"), now)
    if status == 429:
        return TemporaryFailure("the helpdesk limits our rate (429)", retry_after=wait, request_id=asked_by)
    # A 5xx may come after the change was made: a proxy lost patience, or something failed after the commit.
    kind = OutcomeUnknown if changes_something(method) else TemporaryFailure
    return kind(f"the helpdesk answered {status}", retry_after=wait, request_id=asked_by)


def _redirected(response: Response) -> str:
    try:
        parts = urlsplit(response.headers.get("Location", ""))
        target = f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    except ValueError:
        parts, target = urlsplit(""), ""
    # Only the origin: path and query of a redirect may quote what we asked for.
    to = f" to {target}" if parts.scheme in ("http", "https") and parts.hostname else ""
    return f"the helpdesk redirects{to}, which is never followed; configure its canonical url"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all that led to it, however the libraries have wrapped it."""
    waiting, seen = [error], set[int]()
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        linked = (current.__cause__, current.__context__, getattr(current, "reason", None), *current.args)
        waiting += [link for link in linked if isinstance(link, BaseException)]
