"""The wire: `requests` and urllib3, with all taken away that they do unasked.

No session: so no cookies, no redirects, no netrc, no proxies from the environment. No retries. Certificates
are verified against the machine's own store (where an operator puts a private authority's) and certifi's.
"""

import http.client
import io
import logging
import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import certifi
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager

from connector.plugin_api.http.pace import Pace, PacedReader

CONNECT_TIMEOUT = 5.0
_STALL = 30.0
"""Seconds for which one piece of a body may not move while we send."""


class _PacedResponse(http.client.HTTPResponse):
    """Reads status line, headers and body alike under one pace, whose grace is the read time-out."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        unpaced: io.RawIOBase = self.fp.detach()
        paced = PacedReader(unpaced, Pace(sock.gettimeout() or _STALL))
        self.fp = io.BufferedReader(paced)


class _PacedHttp(HTTPConnection):
    response_class = _PacedResponse

    def connect(self) -> None:
        """Connect, then allow for a slower pace: urllib3 would send under the connect time-out."""
        super().connect()
        self.sock.settimeout(_STALL)


class _PacedHttps(HTTPSConnection):
    response_class = _PacedResponse

    def connect(self) -> None:
        """As above."""
        super().connect()
        self.sock.settimeout(_STALL)


class _PacedHttpPool(HTTPConnectionPool):
    ConnectionCls = _PacedHttp


class _PacedHttpsPool(HTTPSConnectionPool):
    ConnectionCls = _PacedHttps


class Wire(HTTPAdapter):
    """Sends single prepared requests over pooled connections. Safe to use from several threads.

    `trust` is asked at the first https connection: reading all those certificates takes a while.
    """

    def __init__(self, trust: Callable[[], ssl.SSLContext], connections: int) -> None:
        self._trust = trust
        super().__init__(pool_connections=4, pool_maxsize=connections, max_retries=0)

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any
    ) -> None:
        """Make the pools of our own connection classes."""
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PacedHttpPool, "https": _PacedHttpsPool}

    def build_connection_pool_key_attributes(
        self, request: PreparedRequest, verify: Any, cert: Any = None
    ) -> Any:
        """Hand our trust to https connections."""
        attributes: Any = super().build_connection_pool_key_attributes(request, verify, cert)
        host, pool = attributes
        if host["scheme"] == "https":
            pool["ssl_context"] = self._trust()
        return host, pool

    def cert_verify(self, conn: Any, *_asked: Any) -> None:
        """Nothing to read: the trust is in our context; requests would load certifi's each time."""
        conn.cert_reqs = "CERT_REQUIRED"

    def carry(self, request: PreparedRequest, read_timeout: float) -> Response:
        """Send one request and return once the headers are there; the body is still to be read."""
        return self.send(request, stream=True, timeout=(CONNECT_TIMEOUT, read_timeout), verify=True)


def trust(ca_file: Path | None) -> ssl.SSLContext:
    """Which certificates are believed: the machine's, certifi's, and those in `ca_file`."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(certifi.where())
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    return context


def silence_library_logs() -> None:
    """urllib3 logs whole URLs, queries and all, at DEBUG and for malformed headers. We log instead."""
    logging.getLogger("urllib3").setLevel(logging.CRITICAL + 1)
