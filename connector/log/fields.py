"""Which fields an event may have, and what each may look like.

The list is one of names and of shapes: a name alone would let anything through that somebody passes by
mistake. A field that is not on the list, or does not have its shape, is left out and counted in `withheld`.
No shape fits a telephone number with its plus, a network address other than this machine's, or a sentence.
The one field of free words is `what`, for the messages of our own errors, which hold nothing of a tip by
their own rules; it is looked through once more.
"""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from ipaddress import ip_address
from typing import Any

_EVENT = re.compile(r"[a-z][a-z0-9_]{1,60}")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,79}")
_SUBJECT = re.compile(r"[a-z0-9-]{1,40}( [A-Za-z0-9-]{1,40})?")
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")
_ERROR_ID = re.compile(r"[A-Z]{2,5}-[A-Z]\d{3}")
_METHOD = re.compile(r"[A-Z]{3,8}")
_HOST = re.compile(r"[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){0,10}(:\d{1,5})?")
_FRAME = re.compile(r"[\w./<>+-]{1,160}:\d{1,7}")
_TELLING = re.compile(
    r"@\w"  # a mail address or a handle
    r"|\d(?:[ ().+-]{0,2}\d){6}"  # a telephone number, a code, a case number
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b"  # an IPv4 address
    r"|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]+"  # an IPv6 address
    r"|Mozilla/|AppleWebKit",  # an agent string
)
_THIS_MACHINE = re.compile(r"127\.0\.0\.1(:\d{1,5})?|\[::1\](:\d{1,5})?")
_LARGEST_NUMBER = 999_999_999
"""Nine digits: an outbox row, a process id; a telephone number has more."""


class FieldRefused(Exception):
    """A field that may not be logged was handed to a log that is strict. Names the field, never its value."""


def _fits(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and abs(value) <= _LARGEST_NUMBER


def _what(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > 300 or not value.isprintable():
        return False
    return not _TELLING.search(_THIS_MACHINE.sub("", value))


def _host(value: Any) -> bool:
    """A name, or this machine. Any other bare address could be a reporter's."""
    if not isinstance(value, str) or not _HOST.fullmatch(value):
        return False
    try:
        return ip_address(value.partition(":")[0]).is_loopback
    except ValueError:
        return True


def _frames(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and _FRAME.fullmatch(item) for item in value)


_WORDS = _fits(_WORD)

ALLOWED: Mapping[str, Callable[[Any], bool]] = {
    "helpdesk": _fits(re.compile(r"[a-z0-9-]{1,40}")),
    "platform": _WORDS,
    "plugin": _WORDS,
    "logger": _WORDS,
    "process": _WORDS,
    "kind": _WORDS,
    "state": _WORDS,
    "alarm": _WORDS,
    "error": _WORDS,
    "cause": _WORDS,
    "subject": _fits(_SUBJECT),
    "request_id": _fits(_REQUEST_ID),
    "error_id": _fits(_ERROR_ID),
    "method": _fits(_METHOD),
    "host": _host,
    "row": _number,
    "attempt": _number,
    "seconds": _number,
    "status": _number,
    "count": _number,
    "elapsed_ms": _number,
    "pid": _number,
    "port": _number,
    "worker": lambda value: _number(value) or _WORDS(value),
    "frames": _frames,
    "what": _what,
}
"""Every field an event may have besides `event`, `level` and `timestamp`, with the check of its shape."""


def allowed(fields: Mapping[str, Any], *, strict: bool) -> dict[str, Any]:
    """The fields that may be logged; the others are counted in `withheld`. Strict, they raise FieldRefused.

    Not so `what`: whether a sentence reads like an address depends on what a helpdesk said, not on the
    programmer.
    """
    kept = {}
    for name, value in fields.items():
        plain = value.total_seconds() if isinstance(value, timedelta) else value
        check = ALLOWED.get(name)
        if check is not None and (plain is None or check(plain)):
            kept[name] = plain
        elif strict and name != "what":
            raise FieldRefused(f"{name} may not be logged" + (" in this shape" if check else ""))
    if len(kept) < len(fields):
        kept["withheld"] = len(fields) - len(kept)
    return kept


def event_name(event: object, *, strict: bool) -> str:
    """The event's name, where it is one: a sentence could hold anything."""
    if isinstance(event, str) and _EVENT.fullmatch(event):
        return event
    if strict:
        raise FieldRefused("an event is named by lower-case words with underscores")
    return "unnamed_event"
