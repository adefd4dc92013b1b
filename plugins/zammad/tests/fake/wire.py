"""Bytes: JSON the way Rails writes it, times, entity tags, and HTML errors for who does not ask for JSON."""

import hashlib
import html
import json
import uuid
from datetime import datetime
from typing import Any

from flask import Response
from werkzeug.datastructures import Headers

from plugins.zammad.tests.fake.errors import Refusal, body_of

_RAILS_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
JSON_TYPE = "application/json; charset=utf-8"
_HTML_TYPE = "text/html; charset=utf-8"
_TITLES = {401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 422: "Unprocessable Entity"}
_SENTENCES = {
    404: "Requested resource was not found",
    403: "Forbidden",
    401: "Unauthorized",
    422: "The change you wanted was rejected.",
}


def moment(value: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and Z."""
    return value.strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return moment(value)
    raise TypeError(f"{type(value).__name__} does not belong in an answer")


def dump(value: Any) -> bytes:
    """JSON as ActiveSupport writes it: < > & and two line separators are \\u escapes, other letters stay."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return text.translate(_RAILS_ESCAPES).encode()


def json_answer(value: Any, status: int = 200, *, if_none_match: str | None = None) -> Response:
    """An answer with its entity tag; 304 without a body where the client already has it."""
    body = dump(value)
    tag = f'W/"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
    headers = {"Vary": "Accept", "ETag": tag, "X-Request-Id": str(uuid.uuid4())}
    if if_none_match == tag and status == 200:
        return Response(status=304, headers=headers)
    return Response(body, status, {"Content-Type": JSON_TYPE, **headers})


def wants_json(headers: Headers) -> bool:
    """Anything but an empty Accept or one for HTML."""
    accept = headers.get("Accept", "")
    return bool(accept) and "text/html" not in accept


def refusal_answer(refusal: Refusal, *, for_admin: bool, as_json: bool) -> Response:
    """The error, in JSON or as one of Zammad's static pages."""
    headers = {"Vary": "Accept", "X-Request-Id": str(uuid.uuid4())}
    body = body_of(refusal, for_admin=for_admin)
    if refusal.in_header:
        headers["X-Failure"] = body["error"]
    if as_json:
        return Response(dump(body), refusal.status, {"Content-Type": JSON_TYPE, **headers})
    title = f"{refusal.status}: {_TITLES.get(refusal.status, 'An unknown error occurred.')}"
    page = (
        f'<!DOCTYPE html>\n<html class="dark">\n<meta charset="utf-8">\n<title>{title}</title>\n<body >\n'
        f"  <h1>{refusal.status}: {_SENTENCES.get(refusal.status, 'An unknown error occurred.')}</h1>\n"
        f"  <div>{html.escape(body['error'])}</div>\n</body>\n</html>\n"
    )
    return Response(page, refusal.status, {"Content-Type": _HTML_TYPE, **headers})
