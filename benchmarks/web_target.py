"""The web half to be measured: `python -m benchmarks.web_target {tipbridge,cheap,bare} DIR`."""

import sqlite3
import sys
import threading
from pathlib import Path

from flask import Flask, Response, request

from benchmarks.setting import NO_HELPDESK, application
from connector.processes import until_told_to_stop
from webhook_server.serve import Server


def bare_app(directory: Path) -> Flask:
    """What a first draft would be: Flask and one durable SQLite insert of the same bytes."""
    app = Flask("bare")
    local = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(local, "connection"):
            local.connection = sqlite3.connect(directory / "bare.db", isolation_level=None, timeout=30)
            local.connection.execute("PRAGMA journal_mode=WAL")
            local.connection.execute("PRAGMA synchronous=FULL")
        found: sqlite3.Connection = local.connection
        return found

    connection().execute("CREATE TABLE tips (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")

    @app.post("/api/v1/tips")
    def tips() -> Response:
        connection().execute("INSERT INTO tips (body) VALUES (?)", (request.get_data(),))
        return Response('{"ok": true}', 201, content_type="application/json")

    return app


def main() -> None:
    """Serve until told to stop."""
    kind, directory = sys.argv[1], Path(sys.argv[2])
    if kind == "bare":
        app, body = bare_app(directory), 1_000_000
    else:
        application_ = application(directory, NO_HELPDESK, derive=kind == "tipbridge")
        app, body = application_.web_app(), application_.limits.body_bytes
    server = Server(app, "127.0.0.1", 0, largest_body=body, spool=directory)
    server.start()
    print(f"ready {server.port}", flush=True)
    until_told_to_stop()
    server.stop()


if __name__ == "__main__":
    main()
