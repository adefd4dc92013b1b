"""The OpenAPI 3.1 document, made from the models, so that it cannot say something else than the code does."""

from typing import Any

from flask import Blueprint, Response, jsonify
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from webhook_server.api import models

_SHOWN: tuple[type[BaseModel], ...] = (
    models.TipRequest,
    models.CheckRequest,
    models.MessageRequest,
    models.TipReceipt,
    models.Warnings,
    models.MessageReceipt,
    models.InboxView,
    models.SchoolsView,
    models.ProblemDocument,
)
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{22,128}$"},
    "description": "Random for each tip or message; the same call again gives the identical answer for 24 hours.",
}
_CODE: list[dict[str, list[str]]] = [{"code": []}]


def document(server: str) -> dict[str, Any]:
    """The description of the API at `server`."""
    _, schemas = models_json_schema(
        [(model, "validation") for model in _SHOWN],
        by_alias=True,
        ref_template="#/components/schemas/{model}",
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tipbridge",
            "version": "1",
            "description": "Anonymous tips, and coming back with a code.",
        },
        "servers": [{"url": server}],
        "paths": _paths(),
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {
                "code": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "`Code ` and the reporter's 20 digits",
                }
            },
        },
    }


def openapi_blueprint() -> Blueprint:
    """`GET /api/v1/openapi.json`."""
    blueprint = Blueprint("openapi", __name__)
    described = document("/")

    @blueprint.get("/api/v1/openapi.json")
    def openapi() -> Response:
        return jsonify(described)

    return blueprint


def _paths() -> dict[str, Any]:
    return {
        "/api/v1/tips": {
            "post": {
                "summary": "Send a tip",
                "operationId": "sendTip",
                "parameters": [_KEY],
                "requestBody": _body("TipRequest", files=True),
                "responses": {"201": _answer("TipReceipt"), **_errors("400", "413", "415", "422", "503")},
            }
        },
        "/api/v1/tips/check": {
            "post": {
                "summary": "Look at a text before it is sent; stores nothing",
                "operationId": "checkTip",
                "requestBody": _body("CheckRequest"),
                "responses": {"200": _answer("Warnings"), **_errors("400", "413", "415", "422")},
            }
        },
        "/api/v1/schools": {
            "get": {
                "summary": "What a form needs to know",
                "operationId": "schools",
                "responses": {"200": _answer("SchoolsView")},
            }
        },
        "/api/v1/openapi.json": {
            "get": {
                "summary": "This document",
                "operationId": "openapi",
                "responses": {"200": {"description": "OpenAPI 3.1", "content": {"application/json": {}}}},
            }
        },
        "/api/v1/inbox": {
            "get": {
                "summary": "Read the inbox",
                "operationId": "readInbox",
                "security": _CODE,
                "responses": {"200": _answer("InboxView"), **_errors("401", "503")},
            }
        },
        "/api/v1/inbox/messages": {
            "post": {
                "summary": "Add something to the case",
                "operationId": "writeMessage",
                "security": _CODE,
                "parameters": [_KEY],
                "requestBody": _body("MessageRequest", files=True),
                "responses": {
                    "202": _answer("MessageReceipt"),
                    **_errors("400", "401", "413", "415", "422", "503"),
                },
            }
        },
        "/api/v1/inbox/messages/{id}": {
            "delete": {
                "summary": "Remove a message for good",
                "operationId": "deleteMessage",
                "security": _CODE,
                "parameters": [_path_id()],
                "responses": {"204": {"description": "Removed"}, **_errors("401", "404", "503")},
            }
        },
        "/api/v1/inbox/files/{id}": {
            "get": {
                "summary": "Fetch a file from staff",
                "operationId": "fetchFile",
                "security": _CODE,
                "parameters": [_path_id()],
                "responses": {
                    "200": {"description": "The file", "content": {"application/octet-stream": {}}},
                    **_errors("401", "404", "503"),
                },
            }
        },
    }


def _path_id() -> dict[str, Any]:
    return {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "maxLength": 64}}


def _body(model: str, *, files: bool = False) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{model}"}
    content: dict[str, Any] = {"application/json": {"schema": reference}}
    if files:
        binary = {
            "type": "array",
            "items": {"type": "string", "contentMediaType": "application/octet-stream"},
        }
        properties: dict[str, Any] = {"text": {"type": "string", "maxLength": 20000}, "files": binary}
        properties["contact"] = {"type": "string"}
        if model == "TipRequest":
            properties |= {
                name: {"type": "string"} for name in ("school", "category", "danger_now", "about_staff")
            }
            properties |= {name: {"type": "string"} for name in ("language", "where", "when", "who")}
            properties["share_contact"] = {"enum": ["no", "vault", "staff"]}
        schema = {"type": "object", "properties": properties, "additionalProperties": False}
        content["multipart/form-data"] = {"schema": schema}
    return {"required": True, "content": content}


def _answer(model: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{model}"}
    return {"description": model, "content": {"application/json": {"schema": schema}}}


def _errors(*statuses: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    return {
        status: {"description": "Problem", "content": {"application/problem+json": {"schema": schema}}}
        for status in (*statuses, "405", "500")
    }
