"""A webhook receiver: keeps what comes and answers what it is told to."""

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Received:
    """One request that came."""

    method: str
    path: str
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Receiver:
    """Listens while it is entered. `answers` are used up one by one; after them everything is 200."""

    def __init__(self, *answers: int, redirect_to: str = "/elsewhere") -> None:
        self.received: list[Received] = []
        self._answers = list(answers)
        self._redirect_to = redirect_to
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def _take(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                receiver.received.append(Received(self.command, self.path, dict(self.headers), body))
                self.send_response(receiver.next_answer())
                self.send_header("Location", receiver.elsewhere)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST = _take  # noqa: N815

            def log_message(self, *_args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        """Where deliveries go."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/hook"

    @property
    def elsewhere(self) -> str:
        """Where redirects lead."""
        return self._redirect_to

    def next_answer(self) -> int:
        """The status of the next answer."""
        return self._answers.pop(0) if self._answers else 200

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
