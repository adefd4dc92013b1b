"""What a request meets before Zammad does: it is written down, held back, and perhaps goes wrong."""

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import Flask, Response

from plugins.zammad.tests.fake.errors import OpaqueUnprocessable
from plugins.zammad.tests.fake.faults import Fault, Faults, Kind
from plugins.zammad.tests.fake.wire import refusal_answer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """One request as it came in; `raw` is all of it, for a search."""

    method: str
    path: str
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def raw(self) -> bytes:
        """Request line, headers and body."""
        lines = [f"{self.method} {self.path}", *(f"{name}: {value}" for name, value in self.headers.items())]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


class Gate:
    """Stands between the HTTP server and the app."""

    def __init__(self, app: Flask, faults: Faults) -> None:
        self._app = app
        self._faults = faults
        self.requests: list[SeenRequest] = []

    def answer(self, environ: "WSGIEnvironment", body: bytes) -> Response | None:
        """The answer to a request; None where its connection is to end without one."""
        seen = _seen(environ, body)
        self.requests.append(seen)
        if self._faults.latency:
            time.sleep(self._faults.latency)
        fault = self._faults.take(seen.method, seen.path)
        return self._from_app(environ) if fault is None else self._faulty(fault, environ)

    def _faulty(self, fault: Fault, environ: "WSGIEnvironment") -> Response | None:
        if fault.kind is Kind.DROP:
            return None
        if fault.kind is Kind.ANSWER:
            return Response(fault.body, fault.status, dict(fault.headers))
        if fault.kind is Kind.DEADLOCK:
            deadlock = OpaqueUnprocessable("PG::TRDeadlockDetected: ERROR:  deadlock detected")
            return refusal_answer(deadlock, for_admin=False, as_json=True)
        answer = self._from_app(environ)
        if fault.kind is Kind.DROP_AFTER:
            return None
        self._faults.wait_for_release()
        return answer

    def _from_app(self, environ: "WSGIEnvironment") -> Response:
        with self._app.request_context(environ):
            return self._app.full_dispatch_request()


def _seen(environ: "WSGIEnvironment", body: bytes) -> SeenRequest:
    headers = {
        name[5:].replace("_", "-").title(): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    headers["Content-Type"] = environ["CONTENT_TYPE"]
    return SeenRequest(environ["REQUEST_METHOD"], environ["REQUEST_URI"], headers, body)
