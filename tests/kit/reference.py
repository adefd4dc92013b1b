"""A plugin that keeps every promise, for a helpdesk in memory. The kit must have nothing to say about it."""

from pydantic import BaseModel, ValidationError

from connector.plugin_api import (
    AdminAccess,
    Capabilities,
    Finding,
    HelpdeskMisconfigured,
    Level,
    Manifest,
    RejectedWebhook,
    UnreadableWebhook,
    WebhookDelivery,
    has_valid_hmac,
)
from tests.kit.reading import ReferenceReading
from tests.kit.settings import ReferenceSettings
from tests.kit.writing import ReferenceWriting

SIGNATURE = "x-kit-signature"


class _Named(BaseModel):
    id: str


class _Body(BaseModel):
    ticket: _Named


class ReferencePlugin(ReferenceWriting, ReferenceReading):
    """Both halves, webhooks, and the operator's two commands."""

    def read_webhook(self, delivery: WebhookDelivery) -> tuple[str, ...]:
        """As `HelpdeskPlugin.read_webhook`."""
        secrets = [secret.get_secret_value() for secret in self._secrets]
        if not has_valid_hmac(delivery.body, delivery.header(SIGNATURE) or "", secrets, "sha256"):
            raise RejectedWebhook("the signature is missing or wrong")
        try:
            return (_Body.model_validate_json(delivery.body).ticket.id,)
        except ValidationError:
            raise UnreadableWebhook("not a delivery of this platform") from None

    def check(self, admin: AdminAccess | None) -> list[Finding]:
        """As `HelpdeskPlugin.check`."""
        try:
            with self._asking():
                return [Finding("KIT-I001", Level.OK, "the helpdesk answers")]
        except HelpdeskMisconfigured as problem:
            return [Finding(problem.error_id, Level.ERROR, problem.what, problem.remedy)]

    def provision(self, admin: AdminAccess) -> list[Finding]:
        """As `HelpdeskPlugin.provision`."""
        return [Finding("KIT-I002", Level.OK, "nothing is needed")]


REFERENCE = Manifest(
    platform="kit",
    display_name="A helpdesk in memory",
    settings=ReferenceSettings,
    capabilities=Capabilities(
        unique_reference=True, webhooks=True, merges=True, visibility_changes=True, confirms=True
    ),
    build=ReferencePlugin,
    docs="docs/writing-a-plugin.md",
)
