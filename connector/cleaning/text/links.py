"""Links in a text: where they are, and what was written into them to tell who passed them on.

Parameters for tracking are taken out by the list in `data/tracking.toml`; every other character of a link stays as it
was, so the link opens what it opened before.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TypeVar

from connector.cleaning.text.data import listed
from connector.cleaning.text.found import SHARED, STORED, Found

T = TypeVar("T")

_HOST = r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}(?::\d{1,5})?"
_LINK = re.compile(
    rf"(?<![\w@.-])(?:https?://(?=[^\s<>\"])|www\.{_HOST}|{_HOST}(?=[/?#][^\s<>\"]))[^\s<>\"]*",
    re.IGNORECASE | re.ASCII,
)
"""With a scheme, with www., or a bare host with a path. In texts without spaces it runs on into the next words."""
_ADDRESS = re.compile(
    r"(?:https?://)?(?:[^/?#]*@)?(?:www\.)?([^/?#:]+)[^/?#]*(.*)", re.IGNORECASE | re.DOTALL
)
_WITHIN_ADDRESS = re.compile(r"[!-~]*")
_NEXT_LINK = re.compile(r"(?<=[^=/&?])https?://", re.IGNORECASE)
_SENTENCE_END = ".,;:!?)]}'*_>"
_PIECES = re.compile(r"([?&#])")
_VALUE = re.compile(r"[!-~]*")


@dataclass(frozen=True, slots=True)
class Link:
    """A link and where it stands, without the punctuation that follows it. `host` is without `www.` and port."""

    start: int
    end: int
    host: str
    path: str
    tracked: bool


def links(text: str) -> list[Link]:
    """The links in a text, in order."""
    found = []
    for start, region in _regions(text):
        address = _WITHIN_ADDRESS.match(region)
        whole = (address[0] if address else "").rstrip(_SENTENCE_END)
        parts = _ADDRESS.fullmatch(whole)
        if parts is not None:
            host = parts[1].lower()
            tracked = _cleaned(region) != region
            found.append(Link(start, start + len(whole), host, parts[2], tracked))
    return found


def without_tracking(text: str) -> str:
    """The text with links that do not tell who passed them on. Twice changes nothing more. Linear in time."""
    out, done = [], 0
    for start, region in _regions(text):
        out += [text[done:start], _cleaned(region)]
        done = start + len(region)
    return "".join(out) + text[done:]


def find_shared(found_links: Iterable[Link]) -> list[Found]:
    """The links that show who shared them, or whose files they open. Nothing can be taken out of these."""
    return [
        Found("link", link.start, link.end, note=note)
        for link in found_links
        for note, hosts in _shared().items()
        if any(link.path.startswith(paths) and len(link.path) > 1 for paths in of_host(link.host, hosts))
    ]


def of_host(host: str, lists: Mapping[str, T]) -> Iterator[T]:
    """What a list that goes by host has for `host`, and for the domains that it is below."""
    labels = host.rsplit(".", 5)
    for first in range(len(labels) - 1):
        name = ".".join(labels[first:])
        if name in lists:
            yield lists[name]


def _regions(text: str) -> Iterator[tuple[int, str]]:
    for match in _LINK.finditer(text):
        start, region = match.start(), match[0]
        # Links that somebody pasted one behind the other.
        borders = [0, *(after.start() for after in _NEXT_LINK.finditer(region)), len(region)]
        for first, last in pairwise(borders):
            yield start + first, region[first:last]


def _cleaned(region: str) -> str:
    parts = _ADDRESS.fullmatch(region)
    if parts is None:
        return region
    head, *pieces = _PIECES.split(region)
    kept, missing = [head], ""
    for mark, piece in zip(pieces[::2], pieces[1::2], strict=True):
        name, equals, _ = piece.partition("=")
        if equals and _is_tracking(name.lower().removeprefix("amp;"), parts[1].lower()):
            # What is no part of the value stays: the end of the sentence, or words in a script without spaces.
            value = _VALUE.match(piece)
            end = (value[0] if value else "").rstrip(_SENTENCE_END)
            kept.append(piece[len(end) :])
            missing = missing or (mark if mark != "&" else "")
            continue
        kept += [missing if mark == "&" and missing else mark, piece]
        missing = ""
    return "".join(kept)


def _is_tracking(name: str, host: str) -> bool:
    everywhere, beginnings, sites = _lists()
    if name in everywhere or name.startswith(beginnings):
        return True
    return any(name in names for names in of_host(host, sites))


@cache
def _lists() -> tuple[frozenset[str], tuple[str, ...], dict[str, frozenset[str]]]:
    data = listed("tracking")
    sites: dict[str, frozenset[str]] = {}
    for site in data["sites"]:
        for host in site["hosts"]:
            sites[host] = sites.get(host, frozenset()) | frozenset(site["names"])
    return frozenset(data["everywhere"]), tuple(data["beginnings"]), sites


@cache
def _shared() -> dict[str, dict[str, tuple[str, ...]]]:
    """By note and host: how the paths of such links begin."""
    found: dict[str, dict[str, tuple[str, ...]]] = {SHARED: {}, STORED: {}}
    for note, name in ((SHARED, "shared"), (STORED, "stores")):
        for entry in listed("accounts")[name]:
            for host in entry["hosts"]:
                found[note][host] = (*found[note].get(host, ()), *entry["paths"])
    return found
