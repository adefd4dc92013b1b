"""Makes the clients: what `PluginContext.open_http` is in the running service."""

import re
import time
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

from connector.clock import Clock, SystemClock
from connector.errors import ConfigError
from connector.plugin_api.base import OpenHttp
from connector.plugin_api.http.client import OriginClient
from connector.plugin_api.http.exchange import Exchange, HttpLog
from connector.plugin_api.http.origin import Origin
from connector.plugin_api.http.rate import TokenBucket
from connector.plugin_api.http.transport import Wire, silence_library_logs, trust

CONNECTIONS = 16
"""Kept open to one helpdesk: as many as the highest sensible concurrency."""
_HEADER_NAME = re.compile(r"[A-Za-z0-9-]+")
_HEADER_VALUE = re.compile(r"[\x20-\x7e]*")


class HttpClients:
    """Makes clients, and closes them all together.

    `clock` tells the hour (for a Retry-After that is a date), `monotonic` and `wait` keep the rate limit,
    `ca_file` names certificates to trust beside the machine's own.
    """

    def __init__(
        self,
        log: HttpLog,
        *,
        clock: Clock | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
        ca_file: Path | None = None,
    ) -> None:
        silence_library_logs()
        self._log = log
        self._clock = clock or SystemClock()
        self._monotonic = monotonic
        self._wait = wait
        self._trust = cache(partial(trust, ca_file))
        self._wires: list[Wire] = []

    def opener(self, *, default_timeout: float = 30.0) -> OpenHttp:
        """What a plugin is handed as `open_http`, with the read time-out in seconds where it gives none."""
        return _Opener(self, default_timeout)

    def open(
        self, base_url: str, headers: Mapping[str, str], *, per_second: float | None, timeout: float
    ) -> OriginClient:
        """A client for `base_url`. Calls nobody.

        Raises ConfigError: HTTP-E001 and HTTP-E002 for an address, HTTP-E005 for an unusable header.
        """
        origin = Origin.parse(base_url)
        for name, value in headers.items():
            if not _HEADER_NAME.fullmatch(name) or not _HEADER_VALUE.fullmatch(value):
                raise ConfigError(
                    "HTTP-E005",
                    "a credential of the helpdesk holds a character that no header can carry",
                    "enter the token again, in one line and without anything around it",
                )
        wire = Wire(self._trust, CONNECTIONS)
        self._wires.append(wire)
        bucket = TokenBucket(per_second, monotonic=self._monotonic, wait=self._wait)
        exchange = Exchange(
            wire=wire, bucket=bucket, log=self._log, clock=self._clock, monotonic=self._monotonic
        )
        return OriginClient(origin=origin, headers=headers, timeout=timeout, exchange=exchange)

    def close(self) -> None:
        """Close all connections of all clients. A client used again afterwards makes new ones."""
        for wire in self._wires:
            wire.close()


class _Opener:
    """An `OpenHttp` with the operator's own time-out."""

    def __init__(self, clients: HttpClients, default_timeout: float) -> None:
        self._clients = clients
        self._default_timeout = default_timeout

    def __call__(
        self,
        base_url: str,
        headers: Mapping[str, str],
        *,
        per_second: float | None = None,
        timeout: float | None = None,
    ) -> OriginClient:
        """As `OpenHttp`."""
        patience = self._default_timeout if timeout is None else timeout
        return self._clients.open(base_url, headers, per_second=per_second, timeout=patience)
