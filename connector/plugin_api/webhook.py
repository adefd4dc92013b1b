"""Incoming calls from a helpdesk: bytes first, then proof, then meaning."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class WebhookDelivery:
    """A delivery as it came in. `body` is the raw bytes, already held to a size limit; header names are lower case."""

    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def header(self, name: str) -> str | None:
        """The value of a header, whatever the case of its name."""
        return self.headers.get(name.lower())


def has_valid_hmac(body: bytes, claimed: str, secrets: Iterable[str], algorithm: str) -> bool:
    """Whether `claimed` (lower-case hex) is the HMAC of the raw body under any of the secrets.

    Constant time in the claim: every secret is tried, whichever fits, and each comparison is `hmac.compare_digest`.
    Several secrets may be valid at once, so that one can be replaced without losing a delivery. No secret: False.
    """
    given = claimed.encode("utf-8", "replace")
    valid = False
    for secret in secrets:
        expected = hmac.new(secret.encode(), body, getattr(hashlib, algorithm)).hexdigest()
        valid |= hmac.compare_digest(expected.encode(), given)
    return valid
