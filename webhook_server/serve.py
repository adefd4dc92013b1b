"""Serving an application over HTTP with waitress: bodies never lie in the clear, nothing about a client is logged."""

import socket
import threading
from pathlib import Path
from typing import Any, cast

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from webhook_server.bodies import channel_spooling_into
from webhook_server.web_request import IN_MEMORY

THREADS = 16


class Server:
    """One listener in a thread of its own."""

    def __init__(
        self, app: Flask, host: str, port: int, *, largest_body: int, spool: Path, threads: int = THREADS
    ) -> None:
        """Bind at once (port 0: any free one). Large bodies lie encrypted in `spool`. Raises OSError where the
        address is taken.
        """
        self._listener = socket.create_server((host, port), backlog=1024)
        self.port: int = self._listener.getsockname()[1]
        self._server: Any = create_server(
            app,
            sockets=[self._listener],
            threads=threads,
            # No Server header: it would only help who looks for holes.
            ident="",
            max_request_body_size=largest_body,
            inbuf_overflow=IN_MEMORY,
            # Above this size waitress writes answers to a file, in the clear; so it is never reached.
            outbuf_overflow=2 * largest_body,
            connection_limit=1000,
            channel_timeout=60,
            clear_untrusted_proxy_headers=False,
            expose_tracebacks=False,
        )
        cast("Any", self._server).channel_class = channel_spooling_into(spool)
        self._thread = threading.Thread(target=self._server.run, name=f"http-{self.port}", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening; requests that run are given a few seconds, then every connection is closed."""
        # The server's loop runs in its own thread: it is asked, by its trigger, to do each step itself.
        self._server.trigger.pull_trigger(self._stop_listening)
        self._server.task_dispatcher.shutdown(cancel_pending=True, timeout=5)
        self._server.trigger.pull_trigger(self._close_everything)
        self._thread.join(timeout=5)
        self._server.trigger.close()

    def _stop_listening(self) -> None:
        self._server.del_channel()
        self._listener.close()

    def _close_everything(self) -> None:
        # All but the trigger: whoever has pulled it may still be writing to it. Without it the loop ends.
        self._server.trigger.del_channel()
        wasyncore.close_all(self._server._map, ignore_all=True)  # noqa: SLF001  waitress has no public way
