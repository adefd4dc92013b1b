"""What helpdesks and mail programs mark in the HTML they write: signatures, mentions, links.

Zammad's marks are `data-signature`, `data-mention-user-id` and `data-target-type` (its own list of allowed
HTML attributes); those of mail programs are known by the classes they write.
"""

import re
from collections.abc import Mapping

_SIGNATURE_CLASSES = frozenset({"gmail_signature", "moz-signature"})
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)
_LONGEST_ADDRESS = 2000


def is_signature(attributes: Mapping[str, str]) -> bool:
    """Whether an element with these attributes is marked as somebody's signature."""
    if attributes.get("data-signature", "false").strip().lower() != "false":
        return True
    return not _SIGNATURE_CLASSES.isdisjoint(attributes.get("class", "").split())


def is_mention(attributes: Mapping[str, str]) -> bool:
    """Whether the element names a member of staff."""
    return "data-mention-user-id" in attributes


def web_address(attributes: Mapping[str, str]) -> str | None:
    """Where a link leads, if it leads to the web. One to a ticket or person within the helpdesk does not."""
    address = attributes.get("href", "").strip()
    if "data-target-type" in attributes or len(address) > _LONGEST_ADDRESS:
        return None
    return address if _WEB_ADDRESS.fullmatch(address) else None


def says_the_same(label: str, address: str) -> bool:
    """Whether a link's label is its address already, as people write addresses in a sentence."""
    return _spoken(label) == _spoken(address)


def _spoken(address: str) -> str:
    return _SCHEME.sub("", address).rstrip("/").lower()
