"""One address for everything: `GET /` begins, every further step is a POST to `/`."""

from collections.abc import Callable

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from webhook_server.pages.inbox_steps import InboxSteps
from webhook_server.pages.rendering import Pages
from webhook_server.pages.tip_steps import TipSteps
from webhook_server.parts import WebParts


def pages_blueprint(parts: WebParts) -> Blueprint:
    """The pages and their style."""
    blueprint = Blueprint(
        "pages",
        __name__,
        template_folder="../templates",
        static_folder="../static",
        static_url_path="/static",
    )
    pages = Pages(parts)
    tip, inbox = TipSteps(parts, pages), InboxSteps(parts, pages)
    steps: dict[str, Callable[[], Response]] = {
        "about": tip.about,
        "story": tip.story,
        "files": tip.files,
        "reviewed": tip.reviewed,
        "send": tip.send,
        "kept": tip.kept,
        "code": inbox.ask,
        "open": inbox.open,
        "read": inbox.read,
        "write": inbox.write,
        "delete": inbox.delete,
        "fetch": inbox.fetch,
        "leave": inbox.leave,
    }

    @blueprint.get("/")
    def home() -> Response:
        return pages.show("home.html", promise=parts.promise)

    @blueprint.post("/")
    def step() -> Response:
        return steps.get(request.form.get("step", ""), home)()

    @blueprint.get("/tip")
    @blueprint.get("/inbox")
    def elsewhere() -> AnyResponse:
        return redirect("/", 303)

    return blueprint
