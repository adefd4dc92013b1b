"""Errors as RFC 9457 problem documents: what is wrong and what to do, never what was sent."""

import json
from collections.abc import Sequence
from typing import Any

from flask import Response


class Problem(Exception):
    """An error answer. `name` becomes `urn:tipbridge:problem:<name>` and is part of the public interface."""

    def __init__(
        self,
        status: int,
        name: str,
        title: str,
        detail: str,
        *,
        errors: Sequence[tuple[str, str]] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(name)
        self.status = status
        self.name = name
        self.title = title
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = headers or {}

    def response(self) -> Response:
        """The answer to send."""
        body: dict[str, Any] = {
            "type": f"urn:tipbridge:problem:{self.name}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = [{"field": field, "message": message} for field, message in self.errors]
        response = Response(json.dumps(body), self.status, content_type="application/problem+json")
        response.headers.update(self.headers)
        return response


def invalid(*errors: tuple[str, str]) -> Problem:
    """422 with the fields that are wrong."""
    return Problem(
        422, "invalid", "Not accepted as it is", "Correct the fields named and send it again.", errors=errors
    )


def wrong_code() -> Problem:
    """401 for every code that opens nothing, whatever the reason; always the same bytes."""
    return Problem(
        401,
        "wrong-code",
        "This code opens nothing",
        "Check the 20 digits. Nobody can look the code up for you.",
        headers={"WWW-Authenticate": "Code"},
    )


def come_back(name: str, seconds: int) -> Problem:
    """503 with Retry-After."""
    return Problem(
        503,
        name,
        "Not now",
        "Nothing was recorded. Send exactly the same again after the time in Retry-After.",
        headers={"Retry-After": str(seconds)},
    )


TOO_LARGE = Problem(
    413, "too-large", "Too large", "Send fewer or smaller files; GET /api/v1/schools names the limits."
)
NOT_FOUND = Problem(404, "not-found", "Nothing here", "See GET /api/v1/openapi.json for what there is.")
WRONG_METHOD = Problem(405, "wrong-method", "Not this way", "See GET /api/v1/openapi.json for what there is.")
WRONG_TYPE = Problem(
    415, "wrong-content-type", "Wrong content type", "Send application/json or multipart/form-data."
)
BAD_JSON = Problem(400, "bad-json", "Not readable", "The body is not valid JSON in UTF-8.")
BAD_KEY = Problem(
    400,
    "bad-idempotency-key",
    "Bad Idempotency-Key",
    "Use 22 to 128 of A-Z, a-z, 0-9, - and _, drawn at random for each tip.",
)
KEY_REUSED = Problem(
    422,
    "idempotency-key-reused",
    "This key was used for something else",
    "Draw a new random Idempotency-Key for each tip or message.",
)
CONTACT_NOT_AVAILABLE = Problem(
    422,
    "contact-not-available",
    "Contact details cannot be passed on here",
    "This programme does not seal contact details. Send the tip with share_contact no or staff.",
)
OUR_FAULT = Problem(
    500, "our-fault", "Something went wrong here", "Nothing was confirmed. Please send it again in a moment."
)
