"""Telling the connector of changes: from a thread of its own, signed over the raw bytes, three tries."""

import hmac
import json
import queue
import secrets
import threading
import urllib.request
from hashlib import sha256

from demo.practice.faults import Faults

_TRIES = 3
_PAUSE = 1.0


class Webhooks:
    """Sends `{"event", "ticket"}` to the address that the connector has registered."""

    def __init__(self, secret: str, faults: Faults) -> None:
        self.url: str | None = None
        self._secret = secret
        self._faults = faults
        self._waiting: queue.Queue[tuple[int, str] | None] = queue.Queue()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name="webhooks", daemon=True)
        self._thread.start()

    def announce(self, ticket: int, event: str) -> None:
        """Tell of a change, soon; nobody waits for it."""
        if self.url is not None and self._faults.strikes("lose_webhooks") is None:
            self._waiting.put((ticket, event))

    def signed(self, body: bytes) -> dict[str, str]:
        """The headers that prove a delivery."""
        proof = hmac.new(self._secret.encode(), body, sha256).hexdigest()
        return {
            "Content-Type": "application/json",
            "X-Practice-Signature": f"sha256={proof}",
            "X-Practice-Delivery": secrets.token_hex(16),
        }

    def stop(self) -> None:
        """End the thread; what waits is lost, as with any helpdesk."""
        self._ending.set()
        self._waiting.put(None)
        self._thread.join(timeout=10)

    def _work(self) -> None:
        while (item := self._waiting.get()) is not None and not self._ending.is_set():
            self._deliver(body_of(*item))

    def _deliver(self, body: bytes) -> None:
        headers = self.signed(body)
        for _ in range(_TRIES):
            if self.url is None or self._ending.is_set():
                return
            request = urllib.request.Request(self.url, body, headers, method="POST")  # noqa: S310  set with our token
            try:
                with urllib.request.urlopen(request, timeout=5):  # noqa: S310  as above
                    return
            except OSError:
                self._ending.wait(_PAUSE)


def body_of(ticket: int, event: str) -> bytes:
    """The bytes of a delivery."""
    return json.dumps({"event": event, "ticket": ticket}).encode()
