"""The practice helpdesk as one thing: a folder, a server, and the credentials by which staff and connector come in."""

import json
import os
import secrets
import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, jsonify, request
from waitress import wasyncore
from waitress.server import create_server

from demo.practice.api import api_blueprint
from demo.practice.database import Database, Refused
from demo.practice.faults import Faults
from demo.practice.pages import pages_blueprint
from demo.practice.tickets import Tickets
from demo.practice.webhooks import Webhooks

_POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
_LARGEST = 100_000_000


def _now() -> datetime:
    return datetime.now(UTC)


class PracticeHelpdesk:
    """State in `directory`, kept across restarts. `requests` keeps every raw call of the connector, if asked to."""

    def __init__(
        self,
        directory: Path,
        *,
        port: int = 0,
        clock: Callable[[], datetime] = _now,
        record: bool = False,
    ) -> None:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._directory = directory
        self._known = self._credentials()
        self.user, self.password = self._known["staff"]["user"], self._known["staff"]["password"]
        self.token: str = self._known["token"]
        self.webhook_secret: str = self._known["webhook_secret"]
        self.requests: list[bytes] = []
        self.faults = Faults()
        self.webhooks = Webhooks(self.webhook_secret, self.faults)
        self._database = Database(directory / "practice.db")
        self.tickets = Tickets(self._database, clock, self.webhooks.announce)
        self._ending = threading.Event()
        self._deaf = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", port), backlog=256)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._server: Any = create_server(
            self._app(record), sockets=[self._listener], threads=16, ident="", max_request_body_size=_LARGEST
        )
        self._thread = threading.Thread(target=self._server.run, name="practice", daemon=True)

    def start(self) -> None:
        """Answer from now on, and write down where."""
        self._thread.start()
        self._write({**self._known, "url": self.url})

    def stop(self) -> None:
        """End everything."""
        self._ending.set()
        self.webhooks.stop()
        self._server.trigger.pull_trigger(self._stop_listening)
        self._server.task_dispatcher.shutdown(cancel_pending=True, timeout=2)
        # Until then the loop could pick up the next order before the byte that announces it is written.
        self._deaf.wait(timeout=5)
        self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._server._map, ignore_all=True))  # noqa: SLF001
        self._thread.join(timeout=5)
        self._database.close()

    def _stop_listening(self) -> None:
        self._server.del_channel()
        self._listener.close()
        self._deaf.set()

    def _app(self, record: bool) -> Flask:
        app = Flask("demo.practice", static_url_path="/static")
        app.secret_key = self._known["session_key"]
        app.config.update(
            SESSION_COOKIE_SAMESITE="Strict", SESSION_COOKIE_HTTPONLY=True, MAX_CONTENT_LENGTH=_LARGEST
        )
        app.register_blueprint(
            api_blueprint(self.tickets, self.faults, self.webhooks, self.token, self._ending.wait)
        )
        app.register_blueprint(pages_blueprint(self.tickets, self.faults, self.user, self.password))

        @app.before_request
        def keep() -> None:
            if record and request.path.startswith("/api/"):
                head = f"{request.method} {request.full_path}\n{request.headers}".encode()
                self.requests.append(head + request.get_data())
            g.practice = True

        @app.after_request
        def protect(response: Response) -> Response:
            response.headers.setdefault("Content-Security-Policy", _POLICY)
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["Cache-Control"] = "no-store"
            return response

        @app.errorhandler(Refused)
        def refused(error: Refused) -> tuple[Response, int]:
            return jsonify(error=error.name, detail=error.detail, **error.more), error.status

        return app

    def _credentials(self) -> dict[str, Any]:
        try:
            known: dict[str, Any] = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {
                "staff": {"user": "staff", "password": secrets.token_urlsafe(9)},
                "token": secrets.token_urlsafe(24),
                "webhook_secret": secrets.token_urlsafe(24),
                "session_key": secrets.token_hex(32),
            }
        return known

    def _write(self, known: dict[str, Any]) -> None:
        draft = self._file.with_suffix(".new")
        with open(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            json.dump(known, file, indent=2)
        draft.replace(self._file)

    @property
    def _file(self) -> Path:
        return self._directory / "practice.json"
