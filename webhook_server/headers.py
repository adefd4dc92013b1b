"""Headers on every answer: nothing is cached, nothing from elsewhere is loaded, nothing says where one came from."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

SECURITY_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
}


_REPLACED = frozenset({"cache-control", "etag", "last-modified", "expires"})
"""An ETag would be an identifier; anything kept would stay on the device."""


def protect(app: Flask, *, secure: bool) -> None:
    """Set the headers on every answer of an app, whoever in it has written the answer."""
    ours = list(SECURITY_HEADERS.items())
    if secure:
        ours.append(("Strict-Transport-Security", "max-age=31536000"))
    answer = app.wsgi_app

    def protected(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *problem: Any) -> Callable[[bytes], object]:
            kept = [(name, value) for name, value in headers if name.lower() not in _REPLACED]
            return start_response(status, kept + ours, *problem)

        return answer(environ, start)

    app.wsgi_app = protected  # type: ignore[method-assign]
