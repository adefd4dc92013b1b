"""`POST /webhooks/<helpdesk>`: bytes, then proof, then meaning; a hint is written down and answered at once."""

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from connector.plugin_api import RejectedWebhook, UnreadableWebhook, WebhookDelivery
from webhook_server.parts import WebParts

LARGEST = 10_000_000
"""Bytes of a delivery. Zammad sends the whole article; 1.5 million characters is its own limit."""


def webhooks_blueprint(parts: WebParts) -> Blueprint:
    """Where helpdesks call us. Answers have no body: helpdesks keep our answers in their logs."""
    blueprint = Blueprint("webhooks", __name__)

    @blueprint.post("/webhooks/<helpdesk_id>")
    def receive(helpdesk_id: str) -> Response:
        plugin = parts.helpdesks.get(helpdesk_id)
        if plugin is None:
            return Response(status=404)
        request.max_content_length = LARGEST
        try:
            body = request.get_data(cache=False, parse_form_data=False)
        except RequestEntityTooLarge:
            return Response(status=413)
        headers = {name.lower(): value for name, value in request.headers.items()}
        try:
            tickets = plugin.read_webhook(WebhookDelivery(headers, body))
        except RejectedWebhook:
            parts.log.warning("webhook_rejected", helpdesk=helpdesk_id)
            return Response(status=401)
        except UnreadableWebhook:
            parts.log.warning("webhook_unreadable", helpdesk=helpdesk_id)
            return Response(status=400)
        parts.polling.hint(helpdesk_id, tickets)
        return Response(status=202)

    return blueprint
