"""Telling the connector of changes: from a thread of its own, signed over the raw bytes, three tries."""

import hmac
import json
import queue
import secrets
import threading
from hashlib import sha256

import requests

from demo.practice.faults import Faults


class Webhooks:
    """Sends `{"event", "ticket"}` to the address that the connector has registered."""

    def __init__(self, secret: str, faults: Faults) -> None:
        self.url: str | None = None
        self._secret, self._faults = secret.encode(), faults
        self._waiting: queue.Queue[bytes] = queue.Queue()
        self._ending = threading.Event()
        threading.Thread(target=self._work, name="webhooks", daemon=True).start()

    def announce(self, ticket: int, event: str) -> None:
        """Tell of a change, soon; nobody waits for it."""
        if self.url is not None and self._faults.strikes("lose_webhooks") is None:
            self._waiting.put(json.dumps({"event": event, "ticket": ticket}).encode())

    def signed(self, body: bytes) -> dict[str, str]:
        """The headers that prove a delivery."""
        proof = hmac.new(self._secret, body, sha256).hexdigest()
        return {"X-Practice-Signature": f"sha256={proof}", "X-Practice-Delivery": secrets.token_hex(16)}

    def stop(self) -> None:
        """End the thread; what waits is lost, as with any helpdesk."""
        self._ending.set()
        self._waiting.put(b"")

    def _work(self) -> None:
        while (body := self._waiting.get()) and not self._ending.is_set():
            for _ in range(3):
                if self._sent(body) or self._ending.wait(1.0):
                    break

    def _sent(self, body: bytes) -> bool:
        headers = {"Content-Type": "application/json", **self.signed(body)}
        try:
            return self.url is None or requests.post(self.url, body, headers=headers, timeout=5).ok
        except requests.RequestException:
            return False
