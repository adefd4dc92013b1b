"""One webhook delivery: what became of it, and its signed request."""

import hashlib
import hmac
import uuid
from dataclasses import dataclass, field

from plugins.zammad.tests.fake.rows import Row
from plugins.zammad.tests.fake.sender import Post

ATTEMPTS = 5


@dataclass(slots=True)
class Delivery:
    """One delivery; `id` is X-Zammad-Delivery, the same for all its attempts."""

    trigger_id: int
    webhook_id: int
    ticket_id: int
    article_id: int | None
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    answers: list[int | None] = field(default_factory=list)
    """What each attempt was answered; None where no answer came."""

    @property
    def arrived(self) -> bool:
        """Whether the receiver answered 2xx."""
        return bool(self.answers) and self.answers[-1] is not None and 200 <= self.answers[-1] < 300

    @property
    def given_up(self) -> bool:
        """Whether nothing more will be tried."""
        return not self.arrived and len(self.answers) >= ATTEMPTS


def signed(webhook: Row, body: bytes, *, trigger_name: str, delivery_id: str) -> Post:
    """A delivery's request: signed over the raw bytes, without a signature where the webhook has no token."""
    headers = {
        "Accept": "*/*",
        "User-Agent": "Zammad User Agent",
        "X-Zammad-Trigger": trigger_name,
        "X-Zammad-Delivery": delivery_id,
        "Content-Type": "application/json",
    }
    if webhook["signature_token"]:
        digest = hmac.new(webhook["signature_token"].encode(), body, hashlib.sha1).hexdigest()
        headers["X-Hub-Signature"] = f"sha1={digest}"
    login = webhook.get("basic_auth_username")
    return Post(
        webhook["endpoint"], headers, body, (login, webhook["basic_auth_password"] or "") if login else None
    )
