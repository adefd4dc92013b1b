"""Headers on every answer: nothing is cached, nothing from elsewhere is loaded, nothing says where one came from."""

from flask import Flask, Response

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


def protect(app: Flask, *, secure: bool) -> None:
    """Set the headers on every answer of an app."""

    @app.after_request
    def set_headers(response: Response) -> Response:
        # An ETag would be an identifier; anything kept would stay on the device.
        for name in ("Cache-Control", "ETag", "Last-Modified", "Expires"):
            response.headers.remove(name)
        response.headers.extend(SECURITY_HEADERS)
        if secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response
