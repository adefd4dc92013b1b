"""The JSON API that the connector uses. API.md describes it."""

import base64
import binascii
import hmac
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, request

from demo.practice.database import Refused
from demo.practice.faults import KINDS, Faults
from demo.practice.tickets import File, NewArticle, Tickets
from demo.practice.webhooks import Webhooks

Wait = Callable[[float], object]


def api_blueprint(tickets: Tickets, faults: Faults, webhooks: Webhooks, token: str, wait: Wait) -> Blueprint:
    """`/api/...`: Bearer token, JSON in and out, faults in between."""
    api = Blueprint("api", __name__, url_prefix="/api")

    @api.before_request
    def guard() -> Response | None:
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            raise Refused(401, "wrong-token", "send the token of practice.json as Authorization: Bearer")
        if request.endpoint == "api.set_faults":
            return None
        if (seconds := faults.strikes("slow")) is not None:
            wait(seconds)
        for kind, status in (("rate_limit", 429), ("maintenance", 503)):
            if (seconds := faults.strikes(kind)) is not None:
                return Response(status=status, headers={"Retry-After": str(round(seconds))})
        if faults.strikes("error_500") is not None:
            raise Refused(500, "practice-fault", "an internal error, for practice")
        return None

    @api.after_request
    def hang(response: Response) -> Response:
        if request.method != "GET" and response.status_code < 300 and request.endpoint != "api.set_faults":
            if (seconds := faults.strikes("commit_then_hang")) is not None:
                wait(seconds)
                response = Response(status=504)
        return response

    @api.post("/tickets")
    def open_ticket() -> tuple[Response, int]:
        body = _body()
        priority = _choice(body, "priority", ("low", "normal", "high"))
        tags = [str(tag) for tag in body.get("tags", [])]
        ticket, article = tickets.open(
            body.get("reference"), _text(body, "title"), priority, tags, _article(body["article"])
        )
        return jsonify(ticket=tickets.one(ticket), article=article), 201

    @api.get("/tickets")
    def list_tickets() -> Response:
        if "reference" in request.args:
            found = tickets.by_reference(request.args["reference"])
            return jsonify(tickets=[] if found is None else [found])
        limit = min(request.args.get("limit", 100, int), 200)
        after = request.args.get("offset", 0, int)
        return jsonify(tickets=tickets.changed_since(request.args.get("changed_since", ""), limit, after))

    @api.get("/tickets/<int:ticket>")
    def one(ticket: int) -> Response:
        return jsonify(ticket=tickets.one(ticket))

    @api.patch("/tickets/<int:ticket>")
    def update(ticket: int) -> Response:
        body = _body()
        tags = tuple(str(tag) for tag in body.get("tags", []))
        tickets.update(ticket, "connector", status=body.get("status"), tags=tags)
        return jsonify(ticket=tickets.one(ticket))

    @api.post("/tickets/<int:ticket>/articles")
    def add(ticket: int) -> tuple[Response, int]:
        body = _body()
        article = tickets.add(ticket, _article(body), reopen=body.get("reopen") is True)
        return jsonify(article=article), 201

    @api.get("/tickets/<int:ticket>/articles")
    def find(ticket: int) -> Response:
        return jsonify(article=tickets.article_by_reference(ticket, request.args.get("reference", "")))

    @api.get("/files/<int:file>")
    def download(file: int) -> Response:
        found = tickets.file(file)
        return Response(found.content, content_type="application/octet-stream")

    @api.put("/webhook")
    def register() -> Response:
        webhooks.url = _text(_body(), "url")
        return jsonify(url=webhooks.url)

    @api.put("/faults")
    def set_faults() -> Response:
        for kind, fault in _body().items():
            if kind not in KINDS:
                raise Refused(422, "unknown-fault", f"there are: {', '.join(KINDS)}")
            given = fault if isinstance(fault, dict) else {}
            faults.switch(kind, on=bool(fault), count=given.get("count"), seconds=given.get("seconds", 5.0))
        return jsonify(faults.shown())

    return api


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Refused(400, "bad-json", "send a JSON object")
    return body


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise Refused(422, "missing", f"{name} is needed")
    return value


def _choice(body: dict[str, Any], name: str, choices: tuple[str, ...]) -> str:
    value = body.get(name)
    if value not in choices:
        raise Refused(422, "unknown", f"{name} is one of {', '.join(choices)}")
    return str(value)


def _article(body: dict[str, Any]) -> NewArticle:
    try:
        files = tuple(
            File(file["name"], file["type"], base64.b64decode(file["content"], validate=True))
            for file in body.get("files", [])
        )
    except (KeyError, TypeError, binascii.Error):
        raise Refused(422, "bad-file", "a file has name, type and content (base64)") from None
    return NewArticle(
        body=_text(body, "body"),
        visibility=_choice(body, "visibility", ("public", "internal")),
        author=_choice(body, "author", ("reporter", "connector")),
        reference=body.get("reference"),
        files=files,
    )
