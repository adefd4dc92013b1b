"""The client for one helpdesk: holds to its origin, sends its credentials nowhere else."""

from collections.abc import Mapping
from typing import Any

from connector.plugin_api.errors import (
    HelpdeskMisconfigured,
    OutcomeUnknown,
    PermanentFailure,
    TemporaryFailure,
)
from connector.plugin_api.http.body import JsonBody
from connector.plugin_api.http.exchange import Call, Exchange
from connector.plugin_api.http.origin import Origin, absolute
from connector.plugin_api.http.translation import changes_something
from connector.plugin_api.http_types import HttpResponse

ANSWER_LIMIT = 20_000_000
"""Bytes of an answer, where the plugin does not say."""
_AGENT = {"User-Agent": "tipbridge"}


class OriginClient:
    """`connector.plugin_api.HttpClient`, for real. Its `repr` shows the origin and nothing else."""

    def __init__(
        self, *, origin: Origin, headers: Mapping[str, str], timeout: float, exchange: Exchange
    ) -> None:
        self._origin = origin
        self._headers = {**_AGENT, **headers}
        self._timeout = timeout
        self._exchange = exchange

    def __repr__(self) -> str:
        return f"<OriginClient {self._origin}>"

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        max_bytes: int | None = None,
    ) -> HttpResponse:
        """As `HttpClient.request`; raises HelpdeskMisconfigured for a certificate that is not valid."""
        patience = timeout or self._timeout
        body = None if json is None else JsonBody(json, patience)
        kind = {"Accept": "application/json"} | ({} if body is None else {"Content-Type": "application/json"})
        call = Call(
            method=method.upper(),
            url=self._origin.url(path, query),
            host=self._origin.host,
            headers={**kind, **self._headers, **(headers or {})},
            timeout=patience,
            limit=ANSWER_LIMIT if max_bytes is None else max_bytes,
            oversized=OutcomeUnknown if changes_something(method) else TemporaryFailure,
            body=body,
        )
        return self._exchange.carry_out(call)

    def download(self, location: str, *, limit: int) -> bytes:
        """As `HttpClient.download`. Raises HelpdeskMisconfigured where our own credentials are refused."""
        call, ours = self._file_call(location, limit)
        answer = self._exchange.carry_out(call)
        if answer.status == 401 and ours:
            raise HelpdeskMisconfigured(
                "HTTP-E004",
                "the helpdesk refuses our credentials for a file",
                "check the token of this helpdesk and its rights",
            )
        if answer.status != 200:
            raise PermanentFailure(f"the file is not there any more ({answer.status})")
        return answer.body

    def _file_call(self, location: str, limit: int) -> tuple[Call, bool]:
        """The call for a file, and whether our credentials go with it."""
        if location.startswith("/"):
            path, _, asked = location.partition("?")
            url = self._origin.url(path) + (f"?{asked}" if asked else "")
            host, ours = self._origin.host, True
        else:
            url, host, ours = self._absolute(location)
        headers = self._headers if ours else _AGENT
        return Call("GET", url, host, headers, self._timeout, limit, PermanentFailure), ours

    def _absolute(self, location: str) -> tuple[str, str, bool]:
        parts = absolute(location)
        if parts is not None and self._origin.covers(parts):
            return location, self._origin.host, True
        elsewhere = Origin(parts.scheme, parts.hostname or "", parts.port or 443) if parts else None
        # From a real helpdesk, an http address on this machine could only be meant to read our own services.
        readable = elsewhere is not None and self._origin.scheme == "http" and elsewhere.is_loopback
        if elsewhere is None or not (elsewhere.scheme == "https" or readable):
            raise PermanentFailure(
                "refused to fetch a file from an address that is neither the helpdesk's nor https"
            )
        return location, elsewhere.host, False
