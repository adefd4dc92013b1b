"""Webhooks: bytes, then proof, then meaning. A delivery is only ever a hint, and a forged one is nothing."""

from typing import ClassVar

import pytest

from connector.plugin_api import (
    Capabilities,
    HelpdeskPlugin,
    HelpdeskSettings,
    Manifest,
    PluginContext,
    RejectedWebhook,
    UnreadableWebhook,
    WebhookDelivery,
)
from connector.testing.staff import StaffHands
from connector.testing.steps import failure_of, needs, opened

_CANNOT = "sends no webhooks"
_ODD_BODIES = (b"", b"not json", b"\xff\xfe", b"null", b"[]", b"{}", b'"text"', b'{"ticket": "no object"}')


class Webhooks:
    """Promises of `read_webhook`."""

    manifest: ClassVar[Manifest]

    def test_a_genuine_delivery_names_its_ticket(
        self, plugin: HelpdeskPlugin, staff: StaffHands, capabilities: Capabilities, reference: str
    ) -> None:
        """Look at: the id in the delivery; it must be the same one as everywhere else, as text."""
        needs(capabilities.webhooks, _CANNOT)
        ticket_id = opened(plugin, reference).ticket_id
        assert plugin.read_webhook(staff.webhook(ticket_id)) == (ticket_id,)

    @pytest.mark.parametrize("wrong", ["no header", "empty", "not ascii", "another", "with a byte more"])
    def test_a_delivery_without_a_valid_proof_is_rejected(
        self,
        plugin: HelpdeskPlugin,
        staff: StaffHands,
        capabilities: Capabilities,
        reference: str,
        wrong: str,
    ) -> None:
        """Look at: `has_valid_hmac`, over the raw bytes and before anything is parsed."""
        needs(capabilities.webhooks, _CANNOT)
        genuine = staff.webhook(opened(plugin, reference).ticket_id)
        other = staff.sign(b"another body")
        forged = {
            "no header": WebhookDelivery({}, genuine.body),
            "empty": WebhookDelivery(dict.fromkeys(genuine.headers, ""), genuine.body),
            "not ascii": WebhookDelivery(dict.fromkeys(genuine.headers, "sha256=\u00fc\udcff"), genuine.body),
            "another": WebhookDelivery(other.headers, genuine.body),
            "with a byte more": WebhookDelivery(genuine.headers, genuine.body + b" "),
        }[wrong]
        failure_of(lambda: plugin.read_webhook(forged), RejectedWebhook)

    @pytest.mark.parametrize("body", _ODD_BODIES)
    def test_the_proof_comes_before_the_meaning(
        self, plugin: HelpdeskPlugin, staff: StaffHands, capabilities: Capabilities, body: bytes
    ) -> None:
        """Look at: the order in `read_webhook`. A parser that strangers can feed is a door of its own."""
        needs(capabilities.webhooks, _CANNOT)
        headers = staff.sign(b"another body").headers
        failure_of(lambda: plugin.read_webhook(WebhookDelivery(headers, body)), RejectedWebhook)

    @pytest.mark.parametrize("body", _ODD_BODIES)
    def test_a_genuine_delivery_in_an_unknown_shape_is_unreadable_and_no_crash(
        self, plugin: HelpdeskPlugin, staff: StaffHands, capabilities: Capabilities, body: bytes
    ) -> None:
        """Look at: the parsing.

        Give foreign JSON to a pydantic model and turn its error into UnreadableWebhook.
        """
        needs(capabilities.webhooks, _CANNOT)
        failure_of(lambda: plugin.read_webhook(staff.sign(body)), UnreadableWebhook)

    def test_without_a_secret_nothing_is_genuine(
        self,
        *,
        settings: HelpdeskSettings,
        context: PluginContext,
        plugin: HelpdeskPlugin,
        staff: StaffHands,
        capabilities: Capabilities,
        reference: str,
    ) -> None:
        """Look at: what happens where `webhook_secret` is empty; it must not mean that none is needed."""
        needs(capabilities.webhooks, _CANNOT)
        genuine = staff.webhook(opened(plugin, reference).ticket_id)
        trusting = self.manifest.build(settings.model_copy(update={"webhook_secret": ()}), context)
        failure_of(lambda: trusting.read_webhook(genuine), RejectedWebhook)
