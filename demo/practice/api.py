"""The JSON API that the connector uses. API.md describes it."""

import hmac
from collections.abc import Callable
from typing import Annotated, Any, Literal

from flask import Blueprint, Response, jsonify, request
from pydantic import Base64Bytes, BaseModel, StringConstraints

from demo.practice.database import Refused
from demo.practice.faults import Faults
from demo.practice.tickets import File, NewArticle, Tickets
from demo.practice.webhooks import Webhooks

Words = Annotated[str, StringConstraints(min_length=1)]


class _File(BaseModel):
    name: str
    type: str
    content: Base64Bytes


class _Article(BaseModel):
    body: Words
    visibility: Literal["public", "internal"]
    author: Literal["reporter", "connector"]
    reference: str | None = None
    files: tuple[_File, ...] = ()
    reopen: bool = False

    def new(self) -> NewArticle:
        files = tuple(File(file.name, file.type, file.content) for file in self.files)
        return NewArticle(self.body, self.visibility, self.author, self.reference, files)


class _Ticket(BaseModel):
    reference: str | None = None
    title: Words
    priority: Literal["low", "normal", "high"]
    tags: tuple[str, ...] = ()
    article: _Article


class _Change(BaseModel):
    status: Literal["new", "open", "closed"] | None = None
    tags: tuple[str, ...] = ()


class Api:
    """`/api/...`: Bearer token, JSON in and out, faults in between. `wait` is how time passes."""

    def __init__(
        self,
        tickets: Tickets,
        faults: Faults,
        webhooks: Webhooks,
        token: str,
        wait: Callable[[float], object],
    ) -> None:
        self._tickets, self._faults, self._webhooks = tickets, faults, webhooks
        self._token, self._wait = f"Bearer {token}".encode(), wait

    def blueprint(self) -> Blueprint:
        """All routes."""
        api = Blueprint("api", __name__, url_prefix="/api")
        api.before_request(self._guard)
        api.after_request(self._hang)
        api.post("/tickets")(self._open)
        api.get("/tickets")(self._list)
        api.get("/tickets/<int:ticket>")(lambda ticket: jsonify(ticket=self._tickets.one(ticket)))
        api.patch("/tickets/<int:ticket>", endpoint="update")(self._update)
        api.post("/tickets/<int:ticket>/articles", endpoint="add")(self._add)
        api.get("/tickets/<int:ticket>/articles", endpoint="find")(self._find)
        api.get("/files/<int:file>", endpoint="file")(self._download)
        api.put("/webhook", endpoint="webhook")(self._register)
        return api

    def _guard(self) -> Response | None:
        if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), self._token):
            raise Refused(401, "wrong-token", "send the token of practice.json as Authorization: Bearer")
        if (seconds := self._faults.strikes("slow")) is not None:
            self._wait(seconds)
        for kind, status in (("rate_limit", 429), ("maintenance", 503)):
            if (seconds := self._faults.strikes(kind)) is not None:
                return Response(status=status, headers={"Retry-After": str(round(seconds))})
        if self._faults.strikes("error_500") is not None:
            raise Refused(500, "practice-fault", "an internal error, for practice")
        return None

    def _hang(self, response: Response) -> Response:
        changes = request.method != "GET" and response.status_code < 300
        if changes and (seconds := self._faults.strikes("commit_then_hang")) is not None:
            self._wait(seconds)
            return Response(status=504)
        return response

    def _open(self) -> tuple[Response, int]:
        new = _Ticket.model_validate(_body())
        ticket, article = self._tickets.open(
            new.reference, new.title, new.priority, new.tags, new.article.new()
        )
        return jsonify(ticket=self._tickets.one(ticket), article=article), 201

    def _list(self) -> Response:
        given = request.args
        if "reference" in given:
            return jsonify(tickets=self._tickets.by_reference(given["reference"]))
        limit, after = min(given.get("limit", 100, int), 200), given.get("offset", 0, int)
        return jsonify(tickets=self._tickets.changed_since(given.get("changed_since", ""), limit, after))

    def _update(self, ticket: int) -> Response:
        change = _Change.model_validate(_body()).model_dump(exclude_none=True)
        self._tickets.update(ticket, "connector", **change)
        return jsonify(ticket=self._tickets.one(ticket))

    def _add(self, ticket: int) -> tuple[Response, int]:
        article = _Article.model_validate(_body())
        return jsonify(article=self._tickets.add(ticket, article.new(), reopen=article.reopen)), 201

    def _find(self, ticket: int) -> Response:
        return jsonify(article=self._tickets.article_by_reference(ticket, request.args.get("reference", "")))

    def _download(self, file: int) -> Response:
        return Response(self._tickets.file(file).content, content_type="application/octet-stream")

    def _register(self) -> Response:
        self._webhooks.url = str(_body().get("url"))
        return jsonify(url=self._webhooks.url)


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Refused(400, "bad-json", "send a JSON object")
    return body
