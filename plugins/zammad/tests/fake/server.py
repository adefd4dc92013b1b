"""The HTTP server: one thread for each connection, kept alive; it can be down and come back."""

import io
import socket
import socketserver
import sys
import threading
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from flask import Response

from plugins.zammad.tests.fake.gate import Gate

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "_Server"

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answer = self.server.gate.answer(self._environ(body), body)
        if answer is None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        # In one piece: a head and a body sent apart wait 40 ms for each other on a kept-alive connection.
        self.wfile.write(_bytes_of(answer))

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _serve  # noqa: N815

    def log_message(self, *_args: Any) -> None:
        """Say nothing: test output is for failures."""

    def _environ(self, body: bytes) -> "WSGIEnvironment":
        path, _, query = self.path.partition("?")
        environ: WSGIEnvironment = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "QUERY_STRING": query,
            "REQUEST_URI": self.path,
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": str(self.server.server_address[1]),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in self.headers.items():
            key = name.upper().replace("-", "_")
            if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
                environ[f"HTTP_{key}"] = value
        return environ


def _bytes_of(answer: Response) -> bytes:
    body = answer.get_data()
    empty = answer.status_code in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
    dropped = {"Content-Length", "Content-Type"} if empty else {"Content-Length"}
    headers = [f"{name}: {value}" for name, value in answer.headers if name not in dropped]
    headers += [
        f"Date: {formatdate(usegmt=True)}",
        "Server: nginx",
        *([] if empty else [f"Content-Length: {len(body)}"]),
    ]
    head = f"HTTP/1.1 {answer.status}\r\n" + "\r\n".join(headers) + "\r\n\r\n"
    return head.encode("latin-1") + (b"" if empty else body)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, gate: Gate) -> None:
        self.gate = gate
        self.open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is what many tests are about."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class HttpServer:
    """Starts and stops the server; once started it keeps its port, so that it can be down and come back."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self.port = 0

    def start(self) -> None:
        """Listen on 127.0.0.1, on any free port the first time."""
        self._server = _Server(self.port, self._gate)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, name="fake-zammad", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and end every open connection, kept-alive ones too."""
        if self._server is None or self._thread is None:
            return
        closing = threading.Thread(target=self._server.shutdown)
        closing.start()
        # The serving loop looks up twice a second; a connection makes it look at once.
        socket.create_connection(("127.0.0.1", self.port)).close()
        closing.join()
        self._thread.join()
        self._server.server_close()
        for connection in list(self._server.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # the other side was faster
                continue
        self._server = self._thread = None
