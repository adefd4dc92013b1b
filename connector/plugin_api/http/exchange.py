"""One request from beginning to end: wait for a turn, send, read within limits, translate, log."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from requests import Request, Response
from requests.exceptions import RequestException
from urllib3.exceptions import HTTPError

from connector.clock import Clock
from connector.errors import TipbridgeError
from connector.plugin_api.errors import HelpdeskFailure
from connector.plugin_api.http.body import JsonBody
from connector.plugin_api.http.rate import TokenBucket
from connector.plugin_api.http.translation import (
    answer_failure,
    request_id,
    wire_failure,
)
from connector.plugin_api.http.transport import Wire
from connector.plugin_api.http_types import HttpResponse

_PIECE = 64 * 1024


class HttpLog(Protocol):
    """Where calls are logged. Fields: host, method, status, elapsed_ms, request_id, error (a class name)."""

    def debug(self, event: str, /, **fields: str | int | None) -> None:
        """Note a call that was answered."""
        ...

    def info(self, event: str, /, **fields: str | int | None) -> None:
        """Note a call that failed."""
        ...


@dataclass(frozen=True, slots=True)
class Call:
    """What to ask. `host` is what the log says of the address, `oversized` what an answer over `limit` is."""

    method: str
    url: str = field(repr=False)
    host: str
    headers: Mapping[str, str] = field(repr=False)
    timeout: float
    limit: int
    oversized: type[HelpdeskFailure]
    body: JsonBody | None = field(default=None, repr=False)


class Exchange:
    """Carries out calls to one helpdesk. Several threads may use it at once."""

    def __init__(
        self,
        *,
        wire: Wire,
        bucket: TokenBucket,
        log: HttpLog,
        clock: Clock,
        monotonic: Callable[[], float],
    ) -> None:
        self._wire = wire
        self._bucket = bucket
        self._log = log
        self._clock = clock
        self._monotonic = monotonic

    def carry_out(self, call: Call) -> HttpResponse:
        """Ask and return any answer below 500 but 429 and redirects.

        Raises TemporaryFailure, OutcomeUnknown, HelpdeskMisconfigured (certificate), the call's own failure
        for an answer over its limit.
        """
        self._bucket.take()
        started = self._monotonic()
        fields: dict[str, str | int | None] = {"host": call.host, "method": call.method}
        try:
            response = self._attempt(call, fields)
        except TipbridgeError as failure:
            fields |= {"error": type(failure).__name__, "elapsed_ms": self._since(started)}
            self._log.info("helpdesk_call_failed", **fields)
            raise
        self._log.debug("helpdesk_called", **fields, elapsed_ms=self._since(started))
        return response

    def _since(self, started: float) -> int:
        return round(1000 * (self._monotonic() - started))

    def _attempt(self, call: Call, fields: dict[str, str | int | None]) -> HttpResponse:
        try:
            response = self._send(call)
            try:
                fields |= {"status": response.status_code, "request_id": request_id(response)}
                return self._read(call, response)
            finally:
                response.close()
        except (RequestException, HTTPError, OSError, ValueError) as error:
            failure = wire_failure(error, call.method)
        # Raised here, not above: as the context of our failure the error would carry URL and headers
        # along, and a traceback would show them.
        raise failure

    def _send(self, call: Call) -> Response:
        request = Request(call.method, call.url, headers=dict(call.headers)).prepare()
        if call.body is not None:
            request.prepare_body(call.body, files=None)
        return self._wire.carry(request, call.timeout)

    def _read(self, call: Call, response: Response) -> HttpResponse:
        failure = answer_failure(response, call.method, self._clock.now())
        if failure is not None:
            raise failure
        declared = response.headers.get("Content-Length", "")
        if declared.isdigit() and int(declared) > call.limit and call.method != "HEAD":
            raise _too_large(call)
        pieces, size = [], 0
        for piece in response.iter_content(_PIECE):
            size += len(piece)
            if size > call.limit:
                raise _too_large(call)
            pieces.append(piece)
        headers = {name.lower(): value for name, value in response.headers.items()}
        return HttpResponse(response.status_code, headers, b"".join(pieces))


def _too_large(call: Call) -> HelpdeskFailure:
    return call.oversized(f"the helpdesk's answer is larger than {call.limit} bytes")
