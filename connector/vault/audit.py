"""The hash chain of the audit log: what is in it cannot be altered, reordered or removed unnoticed.

Each link covers the one before it and the hash of its entry. An entry holds a random salt, so that a redacted one (of which
only the hash is shown) cannot be found out by trying. A chain cut off at its end is still a chain: the head has to be kept
elsewhere, and is compared. After Schneier and Kelsey, "Secure Audit Logs" (1999), without their forward-secure keys.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from connector.vault.crossing import canonical

GENESIS = bytes(32)
"""What stands before the first entry."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry in the chain. `body` is its canonical encoding."""

    seq: int
    body: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: to be kept elsewhere."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry at which the chain does not hold, and why."""

    seq: int
    why: str


def encoded(entry: dict[str, Any]) -> bytes:
    """An entry as it is stored and hashed."""
    return canonical({**entry, "salt": os.urandom(16).hex()})


def link_after(head: Head, body: bytes) -> Link:
    """The next link."""
    seq = head.seq + 1
    return Link(seq, body, link_hash(seq, head.hash, entry_hash(body)))


def entry_hash(body: bytes) -> bytes:
    """What a redacted entry shows of itself."""
    return hashlib.sha256(b"tipbridge|entry|" + body).digest()


def link_hash(seq: int, before: bytes, hashed_entry: bytes) -> bytes:
    """What holds the chain together."""
    return hashlib.sha256(b"tipbridge|link|" + seq.to_bytes(8, "big") + before + hashed_entry).digest()


def first_broken(links: Iterable[Link], head: Head | None = None) -> Broken | None:
    """None if the chain holds from its beginning, and (with `head`) still holds what was its end back then."""
    last = Head(0, GENESIS)
    met = head is None or head.seq == 0
    for link in links:
        if link.seq != last.seq + 1:
            return Broken(last.seq + 1, "an entry is missing here")
        if link.hash != link_hash(link.seq, last.hash, entry_hash(link.body)):
            return Broken(link.seq, "this entry, or its place, was altered")
        last = Head(link.seq, link.hash)
        if head is not None and head.seq == link.seq:
            if head.hash != link.hash:
                return Broken(
                    link.seq, "the head that was kept elsewhere says otherwise: the chain was written anew"
                )
            met = True
    if not met:
        return Broken(
            last.seq + 1, "the end of the log is missing: the head that was kept elsewhere lies beyond it"
        )
    return None
