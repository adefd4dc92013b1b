"""The public application, put together from its parts. No globals, no reading of config."""

from flask import Flask, Response
from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
)
from werkzeug.middleware.proxy_fix import ProxyFix

from connector.errors import Conflict, StoreUnavailable
from webhook_server.api.inbox import inbox_blueprint
from webhook_server.api.openapi import openapi_blueprint
from webhook_server.api.tips import tips_blueprint
from webhook_server.headers import protect
from webhook_server.health import health_blueprint
from webhook_server.pages.routes import pages_blueprint
from webhook_server.parts import WebParts
from webhook_server.problems import (
    NOT_FOUND,
    OUR_FAULT,
    TOO_LARGE,
    WRONG_METHOD,
    Problem,
    come_back,
)
from webhook_server.web_request import spooling_into
from webhook_server.webhooks import webhooks_blueprint


def create_app(parts: WebParts) -> Flask:
    """The application that reporters and helpdesks reach."""
    app = Flask("webhook_server")
    app.request_class = spooling_into(parts.spool)
    app.config["MAX_CONTENT_LENGTH"] = parts.limits.body_bytes
    protect(app, secure=parts.secure)
    for blueprint in (
        tips_blueprint(parts),
        inbox_blueprint(parts),
        openapi_blueprint(),
        pages_blueprint(parts),
        webhooks_blueprint(parts),
        health_blueprint(parts),
    ):
        app.register_blueprint(blueprint)
    _handle_errors(app, parts)
    if parts.trusted_proxies:
        # Only so many hops are believed; with 0 the header is ignored and cannot be forged.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=parts.trusted_proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    return app


def _handle_errors(app: Flask, parts: WebParts) -> None:
    @app.errorhandler(Problem)
    def problem(error: Problem) -> Response:
        return error.response()

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        match error:
            case RequestEntityTooLarge():
                return TOO_LARGE.response()
            case NotFound():
                return NOT_FOUND.response()
            case MethodNotAllowed():
                return WRONG_METHOD.response()
        return Problem(error.code or 500, "not-understood", "Not understood", "Check the request.").response()

    @app.errorhandler(StoreUnavailable)
    @app.errorhandler(Conflict)
    def store(error: Exception) -> Response:
        parts.log.error("could_not_store", error=type(error).__name__)
        return come_back("could-not-store", 5).response()

    @app.errorhandler(Exception)
    def fault(error: Exception) -> Response:
        # The text of an exception may quote a tip: only its class and place are logged.
        parts.log.exception("web_fault", error)  # noqa: LOG004, PLE1205  ours, not the standard library's
        return OUR_FAULT.response()
