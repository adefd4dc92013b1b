"""A server that does on the wire exactly what a test tells it to, down to the byte."""

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Asked:
    """A request as it came in. Header names are lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class Connection:
    """One accepted connection."""

    def __init__(self, sock: socket.socket, stopping: threading.Event) -> None:
        self._sock = sock
        self._stream = sock.makefile("rb")
        self.stopping = stopping

    def read(self) -> Asked | None:
        """The next request with its body, None where the client has gone."""
        line = self._stream.readline().decode("latin-1")
        if not line:
            return None
        method, target, _ = line.split(" ", 2)
        headers = {}
        while (header := self._stream.readline().decode("latin-1").strip()) != "":
            name, _, value = header.partition(":")
            headers[name.lower()] = value.strip()
        return Asked(method, target, headers, self._stream.read(int(headers.get("content-length", 0))))

    def send(self, data: bytes) -> None:
        """Send these bytes."""
        self._sock.sendall(data)

    def drip(self, data: bytes, every: float) -> None:
        """Send a byte at a time, `every` so many seconds, until the client has had enough."""
        for byte in data:
            if self.stopping.wait(every):
                return
            self.send(bytes([byte]))

    def wait_until_gone(self) -> None:
        """Say nothing until the client hangs up."""
        while self._stream.read(1):
            pass

    def reset(self) -> None:
        """Break the connection off with a TCP reset."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._stream.close()
        self._sock.close()


Script = Callable[[Connection], None]


@dataclass
class WireServer:
    """`script` is what happens to each connection; `asked` is what `answering` scripts have read."""

    port: int
    script: Script
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    _waiting: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def answers(self, *answers: bytes) -> None:
        """Give these answers, one to each request in turn and the last one to all others."""
        self._waiting = list(answers)
        self.script = self._answer_all

    def _answer_all(self, connection: Connection) -> None:
        while (asked := connection.read()) is not None:
            self.asked.append(asked)
            connection.send(self._waiting.pop(0) if len(self._waiting) > 1 else self._waiting[0])


def answer(status: str = "200 OK", body: bytes = b"{}", **headers: str) -> bytes:
    """An answer as bytes; underscores in header names become hyphens."""
    fields = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body


@contextmanager
def wire_server(tls: ssl.SSLContext | None = None) -> Iterator[WireServer]:
    """A running server that answers 200 until told otherwise; gone afterwards, with all its threads."""
    listener = socket.create_server(("127.0.0.1", 0))
    stopping = threading.Event()
    server = WireServer(port=listener.getsockname()[1], script=Connection.wait_until_gone)
    server.answers(answer())
    threads: list[threading.Thread] = []
    open_sockets: list[socket.socket] = []

    def accept() -> None:
        while True:
            try:
                raw, _ = listener.accept()
            except OSError:
                return
            open_sockets.append(raw)
            server.connections += 1
            thread = threading.Thread(target=serve, args=(raw,))
            threads.append(thread)
            thread.start()

    def serve(raw: socket.socket) -> None:
        try:
            connection = Connection(tls.wrap_socket(raw, server_side=True) if tls else raw, stopping)
            server.script(connection)
            connection.close()
        except (OSError, ValueError):
            raw.close()

    acceptor = threading.Thread(target=accept)
    acceptor.start()
    try:
        yield server
    finally:
        stopping.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        acceptor.join()
        for raw in open_sockets:
            _shut(raw)
        for thread in threads:
            thread.join()


def _shut(raw: socket.socket) -> None:
    with suppress(OSError):  # closed already
        raw.shutdown(socket.SHUT_RDWR)
