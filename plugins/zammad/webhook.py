"""Zammad's webhooks: HMAC-SHA1 over the raw body in `X-Hub-Signature` (Admin > Webhook, field "HMAC SHA1 Signature")."""

from collections.abc import Sequence

from pydantic import SecretStr, ValidationError

from connector.plugin_api import RejectedWebhook, UnreadableWebhook, WebhookDelivery, has_valid_hmac
from plugins.zammad.models import WebhookBody

_SIGNATURE = "X-Hub-Signature"


def tickets_in(delivery: WebhookDelivery, secrets: Sequence[SecretStr]) -> tuple[str, ...]:
    """The ticket that a delivery is about. Raises RejectedWebhook and UnreadableWebhook.

    SHA-1 is all that Zammad offers; for an HMAC it still holds. There is no time in the proof, so an old delivery can be
    sent again: it is a hint only, and reading a ticket once more harms nobody.
    """
    claimed = (delivery.header(_SIGNATURE) or "").removeprefix("sha1=")
    if not has_valid_hmac(delivery.body, claimed, [secret.get_secret_value() for secret in secrets], "sha1"):
        raise RejectedWebhook("the signature is missing or wrong")
    try:
        return (str(WebhookBody.model_validate_json(delivery.body).ticket.id),)
    except ValidationError:
        raise UnreadableWebhook("not Zammad's default payload") from None
