"""The kinds of values that settings hold: how each is written in YAML and what it becomes.

A value that is wrong is never quoted in a message, whatever setting it belongs to: nobody can tell beforehand
that an operator has not pasted a password into the wrong line.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, PlainValidator, ValidationInfo

from connector.config.problems import OUT_OF_BOUNDS, wrong
from connector.nearest import did_you_mean

_DURATION = re.compile(r"(\d{1,9}) ?(ms|s|m|h|d)")
_UNIT_OF_TIME = {
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
_SIZE = re.compile(r"(\d{1,9}) ?(B|KB|MB|GB)")
_UNIT_OF_SIZE = {"B": 1, "KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}
_LISTEN = re.compile(r"(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9.-]{1,253})):(\d{1,5})")
_ID = re.compile(r"[a-z0-9-]{1,40}")
_MARKER = re.compile(r"[^\w\s]\S{2,39}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class ListenAddress:
    """Where a server listens. Port 0 is any free one."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def is_id(value: object) -> bool:
    """Whether this may name a helpdesk, a school or a category."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def from_config(info: ValidationInfo) -> Path:
    """The directory of the config file, which is the validation context; relative paths count from it."""
    if not isinstance(info.context, Path):
        raise TypeError("settings with paths are validated with the config file's directory as context")
    return info.context


def _duration(value: Any) -> timedelta:
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise wrong(
            "CFG-E010", "is no duration", "write a whole number and a unit, as 500ms, 30s, 5m, 4h or 30d"
        )
    return int(match[1]) * _UNIT_OF_TIME[match[2]]


def between(shortest: str, longest: str) -> AfterValidator:
    """Keeps a duration within bounds, both included."""
    low, high = _duration(shortest), _duration(longest)

    def check(value: timedelta) -> timedelta:
        if not low <= value <= high:
            raise wrong("CFG-E009", OUT_OF_BOUNDS, f"write a duration from {shortest} to {longest}")
        return value

    return AfterValidator(check)


def _size(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    match = _SIZE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise wrong("CFG-E011", "is no size", "write a whole number and a unit, as 64KB, 200MB or 1GB")
    return int(match[1]) * _UNIT_OF_SIZE[match[2]]


def _listen(value: Any) -> ListenAddress:
    if isinstance(value, ListenAddress):
        return value
    match = _LISTEN.fullmatch(value) if isinstance(value, str) else None
    if match is None or int(match[3]) > 65535:
        raise wrong("CFG-E012", "is no address to listen on", "write host:port, as 127.0.0.1:8080")
    return ListenAddress(match[1] or match[2], int(match[3]))


def _path(value: Any, info: ValidationInfo) -> Path:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise wrong("CFG-E007", "must be a path", "write it as text, as ./data")
    return from_config(info) / value


def _public_file(value: Any, info: ValidationInfo) -> Path:
    if not isinstance(value, str) or not value.startswith("file:"):
        raise wrong(
            "CFG-E038", "names no public file", "write file: and the path of the custodian's .pub file"
        )
    return _path(value.removeprefix("file:"), info)


def _name(value: str) -> str:
    name = value.strip()
    if not 1 <= len(name) <= 100 or not name.isprintable():
        raise wrong("CFG-E015", "is no name", "write 1 to 100 characters on one line")
    return name


def _marker(value: str) -> str:
    # Without a leading sign, an internal note that happens to begin with the word would reach the reporter.
    if _MARKER.fullmatch(value) is None:
        raise wrong(
            "CFG-E016",
            "is no marker",
            "write a sign and a word without spaces, 3 to 40 characters, as @reporter",
        )
    return value


def _language(value: str) -> str:
    if _LANGUAGE.fullmatch(value) is None:
        raise wrong("CFG-E017", "is no language", "write its code, as en, es or pt-BR")
    return value


def _zone(value: Any) -> ZoneInfo:
    if isinstance(value, str):
        try:
            return ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            pass
    remedy = did_you_mean(value, available_timezones(), "write an IANA name, as America/Denver")
    raise wrong("CFG-E019", "is no time zone", remedy)


Duration = Annotated[timedelta, BeforeValidator(_duration)]
"""`500ms`, `30s`, `5m`, `4h`, `30d`."""
Size = Annotated[int, BeforeValidator(_size)]
"""`64KB`, `200MB`, `1GB` (powers of ten), or a number of bytes."""
Listen = Annotated[ListenAddress, PlainValidator(_listen)]
"""`host:port`; an IPv6 address in brackets."""
PathFromConfig = Annotated[Path, PlainValidator(_path)]
"""A path; a relative one counts from the directory of the config file, which is the validation context."""
PublicFilePath = Annotated[Path, PlainValidator(_public_file)]
"""`file:PATH` of a custodian's public file. Only the path is read here: what is in it is the vault's business."""
Name = Annotated[str, AfterValidator(_name)]
"""A name that people read: one line of 1 to 100 characters."""
MarkerWord = Annotated[str, AfterValidator(_marker)]
"""The word that sends an internal note to the reporter."""
Language = Annotated[str, AfterValidator(_language)]
"""A language code."""
Zone = Annotated[ZoneInfo, PlainValidator(_zone)]
"""An IANA time zone."""
