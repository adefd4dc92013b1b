"""Where a client may go: one scheme, host and port, at or below one path."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, quote, unquote, urlencode, urlsplit

from connector.errors import ConfigError
from connector.plugin_api.errors import PermanentFailure

_DEFAULT_PORTS = {"https": 443, "http": 80}
_NOT_IN_A_PATH = re.compile(r"[\x00-\x20\x7f\\?#]")
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Origin:
    """A configured base address. `base_path` is empty or begins with a slash and does not end with one."""

    scheme: str
    host: str
    port: int
    base_path: str = ""

    @classmethod
    def parse(cls, base_url: str) -> Self:
        """Read a configured base URL.

        Raises ConfigError: HTTP-E001 where it is no plain http(s) address, HTTP-E002 for `http://` to another
        machine.
        """
        parts = _split(base_url)
        if parts is None or parts.query or parts.fragment or _has_dots(parts.path):
            raise ConfigError(
                "HTTP-E001",
                "the helpdesk's url is not a plain address",
                "write it as https://help.example.org, with a path if the helpdesk lives under one, "
                "without name, password, question mark or #",
            )
        origin = cls(parts.scheme, parts.hostname or "", _port(parts), parts.path.rstrip("/"))
        if origin.scheme == "http" and not origin.is_loopback:
            raise ConfigError(
                "HTTP-E002",
                "the helpdesk's url begins with http://, so tips and token would cross the network readable",
                "use https://; http:// is for 127.0.0.1 and localhost only",
            )
        return origin

    @property
    def is_loopback(self) -> bool:
        """Whether the host is this machine by name or number. No name is looked up."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        standard = _DEFAULT_PORTS[self.scheme] == self.port
        return f"{self.scheme}://{host}" if standard else f"{self.scheme}://{host}:{self.port}"

    def url(self, path: str, query: Mapping[str, str] | None = None) -> str:
        """The address of `path` below the base path. Raises PermanentFailure where it leads out of it."""
        odd = not path.startswith("/") or path.startswith("//") or _NOT_IN_A_PATH.search(path)
        if odd or _has_dots(path):
            raise PermanentFailure("refused a path that may lead out of the helpdesk's configured address")
        asked = f"?{urlencode(query)}" if query else ""
        return f"{self}{self.base_path}{quote(path, safe=_PATH_SAFE)}{asked}"

    def covers(self, parts: SplitResult) -> bool:
        """Whether an absolute address is on this origin and at or below its base path."""
        same = (parts.scheme, parts.hostname, _port(parts)) == (self.scheme, self.host, self.port)
        return same and parts.path.startswith(f"{self.base_path}/") and not _has_dots(parts.path)


def absolute(location: str) -> SplitResult | None:
    """The parts of an absolute http(s) address without name and password, None where it is something else."""
    return _split(location)


def _split(address: str) -> SplitResult | None:
    if re.search(r"[\x00-\x20\x7f\\]", address):
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc or port == 0:
        return None
    return parts


def _port(parts: SplitResult) -> int:
    return parts.port or _DEFAULT_PORTS[parts.scheme]


def _has_dots(path: str) -> bool:
    # Unquoted twice: some servers behind a proxy decode once more than the proxy did.
    plain = unquote(unquote(path)).replace("\\", "/")
    return any(segment in (".", "..") for segment in plain.split("/"))
