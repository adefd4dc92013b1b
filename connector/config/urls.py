"""Web addresses in settings: https, or http on this very machine."""

from ipaddress import ip_address
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import PlainValidator

from connector.config.problems import wrong

_REMEDY = "write https://tips.example.org, or http://127.0.0.1:8080 on this machine"


def web_url(value: Any) -> str:
    """An address without its last slash. Raises a validation error for one that is refused.

    Refused are http off this machine (tips and tokens would travel in the clear), credentials (they would end
    up in logs and error pages of others), a query and a fragment.
    """
    try:
        parts = urlsplit(value) if isinstance(value, str) and value.isprintable() else None
        host = None if parts is None or parts.port == 0 else parts.hostname
    except ValueError:
        parts = host = None
    if parts is None or not host or parts.scheme not in ("http", "https") or " " in value:
        raise wrong("CFG-E013", "is no web address", _REMEDY)
    if parts.username is not None or parts.password is not None:
        raise wrong(
            "CFG-E013", "holds a login", "take it out of the address; credentials have settings of their own"
        )
    if "?" in value or "#" in value:
        raise wrong("CFG-E013", "has a query or a fragment", "cut the address before the ? or #")
    if parts.scheme == "http" and not is_loopback(host):
        raise wrong(
            "CFG-E013", "is http to another machine", "use https://; http:// is for this machine only"
        )
    return str(value).rstrip("/")


def origin(value: Any) -> str:
    """An address of scheme, host and port alone: the reporter's pages live at its root."""
    url = web_url(value)
    if urlsplit(url).path:
        raise wrong("CFG-E013", "has a path", "leave only scheme, host and port: https://tips.example.org")
    return url


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


Origin = Annotated[str, PlainValidator(origin)]
"""`https://tips.example.org`."""
