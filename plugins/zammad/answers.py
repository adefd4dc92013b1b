"""What Zammad's answers mean: where a status says one thing and the truth is another, it is told here.

Zammad answers 403 for missing credentials, for missing rights and during maintenance, and 422 for every error of its
database, deadlocks among them; an agent's token sees no reason, only an `Error ID`.
"""

from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from connector.plugin_api import (
    HelpdeskMisconfigured,
    HttpResponse,
    PermanentFailure,
    TemporaryFailure,
    TicketGone,
)

Shape = TypeVar("Shape")
_MAINTENANCE = "Maintenance mode enabled!"
_NO_GROUP_RIGHT = "Not authorized"


class NotAllowed(PermanentFailure):
    """Our account has no right in the ticket's group: it was taken away, or the ticket was moved."""


class Unprocessable(PermanentFailure):
    """422: our request does not fit, or the database had a bad moment. `about_names`: a group, state or priority."""

    def __init__(self, what: str, *, about_names: bool, request_id: str | None) -> None:
        super().__init__(what, request_id=request_id)
        self.about_names = about_names


def judged(answer: HttpResponse) -> HttpResponse:
    """The answer, if it is a success. Raises what it means otherwise; no word of the answer is kept."""
    if answer.status < 300:
        return answer
    asked_by = answer.headers.get("x-request-id")
    match answer.status:
        case 401:
            raise HelpdeskMisconfigured(
                "ZMD-E001",
                "Zammad refuses our token: it is wrong, has expired, or its account is inactive",
                "as Tipbridge's agent: Profile > Token Access > Create; enter the new token in the config",
            )
        case 403:
            raise _forbidden(_error(answer), asked_by)
        case 404:
            raise TicketGone("Zammad does not know this record (404)", request_id=asked_by)
        case 413:
            raise PermanentFailure(
                "the web server before Zammad takes no request of this size (413); raise client_max_body_size",
                request_id=asked_by,
            )
        case 422:
            names = _error(answer).startswith("No lookup value found")
            raise Unprocessable("Zammad refused the request (422)", about_names=names, request_id=asked_by)
        case status:
            raise PermanentFailure(f"Zammad answered {status}", request_id=asked_by)


def lost_rights() -> HelpdeskMisconfigured:
    """Our account may do nothing in its group."""
    return HelpdeskMisconfigured(
        "ZMD-E003",
        "our account may not read, create and change tickets in its group",
        "Admin > Manage > Users > Tipbridge's agent > Group permissions: read, create and change for the group",
    )


def shaped(answer: HttpResponse, shape: TypeAdapter[Shape]) -> Shape:
    """A success's body in its shape. Raises TemporaryFailure for another one: a proxy's page, not Zammad's word."""
    try:
        return shape.validate_json(answer.body)
    except ValidationError:
        raise TemporaryFailure(
            "the answer is not in a shape that Zammad's answers have; is url the address of Zammad itself?"
        ) from None


def _forbidden(error: str, asked_by: str | None) -> Exception:
    if error == _MAINTENANCE:
        return TemporaryFailure("Zammad is in maintenance mode", request_id=asked_by)
    if error == _NO_GROUP_RIGHT:
        return NotAllowed("our account may not do this in the ticket's group (403)", request_id=asked_by)
    return HelpdeskMisconfigured(
        "ZMD-E002",
        "our token or account lacks a permission, or token access is switched off (403)",
        "the account needs the role Agent, the token the permission ticket.agent; Settings > Security > Token Access",
    )


def _error(answer: HttpResponse) -> str:
    """Zammad's word for what went wrong, only ever to be compared."""
    try:
        body = answer.json()
    except TemporaryFailure:
        return ""
    return str(body.get("error", "")) if isinstance(body, dict) else ""
