"""`POST /api/v1/tips`, `POST /api/v1/tips/check`, `GET /api/v1/schools`."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request

from connector.domain.tip import Tip
from connector.services.door import ContactRefused
from connector.services.intake import MAX_TEXT, Refusal
from connector.services.submissions import KeyReused
from webhook_server.api.models import CheckRequest, TipRequest
from webhook_server.incoming import given_contact, idempotency_key, read_body
from webhook_server.parting import parted_from
from webhook_server.parts import WebParts
from webhook_server.problems import CONTACT_NOT_AVAILABLE, KEY_REUSED, invalid


def tips_blueprint(parts: WebParts) -> Blueprint:
    """The calls by which an app sends tips."""
    blueprint = Blueprint("tips", __name__)

    @blueprint.post("/api/v1/tips")
    def send() -> Response:
        key = idempotency_key(request.headers.get("Idempotency-Key"))
        fields, uploads = read_body(request, TipRequest, parts.limits)
        try:
            parted = parted_from(request, parts.door, fields.share_contact, given_contact(fields.contact))
            receipt = parts.intake.accept(_tip(fields, parts), uploads, key, parted)
        except ContactRefused as refused:
            raise (
                invalid(("contact", str(refused))) if refused.available else CONTACT_NOT_AVAILABLE
            ) from None
        except Refusal as refusal:
            raise invalid(*refusal.errors) from None
        except KeyReused:
            raise KEY_REUSED from None
        return Response(receipt.to_bytes(), 201, content_type="application/json")

    @blueprint.post("/api/v1/tips/check")
    def check() -> Response:
        # Stores nothing, and nothing of it is logged.
        fields, _ = read_body(request, CheckRequest, parts.limits)
        return jsonify(warnings=[asdict(warning) for warning in parts.checker.warnings(fields.text)])

    @blueprint.get("/api/v1/schools")
    def schools() -> Response:
        programme, limits = parts.programme, parts.limits
        return jsonify(
            schools=[{"id": school.school_id, "name": school.name} for school in programme.schools.values()],
            categories=[
                {"id": known.category_id, "name": known.name} for known in programme.categories.values()
            ],
            languages=list(programme.languages),
            share_contact=list(parts.door.choices),
            limits={
                "files": limits.files,
                "file_bytes": limits.file_bytes,
                "body_bytes": limits.body_bytes,
                "text": MAX_TEXT,
            },
            promise=parts.promise,
        )

    return blueprint


def _tip(fields: TipRequest, parts: WebParts) -> Tip:
    school = fields.school or parts.programme.only_school
    if school is None:
        raise invalid(("school", "choose one of the schools listed by GET /api/v1/schools"))
    return Tip(
        school=school,
        category=fields.category,
        text=fields.text,
        danger_now=fields.danger_now,
        about_staff=fields.about_staff,
        language=fields.language,
        where=fields.where,
        when=fields.when,
        who=fields.who,
    )
