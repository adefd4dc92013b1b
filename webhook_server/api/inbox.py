"""The inbox by code: read, fetch a file, delete, write."""

from datetime import UTC

from flask import Blueprint, Response, jsonify, request

from connector.services.intake import Refusal
from connector.services.mailbox import FetchedFile, Message, OpenMailbox
from connector.services.submissions import KeyReused
from connector.vault.lanes import LaneFull
from webhook_server.api.models import MessageRequest
from webhook_server.incoming import given_contact, idempotency_key, read_body
from webhook_server.parts import WebParts
from webhook_server.problems import (
    KEY_REUSED,
    NOT_FOUND,
    come_back,
    invalid,
    wrong_code,
)


def inbox_blueprint(parts: WebParts) -> Blueprint:
    """The calls by which a reporter comes back."""
    blueprint = Blueprint("inbox", __name__)

    @blueprint.get("/api/v1/inbox")
    def read() -> Response:
        inbox = parts.mailboxes.read(_mailbox(parts))
        return jsonify(status=inbox.status.value, messages=[_as_json(message) for message in inbox.messages])

    @blueprint.post("/api/v1/inbox/messages")
    def write() -> Response:
        mailbox = _mailbox(parts)
        key = idempotency_key(request.headers.get("Idempotency-Key"))
        fields, uploads = read_body(request, MessageRequest, parts.limits)
        try:
            receipt = parts.mailboxes.write(mailbox, fields.text, uploads, key, given_contact(fields.contact))
        except Refusal as refusal:
            raise invalid(*refusal.errors) from None
        except KeyReused:
            raise KEY_REUSED from None
        return Response(receipt.to_bytes(), 202, content_type="application/json")

    @blueprint.delete("/api/v1/inbox/messages/<message_id>")
    def delete(message_id: str) -> Response:
        if not parts.mailboxes.delete(_mailbox(parts), message_id):
            raise NOT_FOUND
        return Response(status=204)

    @blueprint.get("/api/v1/inbox/files/<file_id>")
    def fetch(file_id: str) -> Response:
        found = parts.mailboxes.file(_mailbox(parts), file_id)
        if found is None:
            raise NOT_FOUND
        return file_response(found)

    return blueprint


def _mailbox(parts: WebParts) -> OpenMailbox:
    scheme, _, code = request.headers.get("Authorization", "").partition(" ")
    try:
        mailbox = parts.entrance.enter(code if scheme.lower() == "code" else "", request.remote_addr or "")
    except LaneFull as full:
        raise come_back("busy", max(1, round(full.retry_after))) from None
    if mailbox is None:
        raise wrong_code()
    return mailbox


def file_response(file: FetchedFile) -> Response:
    """A file for download only: shown by no browser, whatever it claims to be."""
    response = Response(file.data, content_type="application/octet-stream")
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    return response


def _as_json(message: Message) -> dict[str, object]:
    at = message.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    files = [
        {"id": file.file_id, "name": file.name, "type": file.media_type, "size": file.size}
        for file in message.files
    ]
    return {
        "id": message.message_id,
        "from": message.sender,
        "role": message.role,
        "text": message.text,
        "at": at,
        "files": files,
    }
