"""The practice helpdesk as one thing: a folder, a server, and the credentials by which staff and connector come in."""

import json
import os
import secrets
import socket
import threading
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify
from pydantic import ValidationError
from waitress import wasyncore
from waitress.server import create_server

from demo.practice.api import Api
from demo.practice.database import Database, Refused
from demo.practice.faults import Faults
from demo.practice.pages import Pages
from demo.practice.tickets import Clock, Tickets, now
from demo.practice.webhooks import Webhooks

_LARGEST = 100_000_000
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class PracticeHelpdesk:
    """State in `directory`, kept across restarts."""

    def __init__(self, directory: Path, *, port: int = 0, clock: Clock = now) -> None:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = directory / "practice.json"
        self._known = self._credentials()
        self.user, self.password = self._known["staff"]["user"], self._known["staff"]["password"]
        self.token, self.webhook_secret = self._known["token"], self._known["webhook_secret"]
        self.faults = Faults()
        self.webhooks = Webhooks(self.webhook_secret, self.faults)
        self._database = Database(directory / "practice.db")
        self.tickets = Tickets(self._database, clock, self.webhooks.announce)
        self._ending = threading.Event()
        self.app = self._app()
        self._listener = socket.create_server(("127.0.0.1", port), backlog=256)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._server: Any = create_server(
            self.app, sockets=[self._listener], threads=16, ident="", max_request_body_size=_LARGEST
        )
        self._thread = threading.Thread(target=self._server.run, name="practice", daemon=True)

    def start(self) -> None:
        """Answer from now on, and write down where."""
        self._thread.start()
        draft = self._file.with_suffix(".new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            json.dump({**self._known, "url": self.url}, file, indent=2)
        draft.replace(self._file)

    def stop(self) -> None:
        """End everything. The server's loop does each step itself, asked by its trigger."""
        self._ending.set()
        self.webhooks.stop()
        self._server.trigger.pull_trigger(self._stop_listening)
        self._server.task_dispatcher.shutdown(cancel_pending=True, timeout=2)
        self._server.trigger.pull_trigger(self._close_connections)
        self._thread.join(timeout=5)
        self._server.trigger.close()
        self._database.close()

    def _stop_listening(self) -> None:
        self._server.del_channel()
        self._listener.close()

    def _close_connections(self) -> None:
        # All but the trigger: whoever has pulled it may still be writing to it. Without it the loop ends.
        self._server.trigger.del_channel()
        wasyncore.close_all(self._server._map, ignore_all=True)  # noqa: SLF001  waitress has no public way

    def _app(self) -> Flask:
        app = Flask("demo.practice", static_url_path="/static")
        app.secret_key = self._known["session_key"]
        app.config.update(SESSION_COOKIE_SAMESITE="Strict", MAX_CONTENT_LENGTH=_LARGEST)
        api = Api(self.tickets, self.faults, self.webhooks, self.token, self._ending.wait)
        app.register_blueprint(api.blueprint())
        app.register_blueprint(Pages(self.tickets, self.faults, self.user, self.password).blueprint())

        @app.after_request
        def protect(response: Response) -> Response:
            response.headers.extend(_HEADERS)
            return response

        @app.errorhandler(Refused)
        def refused(error: Refused) -> tuple[Response, int]:
            return jsonify(error=error.name, detail=error.detail, **error.more), error.status

        @app.errorhandler(ValidationError)
        def invalid(error: ValidationError) -> tuple[Response, int]:
            fields = {".".join(str(part) for part in problem["loc"]) for problem in error.errors()}
            return jsonify(error="invalid", detail=f"look at {', '.join(sorted(fields))}"), 422

        return app

    def _credentials(self) -> dict[str, Any]:
        if self._file.exists():
            known: dict[str, Any] = json.loads(self._file.read_text(encoding="utf-8"))
            return known
        return {
            "staff": {"user": "staff", "password": secrets.token_urlsafe(9)},
            "token": secrets.token_urlsafe(24),
            "webhook_secret": secrets.token_urlsafe(24),
            "session_key": secrets.token_hex(32),
        }
