"""Reading what came in: JSON or a form with files, into a strict model; errors name fields and never echo input."""

import difflib
import json
import re
from typing import Any, TypeVar, cast

from flask import Request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from connector.cleaning import Upload
from connector.domain.identity import Contact
from connector.vault.spool import Incoming
from webhook_server.api.models import Contact as ContactFields
from webhook_server.parts import Limits
from webhook_server.problems import BAD_JSON, BAD_KEY, TOO_LARGE, WRONG_TYPE, invalid

Model = TypeVar("Model", bound=BaseModel)

_KEY = re.compile(r"[A-Za-z0-9_-]{22,128}")
_BOOLEANS = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False}


def read_body(request: Request, model: type[Model], limits: Limits) -> tuple[Model, list[Upload]]:
    """The validated fields and the files of a call. Raises Problem (400, 413, 415, 422)."""
    try:
        if request.mimetype == "application/json":
            return _validated(model, _json(request)), []
        if request.mimetype == "multipart/form-data":
            return _validated(model, _form(request, model)), read_files(request, limits)
    except RequestEntityTooLarge:
        raise TOO_LARGE from None
    raise WRONG_TYPE


def read_files(request: Request, limits: Limits) -> list[Upload]:
    """The files of a form, by any field name `files`; empty ones (a form's unused input) are left out."""
    uploads = []
    for file in request.files.getlist("files"):
        content = cast("Incoming", file.stream)
        if content.size > limits.file_bytes:
            raise TOO_LARGE
        if content.size or file.filename:
            # The name itself goes no further: it says who, when and where.
            uploads.append(Upload(content, file.mimetype or None))
    if len(uploads) > limits.files:
        raise invalid(("files", f"at most {limits.files} files"))
    return uploads


def idempotency_key(given: str | None) -> str | None:
    """The Idempotency-Key of a call, None without one. Raises Problem for one that could be guessed."""
    if given is not None and not _KEY.fullmatch(given):
        raise BAD_KEY
    return given


def given_contact(given: ContactFields | None) -> Contact | None:
    """A contact as it came in, None without one."""
    return None if given is None else Contact(given.name, given.phone, given.email) or None


def _json(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(request.get_data(cache=False))
    except (ValueError, RecursionError):
        raise BAD_JSON from None
    if not isinstance(body, dict):
        raise invalid(("", "send a JSON object"))
    return body


def _form(request: Request, model: type[BaseModel]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, values in request.form.lists():
        if len(values) != 1:
            raise invalid((_known(name, model), "send each field once"))
        fields[name] = _form_value(name, values[0])
    return fields


def _form_value(name: str, value: str) -> Any:
    if name in ("danger_now", "about_staff"):
        if name == "danger_now" and not value:
            return None
        return _BOOLEANS.get(value.lower(), value)
    if name == "contact":
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise invalid(("contact", "send a JSON object as text")) from None
    return None if name in ("school", "language") and not value else value


def _validated(model: type[Model], fields: dict[str, Any]) -> Model:
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        details = error.errors(include_input=False, include_url=False, include_context=False)
        raise invalid(
            *(_field_error(detail["loc"], detail["type"], detail["msg"], model) for detail in details)
        ) from None


def _field_error(
    location: tuple[int | str, ...], kind: str, message: str, model: type[BaseModel]
) -> tuple[str, str]:
    if kind == "extra_forbidden":
        # The name of an unknown field is input too: only the nearest known one is named.
        near = difflib.get_close_matches(str(location[-1]), list(model.model_fields), n=1)
        return "", f"unknown field; did you mean {near[0]}?" if near else "unknown field"
    return ".".join(
        _known(str(part), model) if index == 0 else "item" for index, part in enumerate(location)
    ), message


def _known(name: str, model: type[BaseModel]) -> str:
    return name if name in model.model_fields else ""
